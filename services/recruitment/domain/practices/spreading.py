"""How a practice spread, in figures: generations, time, places; and who learned from whom over all practices."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.recruitment.domain.practices.practice_kind import Practice
from services.recruitment.domain.practices.spread_kind import Adoptions, AdoptionStatus
from shared.contracts.recruitment.adoptions import Way


@dataclass(frozen=True, slots=True)
class Place:
    """Where a participant is, and which network of the program (QIN-QIO) it belongs to."""

    state: str
    region: str


@dataclass(frozen=True, slots=True)
class Link:
    """A participant that took a practice up; ``teacher`` None: it heard of it from the network itself.

    ``generation`` is 0 for the origin, 1 for who heard from it or from the network, and one more from each to the
    next. ``adopted_on`` stays when it gave the practice up later.
    """

    participant: str
    teacher: str | None
    way: Way | None
    since: dt.date
    generation: int
    status: AdoptionStatus
    adopted_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Spread:
    """All who took a practice up, by day; ``states`` and ``regions`` count those of them who adopted it."""

    practice: str
    links: tuple[Link, ...]
    states: Mapping[str, int]
    regions: Mapping[str, int]

    def generations(self) -> tuple[tuple[str, ...], ...]:
        """Who took it up, by generation from 0; of a practice without an origin generation 0 is nobody."""
        most = max((one.generation for one in self.links), default=-1)
        return tuple(tuple(one.participant for one in self.links if one.generation == n) for n in range(most + 1))

    def adopters(self) -> tuple[tuple[dt.date, str], ...]:
        """Who adopted it, also where it gave it up later, the first one first."""
        return tuple(sorted((one.adopted_on, one.participant) for one in self.links if one.adopted_on is not None))

    def days_to(self, many: int) -> int | None:
        """Days from the first adopter to so many of them, the first counted; None where there are not so many."""
        found = self.adopters()
        return (found[many - 1][0] - found[0][0]).days if 1 <= many <= len(found) else None

    def now(self) -> Mapping[AdoptionStatus, int]:
        """How many are in which status."""
        held = Counter(one.status for one in self.links)
        return {status: held[status] for status in AdoptionStatus}


@dataclass(frozen=True, slots=True)
class Lesson:
    """That one participant learned from another: which practices, and since when the first of them."""

    teacher: str
    learner: str
    practices: tuple[str, ...]
    since: dt.date


def spread(practice: Practice, adoptions: Adoptions | None, places: Mapping[str, Place]) -> Spread:
    """How a practice spread; who is not in ``places`` is counted in no state or region."""
    links = tuple(sorted(_links(practice, adoptions), key=lambda one: (one.since, one.generation, one.participant)))
    there = [places[one.participant] for one in links if one.adopted_on is not None and one.participant in places]
    return Spread(
        practice=practice.id,
        links=links,
        states=dict(sorted(Counter(one.state for one in there).items())),
        regions=dict(sorted(Counter(one.region for one in there).items())),
    )


def _links(practice: Practice, adoptions: Adoptions | None) -> Iterable[Link]:
    origin = practice.origin
    source = origin.participant if origin else None
    if origin is not None:
        # It is where the practice works: the first who adopted it.
        yield Link(origin.participant, None, None, origin.since, 0, AdoptionStatus.ADOPTED, origin.since)
    held = adoptions.by if adoptions else {}
    teachers = {one: adoption.heard.participant or source for one, adoption in held.items()}
    for one, adoption in held.items():
        yield Link(
            participant=one,
            teacher=teachers[one],
            way=adoption.heard.way,
            since=adoption.since,
            generation=_generation(one, teachers),
            status=adoption.status,
            adopted_on=adoption.adopted_on,
        )


def _generation(participant: str, teachers: Mapping[str, str | None]) -> int:
    number, teacher = 1, teachers[participant]
    while teacher is not None and teacher in teachers:
        number, teacher = number + 1, teachers[teacher]
    return number


def lessons(spreads: Iterable[Spread]) -> tuple[Lesson, ...]:
    """Who learned from whom over all these practices, by teacher and learner."""
    found: dict[tuple[str, str], list[tuple[dt.date, str]]] = {}
    for one in spreads:
        for link in one.links:
            if link.teacher is not None:
                found.setdefault((link.teacher, link.participant), []).append((link.since, one.practice))
    return tuple(
        Lesson(teacher, learner, tuple(sorted(practice for _, practice in days)), min(days)[0])
        for (teacher, learner), days in sorted(found.items())
    )
