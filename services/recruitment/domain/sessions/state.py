"""A session of a learning network as it stands."""

import datetime as dt
from collections.abc import Mapping
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from services.recruitment.domain.sessions.machine import Phase
from shared.contracts.recruitment.session_terms import (
    AttendanceSource,
    PresenceMode,
    Question,
    SessionKind,
    SessionMode,
)
from shared.records.kinds import Record

# Our own choice; no rule sets days.
REMIND_DAYS: Final = (7, 1)
# Whatever is to be told without waiting.
AT_ONCE: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Registration(Record):
    """A registration; ``place`` is its number in the order of registration."""

    people: int
    mode: PresenceMode
    place: int


class Attendance(Record):
    """People of one participant in one mode, and the minutes of all of them together."""

    people: int
    minutes: int
    guest: bool
    source: AttendanceSource


class Correction(Record):
    """What attendance was before it was corrected, and why it was corrected."""

    participant: str
    mode: PresenceMode
    before: Attendance
    because: str | None


class Material(Record):
    """A version of a material."""

    title: str
    version: str
    origin: str
    kept_at: str


class Evaluation(Record):
    """Answers from 1 to 5, of a participant or of nobody named."""

    participant: str | None
    answers: Mapping[Question, int]
    comment: str | None


class Session(Record):
    """A session; instants are UTC, ``zone`` is where people read them.

    ``revision`` counts its moves and ``reason`` is why it was moved or cancelled last; ``invited`` is the revision
    that participants were told of last, with the beginning they were told (``invited_for``), and ``invited_whom`` who
    was told. ``reminded`` are the days before it for which this revision's reminders are settled. ``tell_next`` is when
    there is next something to tell.
    ``attendance`` is by participant and mode.
    """

    id: str
    calendar_id: UUID
    network: str
    cohorts: tuple[str, ...]
    kind: SessionKind
    title: str
    agenda: tuple[str, ...]
    mode: SessionMode
    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: str
    place: str | None
    join_url: str | None
    capacity: int | None
    office: str
    phone: str
    phase: Phase = Phase.PLANNED
    revision: int = 0
    reason: str | None = None
    places: int = 0
    registrations: Mapping[str, Registration] = {}
    attendance: Mapping[str, Mapping[PresenceMode, Attendance]] = {}
    corrections: tuple[Correction, ...] = ()
    materials: tuple[Material, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    invited: int | None = None
    invited_for: dt.datetime | None = None
    invited_whom: tuple[str, ...] = ()
    cancellation_told: bool = False
    reminded: tuple[int, ...] = ()
    tell_next: dt.datetime | None = None

    @property
    def day(self) -> dt.date:
        """The day on which it begins where it is."""
        return self.starts_at.astimezone(ZoneInfo(self.zone)).date()

    def seated(self) -> frozenset[str]:
        """Who has a place, by id: those who fit, in the order of registration, up to the first who does not."""
        left = self.capacity
        found = []
        for participant, one in sorted(self.registrations.items(), key=lambda item: item[1].place):
            if left is not None:
                left -= one.people
                if left < 0:
                    break
            found.append(participant)
        return frozenset(found)

    def people_seated(self) -> int:
        """How many people have a place."""
        return sum(self.registrations[one].people for one in self.seated())

    def attended(self, participant: str, mode: PresenceMode) -> Attendance | None:
        """The attendance recorded of a participant in a mode."""
        return self.attendance.get(participant, {}).get(mode)
