"""The recruitment pipeline: who is invited, interested, recruited; and what partners hear of it."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.feeds import Ccn
from shared.contracts.message import Command, Event, PublicEvent
from shared.contracts.topic import Confidentiality, Gaps, Topic


class Stage(StrEnum):
    """How far a participant has come with one collaborative."""

    IDENTIFIED = "IDENTIFIED"
    INVITED = "INVITED"
    INTERESTED = "INTERESTED"
    COMMITTED = "COMMITTED"
    RECRUITED = "RECRUITED"
    ACTIVE = "ACTIVE"
    GRADUATED = "GRADUATED"
    WITHDRAWN = "WITHDRAWN"
    DECLINED = "DECLINED"


class EnrollFacility(Command):
    """Recruit a facility into a collaborative. Refused when unknown, closed to it, or already a member."""

    TYPE: ClassVar[str] = "recruitment.EnrollFacility"

    ccn: Ccn
    collaborative: str = Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")
    recruited_on: dt.date
    contact_name: str | None = Field(default=None, max_length=200)
    contact_email: str | None = Field(default=None, max_length=254)


class EngagementMoved(Event):
    """A participant came to a stage with a collaborative; ``since`` is the day it counts from."""

    TYPE: ClassVar[str] = "recruitment.EngagementMoved"

    participant: str
    collaborative: str
    stage: Stage
    since: dt.date
    actor: str
    membership_id: UUID | None = Field(default=None, description="given with RECRUITED")
    qin_qio: str | None = Field(default=None, description="with RECRUITED: who answered for the state that day")


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


class FacilityJoined(PublicEvent):
    """Public: a facility takes part in a collaborative (institution-level fact, 42 CFR 480.105)."""

    TYPE: ClassVar[str] = "public.FacilityJoined"

    ccn: Ccn
    state: str
    collaborative: str
    qin_qio: str
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month of joining")


ASKED: tuple[type[Command], ...] = (EnrollFacility,)

PIPELINE = Topic(
    name="qio.recruitment.pipeline.v1",
    owner="recruitment",
    summary="How far each participant has come with each collaborative.",
    messages=(EngagementMoved,),
    key="participant id, a bar, collaborative",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("notifications", "cli"),
    history=True,
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

TOPICS = (PIPELINE, PUBLIC_NETWORK)
