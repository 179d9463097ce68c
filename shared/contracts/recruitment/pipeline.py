"""The recruitment pipeline: who is invited, interested, recruited; and what partners hear of it."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.feeds import Ccn
from shared.contracts.message import Command, Event, PublicEvent
from shared.contracts.recruitment.coalition_public import CoalitionFormed
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.steps import Agreement, CollaborativeCode, InvitationMessage, TaskKey, Wave, Why
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


class _Step(Command):
    participant: ParticipantId
    collaborative: CollaborativeCode


class IdentifyParticipant(_Step):
    """Put a participant on the list for a collaborative. Refused when it is on it."""

    TYPE: ClassVar[str] = "recruitment.IdentifyParticipant"

    on: dt.date
    reason: Why | None = None


class InviteParticipant(_Step):
    """Invite a participant and have the letter sent; without an address staff send it.

    As part of a campaign it happens once: asking again for the same campaign is accepted and does nothing. The
    campaign says which letter; outside of one it is ``message``.
    """

    TYPE: ClassVar[str] = "recruitment.InviteParticipant"

    on: dt.date
    campaign: UUID | None = None
    wave: Wave = 1
    message: InvitationMessage = InvitationMessage.INVITATION
    task: TaskKey | None = None
    contact_name: str | None = Field(default=None, min_length=1, max_length=200)
    contact_email: str | None = Field(default=None, max_length=254)


class RecordInterest(_Step):
    """Record that a participant said it is interested."""

    TYPE: ClassVar[str] = "recruitment.RecordInterest"

    on: dt.date
    reason: Why | None = None


class CommitParticipant(_Step):
    """Record the agreement a participant signed. Every level of performance is welcome: none is asked for."""

    TYPE: ClassVar[str] = "recruitment.CommitParticipant"

    agreement: Agreement
    task: TaskKey | None = None


class RecruitParticipant(_Step):
    """Make a participant of any setting a member; ``EnrollFacility`` does the same for certified facilities."""

    TYPE: ClassVar[str] = "recruitment.RecruitParticipant"

    on: dt.date
    task: TaskKey | None = None
    contact_name: str | None = Field(default=None, min_length=1, max_length=200)
    contact_email: str | None = Field(default=None, max_length=254)


class EnrollFacility(Command):
    """Recruit a facility into a collaborative. Refused when unknown, closed to it, or already a member.

    No stage is needed before: this is the short way from wherever the facility stands.
    """

    TYPE: ClassVar[str] = "recruitment.EnrollFacility"

    ccn: Ccn
    collaborative: str = Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$")
    recruited_on: dt.date
    contact_name: str | None = Field(default=None, max_length=200)
    contact_email: str | None = Field(default=None, max_length=254)
    task: TaskKey | None = None


class ActivateParticipant(_Step):
    """Record that a member works: it came to its first session or sent its first data."""

    TYPE: ClassVar[str] = "recruitment.ActivateParticipant"

    on: dt.date
    reason: Why | None = None


class GraduateParticipant(_Step):
    """Record that an active member completed the collaborative."""

    TYPE: ClassVar[str] = "recruitment.GraduateParticipant"

    on: dt.date
    reason: Why | None = None


class WithdrawParticipant(_Step):
    """Record that a participant that had committed leaves, and why."""

    TYPE: ClassVar[str] = "recruitment.WithdrawParticipant"

    on: dt.date
    reason: Why


class DeclineParticipation(_Step):
    """Record that a participant that had not committed says no, and why."""

    TYPE: ClassVar[str] = "recruitment.DeclineParticipation"

    on: dt.date
    reason: Why


class ReconsiderParticipation(_Step):
    """Record that a participant that declined or withdrew is interested again, and what changed."""

    TYPE: ClassVar[str] = "recruitment.ReconsiderParticipation"

    on: dt.date
    reason: Why


class CorrectEngagement(_Step):
    """Correct a step that was recorded wrongly: give it another day, or strike it.

    ``step`` counts all steps of the engagement from 1. ``on`` is the day that is right; without it the step is struck,
    as if it had not been. Only the last step that stands can be struck, because later ones rest on it.
    """

    TYPE: ClassVar[str] = "recruitment.CorrectEngagement"

    step: int = Field(ge=1, le=10_000)
    on: dt.date | None = None
    reason: Why


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


ASKED: tuple[type[Command], ...] = (
    IdentifyParticipant,
    InviteParticipant,
    RecordInterest,
    CommitParticipant,
    RecruitParticipant,
    EnrollFacility,
    ActivateParticipant,
    GraduateParticipant,
    WithdrawParticipant,
    DeclineParticipation,
    ReconsiderParticipation,
    CorrectEngagement,
)

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
    readers=("partner", "cli"),
)

TOPICS = (PIPELINE, PUBLIC_NETWORK)
