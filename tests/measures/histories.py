"""Histories of a few people, drawn so that the records get into each other's way.

``histories`` yields batches of records of all six types in any order, with corrections, cancels and repetitions.
Most dates lie on a grid about a new year whose gaps are 0, 1, 7, 8, 30, 31, 60 and 61 days. A record is one choice of
Hypothesis and its contents come from a seed: drawn field by field a history took longer to draw than to count, and
what helps to understand a failure is leaving records out.
"""

import datetime as dt
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.measures.records import HOSPITAL, INPUTS, OTHER, Record, ref
from tests.measures.situations import situation
from tests.measures.value_sets import VALUES

DAY = dt.timedelta(days=1)
START = dt.date(2016, 10, 1)
TODAYS = (dt.date(2017, 4, 29), dt.date(2017, 5, 2), dt.date(2018, 6, 1), dt.date(2030, 1, 1))
PEOPLE = tuple(ref(name) for name in "AAAAABC")
PROVIDERS = (HOSPITAL, HOSPITAL, HOSPITAL, OTHER, OTHER, "391301", "3900MB", "392015", "39T001", "395123", "330154")
AREAS = ("zip:15001", "zip:15002", "ssa:39230")
GAPS = (0, 0, 1, 2, 7, 8, 30, 31, 59, 60, 61)
BASES = (84, 85, 91, 92, 93, 120, 450, 457)  # 24 December to 2 January, end of January, the next new year
LENGTHS = (0, 1, 1, 4, 4, 5, 30)
VERSIONS = (1, 1, 1, 2, 2, 3)
ACTIONS = ("original", "original", "adjust", "adjust", "cancel")
PAID = (None, None, 0, 120_000, 750_050, -4_000)
ICD = (10, 10, 10, 10, 10, 9)

DIAGNOSES = (
    *sorted(VALUES["ccs-diagnoses"]),
    *("E1122", "N184", "I639", "G309", "F0390", "I10", "E785", "F4310", "F1020", "T1491XA", "X781XXA", "F05"),
    *("J159", "N3000", "E1010", "J45901", "J45909", "I1310", "I130", "K5900"),
)
EVENTS = (
    *("D6832", "T45515A", "E160", "T383X5A", "T402X5A", "T40415A", "T3695XA", "T50A15A", "I952", "N1411", "T887XXA"),
    *("T45516A", "T402X1A", "T50905D", "T45515D", "Z7901", "Z794", "Z7984", "Z79891"),
)
PROCEDURES = ("0SR9019", "02Y00Z0", "02703ZZ", "0DTJ0ZZ", "0BTC0ZZ", "3E0G76Z")
CONDITIONS = ((), (), (), ("diabetes",), ("copd_of_no_list", "cancer", "anemia"))
SETTINGS = ("outpatient", "outpatient", "snf", "home_health", "home_health", "hospice")


def a_day(rng: Random) -> dt.date:
    if rng.random() < 0.75:
        return START + (rng.choice(BASES) + rng.choice(GAPS)) * DAY
    return START + rng.randint(0, 1100) * DAY


def a_length(rng: Random) -> int:
    return rng.choice(LENGTHS) if rng.random() < 0.95 else rng.randint(0, 500)


def codes(rng: Random) -> tuple[str, ...]:
    return tuple(rng.choice(DIAGNOSES if rng.random() < 0.6 else EVENTS) for _ in range(rng.randint(0, 4)))


