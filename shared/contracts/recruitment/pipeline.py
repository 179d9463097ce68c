"""The recruitment pipeline: who is invited, interested, recruited; and what partners hear of it."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.feeds import Ccn
from shared.contracts.message import Command, Event, PublicEvent
from shared.contracts.recruitment import pipeline_commands
from shared.contracts.recruitment.coalition_public import CoalitionFormed
from shared.contracts.recruitment.steps import Agreement, Stage
from shared.contracts.topic import Confidentiality, Gaps, Topic


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
    reason: str | None = None
    agreement: Agreement | None = Field(default=None, description="given with COMMITTED")
    campaign: UUID | None = Field(default=None, description="with INVITED: the campaign that invited")
    wave: int | None = Field(default=None, description="with INVITED by a campaign: in which wave")
    task: str | None = Field(default=None, description="the task of a statement of work this is work for")


class EngagementCorrected(Event):
    """A step of an engagement was recorded wrongly: from now on it counts from another day, or not at all."""

    TYPE: ClassVar[str] = "recruitment.EngagementCorrected"

    participant: str
    collaborative: str
    step: int = Field(ge=1, description="counts all steps of the engagement from 1")
    since: dt.date | None = Field(description="the right day; None when the step is struck")
    qin_qio: str | None = Field(default=None, description="of a step RECRUITED: who answered on the right day")
    reason: str
    actor: str


class FacilityRecruited(Event):
    """A facility joined a collaborative; said again with the same ``membership_id`` when a mistake was corrected."""

    TYPE: ClassVar[str] = "recruitment.FacilityRecruited"

    membership_id: UUID
    ccn: Ccn
    name: str
    state: str
    zip_code: str
    collaborative: str
    qin_qio: str
    recruited_on: dt.date


class FacilityWithdrew(Event):
    """A facility is no member of a collaborative any more."""

    TYPE: ClassVar[str] = "recruitment.FacilityWithdrew"

    membership_id: UUID
    ccn: Ccn
    state: str
    collaborative: str
    withdrew_on: dt.date
    in_error: bool = Field(default=False, description="it never was a member: joining had been recorded by mistake")


class FacilityJoined(PublicEvent):
    """Public: a facility takes part in a collaborative (institution-level fact, 42 CFR 480.105)."""

    TYPE: ClassVar[str] = "public.FacilityJoined"

    ccn: Ccn
    state: str
    collaborative: str
    qin_qio: str
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month of joining")


class FacilityLeft(PublicEvent):
    """Public: a facility takes part in a collaborative no more (institution-level fact, 42 CFR 480.105)."""

    TYPE: ClassVar[str] = "public.FacilityLeft"

    ccn: Ccn
    state: str
    collaborative: str
    month: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="coarse: the month of leaving")


ASKED: tuple[type[Command], ...] = pipeline_commands.ASKED

PIPELINE = Topic(
    name="qio.recruitment.pipeline.v1",
    owner="recruitment",
    summary="How far each participant has come with each collaborative.",
    messages=(EngagementMoved, EngagementCorrected),
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
    messages=(FacilityJoined, FacilityLeft, CoalitionFormed),
    key="CCN, or id of the community",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.PUBLIC,
    writers=("recruitment",),
    readers=("notifications", "partner", "cli"),
)

TOPICS = (PIPELINE, PUBLIC_NETWORK)
