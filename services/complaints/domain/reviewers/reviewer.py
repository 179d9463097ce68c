"""A reviewer as a value: licences, specialties, interests, ties and the reviews held, without name or address."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from shared.contracts.reviewers import Holder, InterestKind, Profession, Setting, Specialty, TieKind

PHYSICIANS: Final = frozenset({Profession.MD, Profession.DO})
NATIONAL: Final = frozenset({Profession.CODER, Profession.ANALYST})
# The Trust Territory of 42 CFR 476.98(a)(3) is today's Micronesia, Marshall Islands and Palau.
MEDICAL_OFFICER_PLACES: Final = frozenset({"AS", "MP", "FM", "MH", "PW"})


class Level(StrEnum):
    """Which look at a matter a review is; one person takes part in one level of a family alone."""

    INITIAL = "INITIAL"
    RECONSIDERATION = "RECONSIDERATION"
    EMTALA_60DAY = "EMTALA_60DAY"  # where the 5-day review of the same event was INITIAL
    CONSISTENCY = "CONSISTENCY"  # second review of a sample


class Role(StrEnum):
    """What a person does in a case."""

    SCREENER = "SCREENER"
    PEER_REVIEWER = "PEER_REVIEWER"
    CODER = "CODER"
    RECOMMENDER = "RECOMMENDER"  # the physician who recommends a sanction
    PANEL_MEMBER = "PANEL_MEMBER"  # meets the practitioner, and votes


class WaiverKind(StrEnum):
    """A guard that may be left aside for a reason."""

    NO_PEER_AVAILABLE = "NO_PEER_AVAILABLE"
    NO_SPECIALIST = "NO_SPECIALIST"
    STAFF_ACCEPTED = "STAFF_ACCEPTED"
    OVER_CAPACITY = "OVER_CAPACITY"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A guard left aside, and why."""

    kind: WaiverKind
    reason: str


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence of a State, or with ``state`` None a national credential; ``valid_to`` is the last day."""

    profession: Profession
    state: str | None
    valid_from: dt.date
    valid_to: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it is valid on a day."""
        return _within(day, self.valid_from, self.valid_to)


@dataclass(frozen=True, slots=True)
class Practice:
    """A specialty, from ``since`` to the last day ``until``."""

    specialty: Specialty
    certified: bool
    since: dt.date
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it is practised on a day."""
        return _within(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Interest:
    """A place in a facility, one's own or the family's, from ``since`` to the last day ``until``."""

    ccn: str
    kind: InterestKind
    holder: Holder
    since: dt.date
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it is held on a day."""
        return _within(day, self.since, self.until)


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie to one matter, which does not lapse."""

    family_id: UUID
    kind: TieKind
    holder: Holder


@dataclass(frozen=True, slots=True)
class Assignment:
    """One part of one case given to a reviewer; ``attested_at``: when the absence of conflicts was attested.

    A released assignment stays: who once looked at a matter is never new to it.
    """

    id: UUID
    case_id: UUID
    family_id: UUID
    level: Level
    role: Role
    assigned_at: dt.datetime
    attested_at: dt.datetime | None = None
    released_at: dt.datetime | None = None
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """What the guards need to know of a reviewer. ``capacity``: open cases taken at once."""

    id: UUID
    practising: bool
    capacity: int
    licences: tuple[Licence, ...]
    setting: Setting | None = None
    specialties: tuple[Practice, ...] = ()
    interests: tuple[Interest, ...] = ()
    ties: tuple[Tie, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    retired_on: dt.date | None = None

    @property
    def professions(self) -> frozenset[Profession]:
        """Everything ever licensed as."""
        return frozenset(licence.profession for licence in self.licences)

    @property
    def open_cases(self) -> int:
        """Cases with an assignment that was not released."""
        return len({assignment.case_id for assignment in self.assignments if assignment.released_at is None})

    def licensed(self, professions: frozenset[Profession], area: frozenset[str], day: dt.date) -> bool:
        """Whether one of the professions is licensed in the area on a day; a national credential is valid anywhere."""
        return any(
            licence.profession in professions
            and licence.holds(day)
            and (licence.state is None or licence.state in area)
            for licence in self.licences
        )

    def practises(self, specialty: Specialty, day: dt.date, *, certified: bool = False) -> bool:
        """Whether a specialty is practised on a day, with ``certified`` under a board's certificate."""
        return any(
            practice.specialty is specialty and practice.holds(day) and (practice.certified or not certified)
            for practice in self.specialties
        )

    def retired(self, day: dt.date) -> bool:
        """Whether no case is taken any more on a day."""
        return self.retired_on is not None and self.retired_on <= day


def _within(day: dt.date, first: dt.date, last: dt.date | None) -> bool:
    return first <= day and (last is None or day <= last)
