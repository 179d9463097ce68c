"""A learning network and its cohorts as they stand."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.cohorts import CohortRole
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_networks import NetworkKind
from shared.contracts.recruitment.learning_terms import Topic
from shared.records.kinds import Record
from shared.records.machine import Machine


class Phase(StrEnum):
    """Whether a network or a cohort goes on."""

    RUNNING = "RUNNING"
    ENDED = "ENDED"


class NetworkStep(StrEnum):
    """What can be done with a network."""

    CHANGE = "CHANGE"
    OPEN_COHORT = "OPEN_COHORT"
    END = "END"


class CohortStep(StrEnum):
    """What can be done with a cohort."""

    FOCUS = "FOCUS"
    JOIN = "JOIN"
    LEAVE = "LEAVE"
    CLOSE = "CLOSE"


NETWORK_MACHINE: Final = Machine(
    "the network",
    {
        (Phase.RUNNING, NetworkStep.CHANGE): Phase.RUNNING,
        (Phase.RUNNING, NetworkStep.OPEN_COHORT): Phase.RUNNING,
        (Phase.RUNNING, NetworkStep.END): Phase.ENDED,
    },
)
COHORT_MACHINE: Final = Machine(
    "the cohort",
    {
        (Phase.RUNNING, CohortStep.FOCUS): Phase.RUNNING,
        (Phase.RUNNING, CohortStep.JOIN): Phase.RUNNING,
        (Phase.RUNNING, CohortStep.LEAVE): Phase.RUNNING,
        (Phase.RUNNING, CohortStep.CLOSE): Phase.ENDED,
    },
)


class Network(Record):
    """A learning network; no ``states``: all of them, no ``settings``: every one.

    ``ended_on`` is its last day; ``changed_on`` the day of the last change, at first of its beginning.
    """

    id: str
    name: str
    kind: NetworkKind
    collaborative: str | None
    task: str
    topics: tuple[Topic, ...]
    states: tuple[str, ...]
    settings: tuple[Setting, ...]
    started_on: dt.date
    changed_on: dt.date
    phase: Phase = Phase.RUNNING
    ended_on: dt.date | None = None
    reason: str | None = None

    def on(self, day: dt.date) -> bool:
        """Whether it is at work on a day."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


class Spell(Record):
    """A time in a cohort; ``until`` is the first day after it."""

    role: CohortRole
    since: dt.date
    until: dt.date | None = None
    reason: str | None = None

    def on(self, day: dt.date) -> bool:
        """Whether it covers a day."""
        return self.since <= day and (self.until is None or day < self.until)


class Focus(Record):
    """What a cohort works on from a day on."""

    topic: Topic
    since: dt.date


class Cohort(Record):
    """A cohort; ``members`` are all who ever were in it, ``closed_on`` is its last day."""

    id: str
    network: str
    number: int
    name: str
    exclusive: bool
    opened_on: dt.date
    focus: tuple[Focus, ...]
    members: Mapping[str, tuple[Spell, ...]] = {}
    phase: Phase = Phase.RUNNING
    closed_on: dt.date | None = None
    reason: str | None = None

    def on(self, day: dt.date) -> bool:
        """Whether it is open on a day."""
        return self.opened_on <= day and (self.closed_on is None or day <= self.closed_on)

    def role_of(self, participant: str, day: dt.date) -> CohortRole | None:
        """As what a participant is in it on a day; None where it is not."""
        if not self.on(day):
            return None
        return next((one.role for one in self.members.get(participant, ()) if one.on(day)), None)

    def present(self, day: dt.date) -> Iterator[str]:
        """Who is in it on a day, by id."""
        return (one for one in sorted(self.members) if self.role_of(one, day) is not None)

    def works_on(self, day: dt.date) -> Topic:
        """What it works on on a day; before its first day, on what it began with."""
        held = [one.topic for one in self.focus if one.since <= day]
        return held[-1] if held else self.focus[0].topic

    def last_change(self) -> dt.date:
        """The last day on which something of it is recorded."""
        spells = [day for held in self.members.values() for one in held for day in (one.since, one.until) if day]
        return max((self.opened_on, self.focus[-1].since, *spells))


class Course(Record):
    """How long a cohort of a network goes, and what it works on now; ``closed_on`` is its last day."""

    focus: Topic
    opened_on: dt.date
    closed_on: dt.date | None = None


class Courses(Record):
    """Every cohort of one network, by id."""

    cohorts: Mapping[str, Course] = {}

    def open(self) -> tuple[str, ...]:
        """The cohorts that are not closed, by id."""
        return tuple(one for one, held in sorted(self.cohorts.items()) if held.closed_on is None)

    def closed_before(self, cohort: str, day: dt.date) -> bool:
        """Whether a cohort had its last day before a day."""
        held = self.cohorts.get(cohort)
        return held is not None and held.closed_on is not None and held.closed_on < day

    def latest_day(self) -> dt.date | None:
        """The last day on which a cohort opened or closed; None where there is none."""
        return max((one.closed_on or one.opened_on for one in self.cohorts.values()), default=None)


class Seats(Record):
    """In which cohorts of a network, some of them ``exclusive``, one participant is or was.

    A closing of a cohort is not told here: what is asked of a day is asked with the courses of all its cohorts.
    """

    spells: Mapping[str, tuple[Spell, ...]] = {}
    exclusive: frozenset[str] = frozenset()

    def in_any(self, cohorts: Iterable[str], day: dt.date, among: Courses) -> bool:
        """Whether it is in one of these cohorts on a day."""
        return any(
            not among.closed_before(one, day) and any(spell.on(day) for spell in self.spells.get(one, ()))
            for one in cohorts
        )

    def taken(self, cohort: str, day: dt.date, among: Courses) -> str | None:
        """Another exclusive cohort that it is in on a day or on a later one; None where it is in none."""
        for other in sorted(self.exclusive - {cohort}):
            stays = any(one.until is None or one.until > day for one in self.spells[other])
            if stays and not among.closed_before(other, day):
                return other
        return None
