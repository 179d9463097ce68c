"""Person-time: eligible days and nights of a year by month and place, and which inputs the source lacked for them.

It follows from the enrolment, the day of death and the flags alone, so that a claim does not count it anew.
"""

from collections.abc import Iterator
from typing import NamedTuple

from services.measures.domain.components import NUMBER, days_lacking
from services.measures.domain.days import month_bounds
from services.measures.domain.timeline import Cell, Enrolment

_NIGHTS = NUMBER["nights"]


class Period(NamedTuple):
    """Eligible days from ``first`` to ``last``, both included, in one month and one area."""

    first: int
    last: int
    month: int
    area: str

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1


def person_time(enrolment: Enrolment, death: int, flags: tuple[int, ...]) -> list[Cell]:
    """The eligible days and nights of the year; the night of the day of death is none."""
    component = days_lacking(enrolment.lacks)
    found: dict[tuple[str, int], list[int]] = {}
    for period in periods(enrolment, death):
        counts = found.setdefault((period.area, period.month), [0, 0])
        counts[0] += period.days
        counts[1] += period.days - (period.first <= death <= period.last)
    return [
        (area, month, flags[month % 100 - 1], (_NIGHTS, nights, component, days) if nights else (component, days))
        for (area, month), (days, nights) in sorted(found.items())
    ]


def periods(enrolment: Enrolment, death: int) -> Iterator[Period]:
    """The eligible time of a year in pieces of one month and one place, in order; a day told twice comes once."""
    for month in range(enrolment.year * 100 + 1, enrolment.year * 100 + 13):
        yield from of_month(enrolment, month, death)


def of_month(enrolment: Enrolment, month: int, death: int) -> Iterator[Period]:
    """The eligible time of a month."""
    begin, end = month_bounds(month)
    if death:
        end = min(end, death)
    position = begin
    for first, last in sorted(enrolment.spans) if len(enrolment.spans) > 1 else enrolment.spans:
        low, high = max(first, position), min(last, end)
        if low <= high:
            yield from _by_area(enrolment, month, low, high)
            position = high + 1


def _by_area(enrolment: Enrolment, month: int, low: int, high: int) -> Iterator[Period]:
    for since, _ in enrolment.moves:
        if low < since <= high:
            yield Period(low, since - 1, month, enrolment.area_on(low))
            low = since
    yield Period(low, high, month, enrolment.area_on(low))
