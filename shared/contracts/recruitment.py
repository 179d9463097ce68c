"""What recruitment is asked and what it says about facilities and communities."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.commands import command_topics
from shared.contracts.feeds import Area, Ccn
from shared.contracts.message import Command, Event, PublicEvent
from shared.contracts.topic import Confidentiality, Gaps, Topic


class EnrollFacility(Command):
    """Recruit a facility into a collaborative. Refused when unknown, closed to it, or already a member."""

    TYPE: ClassVar[str] = "recruitment.EnrollFacility"

    ccn: Ccn
    collaborative: str = Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")
    recruited_on: dt.date
    contact_name: str | None = Field(default=None, max_length=200)
    contact_email: str | None = Field(default=None, max_length=254)


class DefineCommunity(Command):
    """Define (or redefine, as the next version) a community by its residence areas."""

    TYPE: ClassVar[str] = "recruitment.DefineCommunity"

    community: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$")
    name: str = Field(min_length=1, max_length=200)
    areas: tuple[Area, ...] = Field(min_length=1, max_length=5000)


class FacilityListed(Event):
    """A facility is known, or its listing changed; ratings are public facts of CMS."""

    TYPE: ClassVar[str] = "recruitment.FacilityListed"

    ccn: Ccn
    as_of: dt.date
    name: str
    state: str
    zip_code: str
    qin_qio: str = Field(description="the QIN-QIO responsible on as_of, or UNKNOWN")
    overall_rating: int | None = None
    special_focus: bool = False


class FacilityRecruited(Event):
    """A facility joined a collaborative."""

    TYPE: ClassVar[str] = "recruitment.FacilityRecruited"

    membership_id: UUID
    ccn: Ccn
    name: str
    state: str
    zip_code: str
    collaborative: str
    qin_qio: str
    recruited_on: dt.date


class CommunityDefined(Event):
    """A community is, from this version on, exactly these areas."""

    TYPE: ClassVar[str] = "recruitment.CommunityDefined"

    community: str
    name: str
    version: int = Field(ge=1)
    areas: tuple[Area, ...]


class FacilityJoined(PublicEvent):
    """Public: a facility takes part in a collaborative (institution-level fact, 42 CFR 480.105)."""

    TYPE: ClassVar[str] = "public.FacilityJoined"

    ccn: Ccn
    state: str
    collaborative: str
    qin_qio: str
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month of joining")


COMMANDS, REPLIES = command_topics("recruitment", (EnrollFacility, DefineCommunity))

FACILITIES = Topic(
    name="qio.recruitment.facilities.v1",
    owner="recruitment",
    summary="Facilities: listed, recruited.",
    messages=(FacilityListed, FacilityRecruited),
    key="CCN",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "complaints", "notifications", "cli"),
)
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
)
PUBLIC_NETWORK = Topic(
    name="qio.public.network.v1",
    owner="recruitment",
    summary="Who takes part in the learning network, for partners.",
    messages=(FacilityJoined,),
    key="CCN",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.PUBLIC,
    writers=("recruitment",),
    readers=("partner", "cli"),
)

TOPICS = (COMMANDS, REPLIES, FACILITIES, COMMUNITIES, PUBLIC_NETWORK)