def part_of(rng: Random, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    begin = rng.randint(0, (last - first).days)
    return first + begin * DAY, first + rng.randint(begin, (last - first).days) * DAY


def parts_of(rng: Random, first: dt.date, last: dt.date, number: int) -> tuple[tuple[dt.date, dt.date], ...]:
    return tuple(part_of(rng, first, last) for _ in range(rng.randint(0, number)))


def told(rng: Random, kind: str, key: str, names: tuple[str, ...]) -> Record:
    """What records of care have in common."""
    return {
        "type": kind,
        "beneficiary": rng.choice(PEOPLE),
        key: ref(rng.choice(names)),
        "version": rng.choice(VERSIONS),
        "action": rng.choice(ACTIONS),
    }


def an_inpatient_claim(rng: Random) -> Record:
    admission = a_day(rng)
    discharge = admission + a_length(rng) * DAY
    diagnoses = codes(rng)
    poa = rng.choice((None, "".join(rng.choice("YYW1NU") for _ in diagnoses)))
    return told(rng, "InpatientClaim", "claim", tuple("pqrst")) | {
        "provider": rng.choice(PROVIDERS),
        "admission": admission,
        "discharge": discharge,
        "status": rng.choice(("01", "01", "01", "01", "02", "03", "07", "30", "20", None)),
        "frequency": rng.choice((None, None, None, "1", "2", "3", "4")),
        "drg": None,
        "paid": rng.choice(PAID),
        "diagnoses": diagnoses,
        "poa": poa,
        "procedures": tuple(rng.choice(PROCEDURES) for _ in range(rng.choice((0, 0, 1, 2)))),
        "icd": rng.choice(ICD),
        "leave": parts_of(rng, admission, discharge, 1),
        "received": rng.choice((None, discharge + 20 * DAY)),
    }


def a_care_claim(rng: Random) -> Record:
    """Its names are partly those of the inpatient claims: the two share one name space."""
    first = a_day(rng)
    last = first + a_length(rng) * DAY
    setting = rng.choice(SETTINGS)
    return told(rng, "CareClaim", "claim", tuple("stuvwxy")) | {
        "setting": setting,
        "provider": rng.choice(PROVIDERS),
        "first": first,
        "last": last,
        "status": rng.choice((None, "01", "30")),
        "frequency": rng.choice((None, "1", "2", "9")),
        "paid": rng.choice(PAID),
        "diagnoses": codes(rng),
        "icd": rng.choice(ICD),
        "emergency": setting == "outpatient" and rng.random() < 0.5,
        "observation": setting == "outpatient" and rng.random() < 0.5,
        "nights": parts_of(rng, first, last, 2) if setting == "hospice" else (),
        "received": rng.choice((None, last + 20 * DAY)),
    }


def a_fill(rng: Random) -> Record:
    system, _, code = rng.choice((*sorted(VALUES["drug-ingredients"]), "rxnorm:1")).partition(":")
    return told(rng, "DrugFill", "fill", tuple("fill" + letter for letter in "abcdefgh")) | {
        "filled": a_day(rng),
        "days": rng.choice((0, 1, 5, 7, 30, 90, 365)),
        "system": system,
        "code": code,
    }


def a_notice(rng: Random) -> Record:
    admission, length = a_day(rng), rng.choice((0, 1, 4, 30))
    return told(rng, "EncounterNotice", "visit", ("visit a", "visit b")) | {
        "provider": rng.choice(PROVIDERS),
        "admission": admission,
        "discharge": rng.choice((None, admission + length * DAY)),
        "status": rng.choice((None, "01", "20", "30")),
        "diagnoses": codes(rng),
        "told": admission + (length + rng.choice((0, 1, 9))) * DAY,
    }


def a_service(rng: Random) -> Record:
    referred = a_day(rng)
    started = rng.choice((None, referred, referred + 10 * DAY, referred + 400 * DAY))
    ended = started + rng.choice((0, 20, 500)) * DAY if started and rng.random() < 0.6 else None
    return told(rng, "CommunityService", "service", ("service a", "service b")) | {
        "kind": rng.choice(("meals", "transport")),
        "referred": referred,
        "started": started,
        "ended": ended,
    }


def an_enrolment(rng: Random, year: int | None = None, person: str | None = None) -> Record:
    year = year or rng.randint(2014, 2020)
    new_year = dt.date(year, 1, 1)
    spans: tuple[tuple[dt.date, dt.date], ...] = ((new_year, dt.date(year, 12, 31)),)
    if rng.random() < 0.15:
        bounds = [(rng.randint(-5, 200), rng.randint(150, 370)) for _ in range(rng.randint(0, 3))]
        spans = tuple((new_year + a * DAY, new_year + b * DAY) for a, b in bounds)
    moved = sorted(rng.sample(range(365), rng.choice((0, 0, 1, 2))))
    return {
        "type": "EnrolmentYear",
        "beneficiary": person or rng.choice(PEOPLE),
        "year": year,
        "version": rng.randint(1, 3),
        "area": rng.choice(AREAS),
        "eligible": spans,
        "death": a_day(rng) if rng.random() < 0.06 else None,
        "basis": "test",
        "birth": rng.choice((dt.date(1940, 2, 29), dt.date(1940, 2, 29), dt.date(1952, 1, 1), None)),
        "dual": tuple(rng.choice(("NA", "02", "03", "08", "09")) for _ in range(rng.choice((0, 5, 12)))),
        "moves": tuple((new_year + at * DAY, rng.choice(AREAS)) for at in moved),
        "conditions": rng.choice(CONDITIONS),
        "carries": rng.choice((INPUTS, INPUTS, INPUTS[:6], ("inpatient",), ())),
    }


_MAKERS = (
    an_inpatient_claim,
    an_inpatient_claim,
    a_care_claim,
    a_care_claim,
    a_fill,
    a_notice,
    a_service,
    an_enrolment,
)
_seeds = st.integers(0, 2**32 - 1)


def _anything(seed: int) -> Record:
    rng = Random(seed)
    return rng.choice(_MAKERS)(rng)


def _covered(seed: int) -> list[Record]:
    """Years in a row of one person, so that what needs a year of coverage before or after can count."""
    rng = Random(seed)
    person = rng.choice(PEOPLE)
    return [an_enrolment(rng, year, person) for year in range(2015, 2020)]


def _situation(seed: int) -> list[Record]:
    rng = Random(seed)
    return situation(rng, rng.choice(PEOPLE), a_day(rng))


@st.composite
def histories(draw: st.DrawFn) -> list[list[dict[str, Any]]]:
    """Batches of records, shuffled, some of them told twice."""
    groups = draw(st.lists(_seeds.map(_covered), min_size=1, max_size=3))
    groups += draw(st.lists(_seeds.map(_situation), max_size=5))
    records = [record for group in groups for record in group]
    for _ in range(4):  # one list would hold five on average; several hold twenty and still shrink to none
        records += draw(st.lists(_seeds.map(_anything), max_size=12))
    rng = Random(draw(_seeds))
    records += rng.sample(records, rng.randint(0, min(8, len(records))))
    rng.shuffle(records)
    size = rng.randint(1, 12)
    return [records[at : at + size] for at in range(0, len(records), size)]
