"""Communities as sets of residence areas: what recruitment is asked about them and what it says."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.feeds import Area
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.terms import Said
from shared.contracts.topic import Confidentiality, Gaps, Topic

CommunityId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{1,59}$",
        description="our id of a community: small letters, digits and hyphens, for example greater-boston",
    ),
]


class DefineCommunity(Command):
    """Define (or redefine, as the next version) a community by its residence areas.

    ``effective_from`` is the first day the definition holds, today (UTC) when left out; a later version never begins
    before an earlier one. A redefinition needs a ``reason``. What holds already is accepted and changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.DefineCommunity"

    community: CommunityId
    name: str = Field(min_length=1, max_length=200)
    areas: tuple[Area, ...] = Field(min_length=1, max_length=5000)
    effective_from: dt.date | None = None
    reason: Said | None = None


class DissolveCommunity(Command):
    """Dissolve a community: from ``on`` its areas are free. Refused while a coalition works there."""

    TYPE: ClassVar[str] = "recruitment.DissolveCommunity"

    community: CommunityId
    on: dt.date
    reason: Said


class CommunityDefined(Event):
    """A community is, from this version on, exactly these areas.

    ``effective_from`` is None in events from before versions had a day; the day they were recorded stands for it.
    """

    TYPE: ClassVar[str] = "recruitment.CommunityDefined"

    community: str
    name: str
    version: int = Field(ge=1)
    areas: tuple[Area, ...]
    effective_from: dt.date | None = None
    reason: str | None = None
    actor: str | None = None


class CommunityDissolved(Event):
    """A community is none any more: from ``on`` its areas belong to nobody. ``version`` goes on counting."""

    TYPE: ClassVar[str] = "recruitment.CommunityDissolved"

    community: str
    version: int = Field(ge=2)
    on: dt.date
    reason: str
    actor: str


ASKED: tuple[type[Command], ...] = (DefineCommunity, DissolveCommunity)

COMMUNITIES = Topic(
    name="qio.recruitment.communities.v1",
    owner="recruitment",
    summary="Communities as sets of residence areas.",
    messages=(CommunityDefined, CommunityDissolved),
    key="community id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "notifications", "cli"),
    history=True,
)

TOPICS = (COMMUNITIES,)
