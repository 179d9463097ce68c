"""What the record of one patient adds to the calendar years of the practice, and when time alone changes that."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Final

from services.measures.domain.panel.counted import Counted
from services.measures.domain.practices import heart, prevention
from services.measures.domain.practices.patient import Fact, Patient, later_days, patient_of

_SINGLE: Final[Mapping[str, Callable[[Patient, int], bool | None]]] = {
    "aspirin": heart.aspirin,
    "blood_pressure": heart.blood_pressure,
    "influenza": prevention.influenza,
    "pneumococcal": prevention.pneumococcal,
    "colorectal": prevention.colorectal,
    "breast": prevention.breast,
}
STATIN: Final = tuple(f"statin_{number}" for number in (1, 2, 3, 4))
TOBACCO: Final = ("tobacco_screened", "tobacco_helped", "tobacco")
COMPONENTS: Final = (*_SINGLE, *STATIN, *TOBACCO)
"""Each is what was met; with ``_of`` at its end, whom it was asked of."""


def count(facts: Collection[Fact], today: dt.date) -> Counted:
    """One patient of one practice; ``facts`` are those that hold, in any order.

    What is dated later than today is not seen: the current year counts as if it ended now. Every measure asks for a
    visit in the year, so nothing but the days of facts to come can change the count.
    """
    amounts = _amounts(facts, today)
    wake = next((day for day in later_days(facts, today) if _amounts(facts, day) != amounts), None)
    return Counted(amounts, wake)


def _amounts(facts: Collection[Fact], today: dt.date) -> dict[str, dict[str, int]]:
    patient = patient_of(facts, today)
    if patient is None:
        return {}
    visits = patient.days(dt.date.min, today, "visit", "preventive_visit")
    found = {f"{year:04d}": _year(patient, year) for year in sorted({day.year for day in visits})}
    return {year: amounts for year, amounts in found.items() if amounts}


def _year(patient: Patient, year: int) -> dict[str, int]:
    met: dict[str, bool | None] = {name: rule(patient, year) for name, rule in _SINGLE.items()}
    population = heart.statin_population(patient, year)
    if population is not None:
        met[STATIN[population - 1]] = heart.statin(patient, year)
    met |= zip(TOBACCO, heart.tobacco(patient, year), strict=True)
    of = {f"{name}_of": 1 for name, one in met.items() if one is not None}
    return of | {name: 1 for name, one in met.items() if one}
