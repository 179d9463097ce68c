"""Sessions of a learning network: planned, opened, held or cancelled; who registered, came and found it useful."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.recruitment import session_commands
from shared.contracts.recruitment.learning_terms import LearningId
from shared.contracts.recruitment.session_terms import (
    AttendanceSource,
    Instant,
    PresenceMode,
    Question,
    SessionKind,
    SessionMode,
    Told,
)
from shared.contracts.topic import Confidentiality, Gaps, Topic


class _OfSession(Event):
    session: LearningId
    actor: str


class SessionPlanned(_OfSession):
    """A session is planned; ``calendar_id`` is what calendars know it by, the same however often it is moved."""

    TYPE: ClassVar[str] = "recruitment.SessionPlanned"

    calendar_id: UUID
    network: str
    cohorts: tuple[str, ...]
    kind: SessionKind
    title: str
    agenda: tuple[str, ...]
    mode: SessionMode
    starts_at: Instant
    ends_at: Instant
    zone: str
    place: str | None
    join_url: str | None
    capacity: int | None
    office: str
    phone: str


class SessionAmended(_OfSession):
    """Title, agenda and capacity are from now on as this says."""

    TYPE: ClassVar[str] = "recruitment.SessionAmended"

    title: str
    agenda: tuple[str, ...]
    capacity: int | None


class SessionRescheduled(_OfSession):
    """Time and place are from now on as this says; ``revision`` counts the times it was moved."""

    TYPE: ClassVar[str] = "recruitment.SessionRescheduled"

    revision: int = Field(ge=1)
    mode: SessionMode
    starts_at: Instant
    ends_at: Instant
    zone: str
    place: str | None
    join_url: str | None
    reason: str


class RegistrationOpened(_OfSession):
    """Participants can register."""

    TYPE: ClassVar[str] = "recruitment.RegistrationOpened"


class RegistrationClosed(_OfSession):
    """Participants can register no more."""

    TYPE: ClassVar[str] = "recruitment.RegistrationClosed"


class SessionHeld(_OfSession):
    """A session was held."""

    TYPE: ClassVar[str] = "recruitment.SessionHeld"


class SessionCancelled(_OfSession):
    """A session will not be, or was not, held; ``revision`` is one above that of its last time and place."""

    TYPE: ClassVar[str] = "recruitment.SessionCancelled"

    revision: int = Field(ge=1)
    reason: str


class SessionRegistered(_OfSession):
    """A participant is registered; ``requeued``: at the end of the order of registration."""

    TYPE: ClassVar[str] = "recruitment.SessionRegistered"

    participant: str
    people: int = Field(ge=1)
    mode: PresenceMode
    requeued: bool


class SessionRegistrationWithdrawn(_OfSession):
    """A participant is registered no more."""

    TYPE: ClassVar[str] = "recruitment.SessionRegistrationWithdrawn"

    participant: str


class SessionAttended(_OfSession):
    """Attendance of a participant in one mode is as this says; ``because`` is given with a correction.

    ``minutes`` are those of all the people together. No people: what was recorded was a mistake.
    """

    TYPE: ClassVar[str] = "recruitment.SessionAttended"

    participant: str
    mode: PresenceMode
    people: int = Field(ge=0)
    minutes: int = Field(ge=0)
    guest: bool
    source: AttendanceSource
    because: str | None


class SessionMaterialAdded(_OfSession):
    """There is material of a session, or another version of it."""

    TYPE: ClassVar[str] = "recruitment.SessionMaterialAdded"

    title: str
    version: str
    origin: str
    kept_at: str


class SessionEvaluated(_OfSession):
    """A session was evaluated; without a participant it is not known for whom."""

    TYPE: ClassVar[str] = "recruitment.SessionEvaluated"

    participant: str | None
    answers: dict[Question, int]
    comment: str | None


class SessionTold(_OfSession):
    """Participants were told of a session, or what was to be told came too late and was left out.

    ``days`` are the days before the session of each reminder that is settled with this. ``recipients`` counts those
    for whom a notice was requested; ``invited`` are those of an invitation, in one of a revision that was told before
    whoever came into a cohort since.
    """

    TYPE: ClassVar[str] = "recruitment.SessionTold"

    what: Told
    revision: int = Field(ge=0)
    days: tuple[int, ...] = ()
    invited: tuple[str, ...] = ()
    recipients: int = Field(ge=0)


ASKED = session_commands.ASKED

SESSIONS = Topic(
    name="qio.recruitment.sessions.v1",
    owner="recruitment",
    summary="Sessions of learning networks: planned, moved, held; registration, attendance, materials, evaluations.",
    messages=(
        SessionPlanned,
        SessionAmended,
        SessionRescheduled,
        RegistrationOpened,
        RegistrationClosed,
        SessionHeld,
        SessionCancelled,
        SessionRegistered,
        SessionRegistrationWithdrawn,
        SessionAttended,
        SessionMaterialAdded,
        SessionEvaluated,
        SessionTold,
    ),
    key="session id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (SESSIONS,)
