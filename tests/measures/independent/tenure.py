"""Section 5: nights, those in an institution, and those under observation in a hospital.

A night has the date of its evening. The nights of a person are eligible days before the day of death.
"""

import datetime as dt
from collections.abc import Iterable

from tests.measures.independent.in_force import Claim
from tests.measures.independent.person import Person, Tally, by_month_and_area
from tests.measures.independent.vocabulary import DAY, Spans, days_from


def within(spans: Spans) -> set[dt.date]:
    return {day for first, last in spans for day in days_from(first, last + DAY)}


def nights_in(claim: Claim) -> set[dt.date]:
    """Nights in an institution that a claim tells: not the night of the discharge, but the last one of a bill from
    the middle of a stay."""
    if claim.setting == "hospice":
        return within(claim.spans)
    nights = set(days_from(claim.first, claim.last + DAY if claim.interim else claim.last))
    if claim.setting == "inpatient":
        nights -= within(claim.spans)
    return nights


def all_nights(claims: Iterable[Claim]) -> set[dt.date]:
    return {night for claim in claims for night in nights_in(claim)}


def count_nights(person: Person, tally: Tally) -> None:
    for _, month, area, nights in by_month_and_area(person, person.death):
        tally.add(person, area, month, "nights", nights)
    institution = all_nights(person.of("inpatient", "snf", "hospice", "notice"))
    observed = {
        night for claim in person.of("outpatient") if claim.observation for night in days_from(claim.first, claim.last)
    }
    for component, nights_away in (("institution_nights", institution), ("observation_nights", observed - institution)):
        for night in nights_away:
            if person.death is None or night < person.death:
                tally.at(person, night, component)
