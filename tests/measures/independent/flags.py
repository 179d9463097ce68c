"""Section 10: the populations a person belongs to in a month."""

import datetime as dt
from functools import cache

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


@cache
def months_ending_with(month: str, number: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of so many months of which ``month`` is the last."""
    last = last_day_of(month)
    months = last.year * 12 + last.month - number  # counted so that January of the year 0 is 0
    return dt.date(months // 12, months % 12 + 1, 1), last


def findings_of(person: Person) -> list[tuple[Claim, set[str]]]:
    """What the diagnoses of each claim that is evidence speak of: conditions, and ``behavioural``."""
    found = []
    for claim in person.of("inpatient", "snf", "home_health", "outpatient"):
        of_claim = {name for code in claim.diagnoses for name in person.meanings("chronic-conditions", code)}
        if any(code.startswith(BEHAVIOURAL) for code in claim.diagnoses):
            of_claim.add("behavioural")
        if of_claim:
            found.append((claim, of_claim))
    return found


def strength(findings: list[tuple[Claim, set[str]]], name: str, month: str, look_back: int) -> int:
    """Of the claims that begin in these months: two for each of an institution or home health, one for each day of
    outpatient claims."""
    first, last = months_ending_with(month, look_back)
    claims = [claim for claim, names in findings if name in names and first <= claim.first <= last]
    visits = {claim.first for claim in claims if claim.setting == "outpatient"}
    return 2 * sum(claim.setting != "outpatient" for claim in claims) + len(visits)


def marked(person: Person, month: str) -> set[str]:
    """The conditions the source itself marks for the year."""
    year = person.enrolments.get(int(month[:4]))
    return {CONDITIONS[number] for number in year["conditions"]} if year is not None else set()


def holds(person: Person, findings: list[tuple[Claim, set[str]]], condition: str, month: str) -> bool:
    if condition in marked(person, month):
        return True
    look_back, enough = (36, 1) if condition in DEMENTIAS else (24, 2)
    return strength(findings, condition, month, look_back) >= enough


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


def flags(person: Person, findings: list[tuple[Claim, set[str]]], month: str) -> Stratum:
    spoken_of = {name for _, names in findings for name in names} | marked(person, month)
    conditions = {name for name in CONDITIONS if name in spoken_of and holds(person, findings, name, month)}
    drugs = ingredients(person, last_day_of(month))
    found = {
        "dual_full": dual_code(person, month) in FULL,
        "dual_partial": dual_code(person, month) in PARTIAL,
        "chronic_2": len(conditions) >= 2,
        "chronic_4": len(conditions) >= 4,
        "chronic_6": len(conditions) >= 6,
        "polypharmacy": drugs >= 5,
        "polypharmacy_10": drugs >= 10,
        "behavioural": strength(findings, "behavioural", month, 12) >= 2,
        "low_income_area": bool(person.meanings("low-income-areas", person.area(last_day_of(month)))),
        "heart_failure": "heart_failure_and_non_ischemic_heart_disease" in conditions,
        "diabetes": "diabetes" in conditions,
        "copd": "chronic_obstructive_pulmonary_disease" in conditions,
    }
    return frozenset(name for name, holding in found.items() if holding)
