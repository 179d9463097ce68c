"""Section 10: the populations a person belongs to in a month."""

import datetime as dt
from collections.abc import Callable

from tests.measures.independent.in_force import Claim
from tests.measures.independent.person import Person
from tests.measures.independent.vocabulary import CONDITIONS, DAY, Stratum, last_day_of

BEHAVIOURAL = (
    *("F2", "F3"),
    *(f"F4{n}" for n in range(9)),
    "F6",
    "T1491",
    *(f"X{n}" for n in range(71, 84)),
)
DEMENTIAS = {"alzheimers_disease", "non_alzheimers_dementia"}
FULL, PARTIAL = {"02", "04", "08"}, {"01", "03", "05", "06"}


def months_ending_with(month: str, number: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of so many months of which ``month`` is the last."""
    last = last_day_of(month)
    months = last.year * 12 + last.month - number  # counted so that January of the year 0 is 0
    return dt.date(months // 12, months % 12 + 1, 1), last


def strength(claims: list[Claim], first: dt.date, last: dt.date, tells: Callable[[str], bool]) -> int:
    """Of the claims that begin on these days: two for each of an institution or home health, one for each day of
    outpatient claims."""
    found = [claim for claim in claims if first <= claim.first <= last and any(map(tells, claim.diagnoses))]
    visits = {claim.first for claim in found if claim.setting == "outpatient"}
    return 2 * sum(claim.setting != "outpatient" for claim in found) + len(visits)


def holds(person: Person, claims: list[Claim], condition: str, month: str) -> bool:
    year = person.enrolments.get(int(month[:4]))
    if year is not None and CONDITIONS.index(condition) in year["conditions"]:
        return True
    look_back, enough = (36, 1) if condition in DEMENTIAS else (24, 2)
    first, last = months_ending_with(month, look_back)
    return strength(claims, first, last, lambda c: condition in person.meanings("chronic-conditions", c)) >= enough


def behavioural(claims: list[Claim], month: str) -> bool:
    return strength(claims, *months_ending_with(month, 12), lambda code: code.startswith(BEHAVIOURAL)) >= 2


def ingredients(person: Person, day: dt.date) -> int:
    """How many different ingredients a person has a supply of."""
    return len(
        {
            name
            for fill in person.fills
            if fill["filled"] <= day < fill["filled"] + fill["days"] * DAY
            for name in person.meanings("drug-ingredients", fill["code"])
        }
    )


def dual_code(person: Person, month: str) -> str | None:
    year = person.enrolments.get(int(month[:4]))
    codes = year["dual"] if year is not None else ()
    position = int(month[5:]) - 1
    return codes[position] if position < len(codes) else None


def flags(person: Person, month: str) -> Stratum:
    claims = [
        c for c in person.claims if c.diagnoses and c.setting in {"inpatient", "snf", "home_health", "outpatient"}
    ]
    conditions = {condition for condition in CONDITIONS if holds(person, claims, condition, month)}
    drugs = ingredients(person, last_day_of(month))
    found = {
        "dual_full": dual_code(person, month) in FULL,
        "dual_partial": dual_code(person, month) in PARTIAL,
        "chronic_2": len(conditions) >= 2,
        "chronic_4": len(conditions) >= 4,
        "chronic_6": len(conditions) >= 6,
        "polypharmacy": drugs >= 5,
        "polypharmacy_10": drugs >= 10,
        "behavioural": behavioural(claims, month),
        "low_income_area": bool(person.meanings("low-income-areas", person.area(last_day_of(month)))),
        "heart_failure": "heart_failure_and_non_ischemic_heart_disease" in conditions,
        "diabetes": "diabetes" in conditions,
        "copd": "chronic_obstructive_pulmonary_disease" in conditions,
    }
    return frozenset(name for name, holding in found.items() if holding)
