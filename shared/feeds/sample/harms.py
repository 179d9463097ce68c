"""Made-up infections, surveys, readmission ratios and entered counts of a sample's hospitals and nursing homes.

Critical access hospitals leave the predicted number to the model of 2022; the others tell what the baseline of their
time predicts, of whole months of the hospital. Some months come without their days at first, some counts are corrected.
"""

import datetime as dt
import math
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Final

from shared.contracts.infections import WHOLE
from shared.feeds.sample.communities import Hospital, communities
from shared.feeds.sample.homes import homes
from shared.feeds.sample.plan import Plan

Lines = Iterator[tuple[object, ...]]
INFECTIONS: Final = (
    *("ccn", "infection", "location", "period", "baseline", "observed", "predicted", "exposure"),
    *("patient_days", "unit", "source", "version", "action"),
)
SURVEYS: Final = ("ccn", "year", "kind", "patient_days", "admissions", "beds", "icu_beds", "version", "action")
COUNTS: Final = ("ccn", "measure", "month", "numerator", "denominator", "version", "action")
READMISSIONS: Final = (
    *("Facility ID", "State", "Measure Name", "Number of Discharges", "Footnote", "Excess Readmission Ratio"),
    *("Predicted Readmission Rate", "Expected Readmission Rate", "Number of Readmissions", "Start Date", "End Date"),
)
_CRITICAL_ACCESS: Final = "13"
_WARDS: Final = (("ICU", "IN:ACUTE:CC:MS", 90), ("Ward 1", "IN:ACUTE:WARD:MS", 60))
# Events for each unit of exposure, and its size in a month.
_EVENTS: Final = {
    "CLABSI": (0.0010, 600),
    "CAUTI": (0.0015, 900),
    "SSI_COLO": (0.025, 20),
    "SSI_HYST": (0.008, 15),
    "MRSA": (0.00008, 5_000),
    "CDI": (0.0006, 5_000),
}
_HARMS: Final = {"harm-fall": 0.008, "harm-pressure-ulcer": 0.012, "harm-adverse-drug-event": 0.03}
_SHARES: Final = {"staff-stability": (90, 0.7), "consistent-assignment": (60, 0.8), "process-huddles": (30, 0.85)}
_CATHETER: Final = 0.004
_CONDITIONS: Final = {"AMI": 15, "HF": 22, "PN": 17, "COPD": 19}
_BARE, _CORRECTED = 0.03, 0.03
_HOMES: Final = 40  # enter counts; more would make a sample slow to write


def infections(plan: Plan) -> Lines:
    """Counts of infections by month; every version."""
    for hospital, chance in _hospitals(plan, "infections"):
        for month in _months(plan):
            if _is_critical(hospital):
                yield from (_ward(hospital, month, *ward, chance) for ward in _WARDS)
            else:
                yield from _whole(hospital, month, chance)


def surveys(plan: Plan) -> Lines:
    """Annual surveys; one hospital in four corrects its own."""
    for hospital, chance in _hospitals(plan, "surveys"):
        kind, beds = ("critical_access", 25) if _is_critical(hospital) else ("acute", chance.randint(80, 600))
        for year in range(plan.first_year, plan.first_year + plan.years):
            admissions = beds * chance.randint(30, 45)
            for version in (1, 2) if chance.random() < 0.25 else (1,):
                stay = chance.uniform(3.5, 10)
                yield hospital.ccn, year, kind, int(admissions * stay), admissions, beds, beds // 8, version, ""


