"""Sections 0 and 2: the facts of a person, and the cells that what is counted of a person is added to."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import cache

from tests.measures.independent.in_force import Claim, Told
from tests.measures.independent.stays import Stay, provisional, stays_of
from tests.measures.independent.vocabulary import DAY, INPUTS, Cells, Record, Spans, Stratum, Values, month_of


class Person:
    """One person: what holds, when alive, eligible and where, and the stays in hospital."""

    def __init__(self, told: Told, values: Values, today: dt.date) -> None:
        self.enrolments = told.enrolments
        self.fills = told.fills
        self.services = told.services
        self.values = values
        self.flags_of: Callable[[str], Stratum] = lambda month: frozenset()
        self.death = min(deaths_told(told), default=None)
        self.birth = birth_told(told)
        inpatient = [claim for claim in told.claims if claim.setting == "inpatient"]
        counted = [c for c in told.claims if c.setting != "notice" or provisional(c, inpatient, today)]
        self.claims = [claim for claim in counted if not self.after_death(claim.first)]
        self.impossible = [claim for claim in inpatient if self.after_death(claim.first)]
        self.stays: list[Stay] = stays_of(self.claims)

    def of(self, *settings: str) -> list[Claim]:
        """The claims of these settings, in order."""
        found = [claim for claim in self.claims if claim.setting in settings]
        return sorted(found, key=lambda c: (c.first, c.last, c.ref))

    def after_death(self, day: dt.date) -> bool:
        return self.death is not None and day > self.death

    def eligible(self, day: dt.date) -> bool:
        year = self.enrolments.get(day.year)
        return year is not None and day in days_of(year["eligible"], day.year) and not self.after_death(day)

    def area(self, day: dt.date) -> str | None:
        year = self.enrolments.get(day.year)
        return area_of(year["area"], year["moves"], day) if year is not None else None

    def lacks(self, day: dt.date) -> list[str]:
        year = self.enrolments.get(day.year)
        return lacking(year) if year is not None else []

    def meanings(self, value_set: str, code: str | None) -> set[str]:
        return self.values.get(value_set, {}).get(code, set()) if code is not None else set()


class Tally:
    """The cells of everybody."""

    def __init__(self) -> None:
        self.cells: Cells = {}

    def add(self, person: Person, unit: str, month: str, component: str, amount: int) -> None:
        cell = self.cells.setdefault((unit, month, person.flags_of(month)), {})
        cell[component] = cell.get(component, 0) + amount

    def at(self, person: Person, day: dt.date, component: str, amount: int = 1) -> None:
        """Add where the person lives, on a day the person is eligible."""
        area = person.area(day)
        if area is not None and person.eligible(day):
            self.add(person, area, month_of(day), component, amount)

    def at_hospital(self, person: Person, provider: str, day: dt.date, component: str) -> None:
        if person.eligible(day):
            self.add(person, f"ccn:{provider}", month_of(day), component, 1)

    def without_zeros(self) -> Cells:
        cells = {key: {name: n for name, n in cell.items() if n} for key, cell in self.cells.items()}
        return {key: cell for key, cell in cells.items() if cell}


def deaths_told(told: Told) -> list[dt.date]:
    enrolled = [year["death"] for year in told.enrolments.values() if year["death"]]
    return enrolled + [c.last for c in told.claims if c.setting == "inpatient" and c.status == "20"]


def birth_told(told: Told) -> dt.date | None:
    births: dict[int, dt.date] = {n: year["birth"] for n, year in told.enrolments.items() if year["birth"]}
    return births[max(births)] if births else None


def lacking(year: Record) -> list[str]:
    return [name for number, name in enumerate(INPUTS) if number in year["lacks"]]


def area_of(area: str, moves: tuple[tuple[dt.date, str], ...], day: dt.date) -> str:
    """Where a person lives: the last move up to the day, else where the year began."""
    for since, moved in moves:
        if since <= day:
            area = moved
    return area


@cache  # most people share their eligible days with thousands of others
def days_of(eligible: Spans, year: int) -> frozenset[dt.date]:
    found = set()
    for first, last in eligible:
        day = first
        while day <= last:
            if day.year == year:
                found.add(day)
            day += DAY
    return frozenset(found)


@cache
def days_by_month_and_area(
    eligible: Spans, year: int, end: dt.date | None, area: str, moves: tuple[tuple[dt.date, str], ...]
) -> list[tuple[str, str, int]]:
    """Eligible days (month, area, number of days) before ``end``."""
    counts = Counter(
        (month_of(day), area_of(area, moves, day)) for day in days_of(eligible, year) if end is None or day < end
    )
    return [(month, place, days) for (month, place), days in counts.items()]


def by_month_and_area(person: Person, end: dt.date | None) -> list[tuple[int, str, str, int]]:
    """Of all years known: (year, month, area, number of eligible days before ``end``)."""
    return [
        (number, month, area, days)
        for number, year in person.enrolments.items()
        for month, area, days in days_by_month_and_area(
            year["eligible"], number, end if end and end.year <= number else None, year["area"], year["moves"]
        )
    ]


def count_inputs(person: Person, tally: Tally) -> None:
    """Section 2: person-time, and of it what the source lacks; of hospitals the discharges."""
    end = person.death + DAY if person.death is not None else None
    for number, month, area, days in by_month_and_area(person, end):
        tally.add(person, area, month, "days", days)
        for name in lacking(person.enrolments[number]):
            tally.add(person, area, month, f"lacks_{name}", days)
    for stay in person.stays:
        if stay.live(person.death):
            tally.at_hospital(person, stay.closing.provider, stay.discharge, "live_discharges")
            for name in person.lacks(stay.discharge):
                tally.at_hospital(person, stay.closing.provider, stay.discharge, f"lacks_{name}")
