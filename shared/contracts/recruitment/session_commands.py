"""What can be asked about sessions of a learning network."""

from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import CohortId, LearningId, NetworkId
from shared.contracts.recruitment.session_terms import (
    Agenda,
    Answers,
    AttendanceSource,
    Capacity,
    Instant,
    Link,
    OfficePhone,
    Origin,
    People,
    PresenceMode,
    SessionKind,
    SessionMode,
    Zone,
)
from shared.contracts.recruitment.terms import Line, Said


class PlanSession(Command):
    """Plan a session to which one or several cohorts of a network are invited; nobody is told yet.

    One that is over is planned as well, so that it can be recorded; nobody hears of it. ``office`` and ``phone`` are
    whom participants ask. Sent again it is a second session.
    """

    TYPE: ClassVar[str] = "recruitment.PlanSession"

    network: NetworkId
    cohorts: tuple[CohortId, ...] = Field(min_length=1, max_length=50)
    kind: SessionKind
    title: Line
    agenda: Agenda = ()
    mode: SessionMode
    starts_at: Instant
    ends_at: Instant
    zone: Zone
    place: Line | None = None
    join_url: Link | None = None
    capacity: Capacity | None = None
    office: Line
    phone: OfficePhone


class AmendSession(Command):
    """Change title, agenda or capacity; what is left out stays. Nobody is written to about it."""

    TYPE: ClassVar[str] = "recruitment.AmendSession"

    session: LearningId
    title: Line | None = None
    agenda: Agenda | None = None
    capacity: Capacity | None = None


class RescheduleSession(Command):
    """Move a session in time or place; what is left out stays, and the same again changes nothing.

    Where registration has been open, everybody invited or registered gets a new invitation.
    """

    TYPE: ClassVar[str] = "recruitment.RescheduleSession"

    session: LearningId
    starts_at: Instant | None = None
    ends_at: Instant | None = None
    zone: Zone | None = None
    mode: SessionMode | None = None
    place: Line | None = None
    join_url: Link | None = None
    reason: Said


class OpenRegistration(Command):
    """Open registration, for the first time or again; who is in the cohorts is invited once."""

    TYPE: ClassVar[str] = "recruitment.OpenRegistration"

    session: LearningId


class CloseRegistration(Command):
    """Close registration; nobody registers, changes or withdraws any more."""

    TYPE: ClassVar[str] = "recruitment.CloseRegistration"

    session: LearningId


class HoldSession(Command):
    """Record that a session is held; refused before it began. Attendance and evaluations can follow."""

    TYPE: ClassVar[str] = "recruitment.HoldSession"

    session: LearningId


class CancelSession(Command):
    """Cancel a session; who was invited or registered is told, unless it would have begun already."""

    TYPE: ClassVar[str] = "recruitment.CancelSession"

    session: LearningId
    reason: Said


class RegisterForSession(Command):
    """Register a participant, of a cohort or a guest, or change the registration; the same again changes nothing.

    Whoever no longer fits within the capacity waits, in the order of registration. More people than before, or
    another way of taking part, go to the end of that order.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterForSession"

    session: LearningId
    participant: ParticipantId
    people: People = 1
    mode: PresenceMode


class WithdrawFromSession(Command):
    """Take a registration back; whoever waited longest comes in."""

    TYPE: ClassVar[str] = "recruitment.WithdrawFromSession"

    session: LearningId
    participant: ParticipantId


class RecordAttendance(Command):
    """Record how many people of a participant took part in one mode, and their minutes together.

    Known already: the same again changes nothing, anything else is a correction and needs ``because``. No people
    corrects what was recorded by mistake. Who is of no invited cohort on the day is recorded as a guest.
    """

    TYPE: ClassVar[str] = "recruitment.RecordAttendance"

    session: LearningId
    participant: ParticipantId
    mode: PresenceMode
    people: int = Field(ge=0, le=2_000, description="number of people")
    minutes: int = Field(ge=0, le=20_000_000, description="minutes of all these people together")
    source: AttendanceSource = AttendanceSource.STAFF
    because: Said | None = None


class AddSessionMaterial(Command):
    """Add material, or another version of it; the same version again is refused."""

    TYPE: ClassVar[str] = "recruitment.AddSessionMaterial"

    session: LearningId
    title: Line
    version: Line
    origin: Origin
    kept_at: Line = Field(description="where it is kept: a link or a place in the archive")


class EvaluateSession(Command):
    """Evaluate a session, for a participant or without saying for whom.

    A participant's second evaluation takes the place of its first; every anonymous one counts.
    """

    TYPE: ClassVar[str] = "recruitment.EvaluateSession"

    session: LearningId
    participant: ParticipantId | None = None
    answers: Answers
    comment: Said | None = None


ASKED: tuple[type[Command], ...] = (
    PlanSession,
    AmendSession,
    RescheduleSession,
    OpenRegistration,
    CloseRegistration,
    HoldSession,
    CancelSession,
    RegisterForSession,
    WithdrawFromSession,
    RecordAttendance,
    AddSessionMaterial,
    EvaluateSession,
)