def counts(plan: Plan) -> Lines:
    """Counts that hospitals and some nursing homes enter by month; every version."""
    for hospital, chance in _hospitals(plan, "counts"):
        for month in _months(plan):
            discharges = chance.randint(100, 900)
            for name, share in _HARMS.items():
                yield from _entered(hospital.ccn, name, month, discharges, share, chance)
    step = max(1, plan.homes // _HOMES)
    for home in (home for number, home in enumerate(homes(plan)) if number % step == 0):
        chance = plan.chance("counts", int(home.ccn))
        for month in _months(plan):
            yield from _entered(home.ccn, "catheter-infections", month, chance.randint(50, 300), _CATHETER, chance)
            for name, (size, share) in _SHARES.items():
                yield from _entered(home.ccn, name, month, size, share, chance)


def readmissions(plan: Plan) -> Lines:
    """Readmissions of three years as CMS tells them, to 30 June of the last."""
    last = dt.date(plan.last_day.year, 6, 30)
    first = dt.date(last.year - 3, 7, 1)
    for hospital, chance in _hospitals(plan, "readmissions"):
        for condition, rate in _CONDITIONS.items():
            discharges = chance.randint(5, 700)
            told: tuple[object, ...] = ("N/A", 1, "N/A", "N/A", "N/A", "N/A")
            if discharges >= 25:
                expected = Fraction(round(chance.gauss(rate, 1) * 10_000), 10_000)
                predicted = Fraction(round(float(expected) * chance.gauss(1, 0.06) * 10_000), 10_000)
                rates = (f"{float(one):.4f}" for one in (predicted / expected, predicted, expected))
                told = (discharges, "", *rates, round(discharges * predicted / 100))
            days = (f"{day:%m/%d/%Y}" for day in (first, last))
            yield hospital.ccn, hospital.place.state, f"READM-30-{condition}-HRRP", *told, *days


def _whole(hospital: Hospital, month: str, chance: Random) -> Lines:
    for name, (rate, size) in _EVENTS.items():
        exposure = round(size * chance.uniform(0.7, 1.3))
        observed = _events(exposure, rate, chance)
        days = exposure * 2 if name in {"CLABSI", "CAUTI"} else ""
        head = (hospital.ccn, name, WHOLE, month, "2006-08")
        tail = (days, "", "nhsn")
        if chance.random() < _BARE:
            yield *head, observed, "", "", "", "", "nhsn", 1, ""
            yield *head, observed, f"{exposure * rate:.3f}", exposure, *tail, 2, "adjust"
            continue
        yield *head, observed, f"{exposure * rate:.3f}", exposure, *tail, 1, ""
        if observed and chance.random() < _CORRECTED:
            yield *head, observed - 1, f"{exposure * rate:.3f}", exposure, *tail, 2, "adjust"


def _ward(hospital: Hospital, month: str, name: str, unit: str, days: int, chance: Random) -> tuple[object, ...]:
    observed = _events(days, _EVENTS["CLABSI"][0], chance)
    return hospital.ccn, "CLABSI", name, month, "2022", observed, "", days, days * 3, unit, "facility", 1, ""


def _entered(ccn: str, name: str, month: str, size: int, share: float, chance: Random) -> Lines:
    events = _events(size, share, chance)
    yield ccn, name, month, events, size, 1, ""
    if events and chance.random() < _CORRECTED:
        yield ccn, name, month, events - 1, size, 2, "adjust"


def _events(size: int, rate: float, chance: Random) -> int:
    """How many of so many happen, each by itself: from one event to the next is a geometric wait."""
    events, at = 0, 0
    while True:
        at += 1 + int(math.log(1 - chance.random()) / math.log(1 - rate))
        if at > size:
            return events
        events += 1


def _hospitals(plan: Plan, what: str) -> Iterator[tuple[Hospital, Random]]:
    for community in communities(plan):
        for hospital in community.hospitals:
            yield hospital, plan.chance(what, int(hospital.ccn))


def _months(plan: Plan) -> Iterator[str]:
    for year in range(plan.first_year, plan.first_year + plan.years):
        yield from (f"{year}-{month:02d}" for month in range(1, 13))


def _is_critical(hospital: Hospital) -> bool:
    return hospital.ccn[2:4] == _CRITICAL_ACCESS
