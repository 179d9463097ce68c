"""Random records of patients: what measures ask for, near the edges of its times, told, amended and withdrawn."""

import datetime as dt
from random import Random
from typing import Final

from hypothesis import strategies as st

from shared.contracts.evidence import LASTING, MOMENTARY
from tests.measures.practices.records import Record, born, noted, pressure, withdrawn

seeds = st.integers(0, 2**32)
FIRST, LAST = dt.date(2015, 6, 1), dt.date(2026, 12, 31)
_EDGES: Final = ("01-01", "12-31", "06-30", "07-01", "07-31", "08-01", "09-30", "10-01", "03-31", "04-01")
_CONCEPTS: Final = sorted(LASTING | MOMENTARY)
_OFTEN: Final = (
    *("essential_hypertension", "ischemic_vascular_disease", "ascvd", "diabetes", "ldl_190_or_more"),
    *("antiplatelet", "statin", "tobacco_user", "tobacco_user", "tobacco_non_user", "cessation_counselling"),
    *("influenza_vaccine", "pneumococcal_vaccine", "colonoscopy", "stool_blood_test", "mammogram"),
    *("ascvd_risk_20_or_more", "ascvd_risk_20_or_more", "frailty", "frailty", "advanced_illness"),
)
_TOLD_AGAIN: Final = 0.15


def a_day(rng: Random) -> str:
    """A day of the years looked at; every other one at an edge of a period."""
    if rng.random() < 0.5:
        return f"{rng.randint(FIRST.year, LAST.year)}-{rng.choice(_EDGES)}"
    return (FIRST + dt.timedelta(days=rng.randrange((LAST - FIRST).days))).isoformat()


def life(seed: int) -> list[Record]:
    """All versions of all facts of one patient, in the order in which they were told."""
    rng = Random(seed)
    records = [born(_birth(rng), rng.choice(("female", "female", "male")))]
    for number in range(rng.randint(3, 25)):
        name = f"fact {number}"
        records.append(_fact(rng, name, 1))
        if rng.random() < _TOLD_AGAIN:
            records.append(_fact(rng, name, 2) if rng.random() < 0.6 else withdrawn(name, 2))
    return records


def _birth(rng: Random) -> str:
    youngest = rng.choice((1, 13, 18, 21, 41, 45, 47, 50, 52, 54, 60, 66, 70, 75, 80, 84))
    return f"{2024 - youngest - rng.randint(-2, 2)}-{rng.choice((*_EDGES, '02-28', '05-17'))}"


def _fact(rng: Random, name: str, version: int) -> Record:
    draw, day = rng.random(), a_day(rng)
    if draw < 0.3:
        return noted(rng.choice(("visit", "preventive_visit")), day, fact=name, version=version)
    if draw < 0.45:
        upper, lower = rng.choice((120, 139, 140, 150, None)), rng.choice((70, 89, 90, 95, None))
        where = rng.choice(("outpatient", "outpatient", "inpatient", "emergency"))
        both = (upper, lower) if upper is not None or lower is not None else (130, 80)
        return pressure(rng.choice((day, "2024-05-05")), *both, fact=name, setting=where, version=version)
    concepts = rng.sample(_CONCEPTS if draw < 0.6 else _OFTEN, 1 if rng.random() < 0.8 else 2)
    ends = LASTING.intersection(concepts) and rng.random() < 0.4
    first, last = sorted((day, a_day(rng)))
    return noted(" ".join(concepts), first, last if ends else None, fact=name, version=version)
