"""The eligible time of a person in pieces that lie in one month and one place."""

from collections.abc import Iterator
from typing import NamedTuple

from services.measures.domain.days import month_bounds
from services.measures.domain.person import Person
from services.measures.domain.timeline import Enrolment


class Period(NamedTuple):
    """Eligible days from ``first`` to ``last``, both included, in one month and one area."""

    first: int
    last: int
    month: int
    area: str
    enrolment: Enrolment

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1


def periods(person: Person) -> Iterator[Period]:
    """The eligible time of the counted years, in order; days that spans tell twice come once."""
    for year in sorted(person.years):
        enrolment = person.enrolment(year)
        if enrolment is not None:
            for month in range(year * 100 + 1, year * 100 + 13):
                yield from _of_month(enrolment, month, person.death)


def _of_month(enrolment: Enrolment, month: int, death: int) -> Iterator[Period]:
    begin, end = month_bounds(month)
    if death:
        end = min(end, death)
    position = begin
    for first, last in sorted(enrolment.spans):
        low, high = max(first, position), min(last, end)
        if low <= high:
            yield from _by_area(enrolment, month, low, high)
            position = high + 1


def _by_area(enrolment: Enrolment, month: int, low: int, high: int) -> Iterator[Period]:
    for since, _ in enrolment.moves:
        if low < since <= high:
            yield Period(low, since - 1, month, enrolment.area_on(low), enrolment)
            low = since
    yield Period(low, high, month, enrolment.area_on(low), enrolment)
