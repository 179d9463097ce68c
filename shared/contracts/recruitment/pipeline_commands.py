"""What recruitment is asked about the pipeline: every step of a participant with a collaborative."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.feeds import Ccn
from shared.contracts.message import Command
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.steps import Agreement, CollaborativeCode, InvitationMessage, Wave
from shared.contracts.recruitment.terms import TaskKey, Why


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
    collaborative: CollaborativeCode
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
