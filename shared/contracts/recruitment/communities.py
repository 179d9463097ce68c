"""Communities as sets of residence areas: what recruitment is asked about them and what it says."""

from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.feeds import Area
from shared.contracts.message import Command, Event
from shared.contracts.topic import Confidentiality, Gaps, Topic

CommunityId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$")]


class DefineCommunity(Command):
    """Define (or redefine, as the next version) a community by its residence areas."""

    TYPE: ClassVar[str] = "recruitment.DefineCommunity"

    community: CommunityId
    name: str = Field(min_length=1, max_length=200)
    areas: tuple[Area, ...] = Field(min_length=1, max_length=5000)


class CommunityDefined(Event):
    """A community is, from this version on, exactly these areas."""

    TYPE: ClassVar[str] = "recruitment.CommunityDefined"

    community: str
    name: str
    version: int = Field(ge=1)
    areas: tuple[Area, ...]


ASKED: tuple[type[Command], ...] = (DefineCommunity,)

COMMUNITIES = Topic(
    name="qio.recruitment.communities.v1",
    owner="recruitment",
    summary="Communities as sets of residence areas.",
    messages=(CommunityDefined,),
    key="community id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "cli"),
    history=True,
)

TOPICS = (COMMUNITIES,)
