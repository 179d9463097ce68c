"""Situations that random records seldom make: chains, covers and gaps at the very border of a rule."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

from tests.measures.records import HOSPITAL, OTHER, Record, care, day, enrolment, fill, inpatient, notice, ref

DAY = dt.timedelta(days=1)
Days = Callable[[int], str]
_WHO = "somebody"
_DRUGS = (  # eleven ingredients; two of the codes are of one, one is of two
    *("855332", "860975", "314076", "617312", "617311", "308182", "1049635", "866427", "310429", "312961", "966221"),
)


def _event_chain(rng: Random, at: Days) -> list[Record]:
    """A discharge with a drug, then ED, observation and admission one after the other."""
    drug, event = rng.choice((("855332", "D6832"), ("311041", "E160"), ("1049621", "T402X5A")))
    filled = rng.choice((-30, -29, -5, 0, 7, 8))
    back = rng.choice((0, 5, 29, 30, 31))
    steps = [rng.choice((0, 1, 2)) for _ in range(2)]
    providers = [rng.choice((HOSPITAL, HOSPITAL, OTHER)) for _ in range(3)]
    poa = rng.choice(("YY", "NW", "N1", "YN", None))
    observed, admitted = back + steps[0], back + sum(steps)
    return [
        inpatient(_WHO, "chain1", at(-4), at(0), diagnoses=("I5023",)),
        fill(_WHO, "chain", at(filled), 30, drug),
        care(
            _WHO, "chain2", "outpatient", at(back), at(back), diagnoses=(event,), emergency=True, provider=providers[0]
        ),
        care(
            _WHO, "chain3", "outpatient", at(observed), at(observed + 1), diagnoses=(event,), observation=True,
            provider=providers[1],
        ),
        inpatient(
            _WHO, "chain4", at(admitted), at(admitted + 3), diagnoses=("I5023", event), poa=poa, provider=providers[2]
        ),
    ]  # fmt: skip


def _two_discharges(rng: Random, at: Days) -> list[Record]:
    """Two discharges within 30 days and one event after the second: it belongs to the later."""
    event = rng.choice((19, 20, 24, 30, 31, 49, 50))
    return [
        inpatient(_WHO, "two1", at(-3), at(0), diagnoses=("E1165", "Z794"), provider=OTHER),
        inpatient(_WHO, "two2", at(17), at(19), diagnoses=("E1165", "Z794")),
        care(_WHO, "two3", "outpatient", at(event), at(event), diagnoses=("E160",), emergency=True),
    ]


def _returns(rng: Random, at: Days) -> list[Record]:
    """A return on the same day, the next day, after 30 or 31, to the same or another hospital, planned or not."""
    gap = rng.choice((0, 1, 2, 30, 31))
    where = rng.choice((HOSPITAL, OTHER))
    why = rng.choice((("I5023",), ("J189",), ("M1611",), ("Z5111",), ("S72011A",), ("I214",), ()))
    procedures = rng.choice(((), ("0SR9019",), ("0SR9019",), ("02Y00Z0",), ("0DTJ0ZZ",)))
    status = rng.choice(("01", "01", "02", "07", "20", "30"))
    before = rng.choice((("I5023",), ("I5023",), ("C3490",), ("Z5189",), ("F329",)))
    operation = rng.choice(((), ("0SR9019",), ("0BTC0ZZ",)))
    return [
        inpatient(_WHO, "return1", at(-5), at(0), diagnoses=before, procedures=operation, status=status, paid=100_000),
        inpatient(_WHO, "return2", at(gap), at(gap + 4), diagnoses=why, procedures=procedures, provider=where),
        inpatient(_WHO, "return3", at(gap + 34), at(gap + 35), diagnoses=("J441",)),
    ]


def _interim(rng: Random, at: Days) -> list[Record]:
    """Interim bills of one stay, then a skilled-nursing stay billed by month."""
    frequency = rng.choice(("2", "3", None))
    status = rng.choice(("30", "01"))
    gap = rng.choice((0, 1, 2))
    return [
        inpatient(_WHO, "interim1", at(-30), at(0), status="30", frequency=frequency, diagnoses=("E1165", "Z794")),
        inpatient(_WHO, "interim2", at(gap), at(gap + 20), status=status, diagnoses=("I5023",)),
        care(_WHO, "interim3", "snf", at(gap + 20), at(gap + 50), status="30"),
        care(_WHO, "interim4", "snf", at(gap + 51), at(gap + 60)),
    ]


def _home_health(rng: Random, at: Days) -> list[Record]:
    """Home health with gaps of 60 and 61 days, and an admission at the border of the 60 days after the start."""
    gap = rng.choice((0, 1, 59, 60, 61))
    admitted = rng.choice((-1, 0, 59, 60))
    return [
        care(_WHO, "home1", "home_health", at(-20), at(0), diagnoses=("E1165",)),
        care(_WHO, "home2", "home_health", at(gap), at(gap + 30), diagnoses=("E1165", "F329")),
        inpatient(_WHO, "home3", at(admitted + rng.choice((-20, gap))), at(admitted + gap + 5)),
    ]


def _notified(rng: Random, at: Days) -> list[Record]:
    """A notice, and a claim of an admission 0 to 2 days away, at the same hospital or another, or none."""
    ended = rng.choice((None, at(3)))
    claims = [
        inpatient(_WHO, "told2", at(rng.choice((-2, -1, 0, 1, 2))), at(3), provider=provider)
        for provider in rng.choice(((), (), (HOSPITAL,), (OTHER,)))
    ]
    earlier = inpatient(_WHO, "told1", at(-35), at(rng.choice((-31, -30, -1))))
    return [earlier, notice(_WHO, "told", at(0), ended, at(rng.choice((3, 6)))), *claims]


def _evidence(rng: Random, at: Days) -> list[Record]:
    """Outpatient claims of one day or of two, years apart or not; and many drugs at once."""
    code = rng.choice(("E1165", "I509", "J441", "F329", "G309", "F4310"))
    apart = rng.choice((0, 1, 300, 365, 640, 730))
    many = [fill(_WHO, f"many{n}", at(-n), 30, code) for n, code in enumerate(_DRUGS[: rng.choice((0, 5, 6, 11))])]
    return [
        care(_WHO, "found1", "outpatient", at(0), at(2), diagnoses=(code,)),
        care(_WHO, "found2", "outpatient", at(apart), at(apart), diagnoses=("I10", code)),
        *many,
    ]


def _border(rng: Random, at: Days) -> list[Record]:
    """A stay whose year before or 30 days after are only just covered, or not; of someone just 65 years old, or not."""
    first, last = rng.choice(((-366, 400), (-365, 400), (-364, 400), (-800, 33), (-800, 34), (-800, 35)))
    admission, age = day(at(0)), rng.choice((64, 65, 65, 65))
    birth = dt.date(admission.year - age, admission.month, min(admission.day, 28)) + rng.choice((-1, 0, 1)) * DAY
    whole = (at(first), at(last))  # what of it lies in other years is ignored in each
    return [
        *(enrolment(_WHO, year, whole, version=4, birth=birth.isoformat()) for year in range(2014, 2021)),
        inpatient(_WHO, "border1", at(0), at(4), diagnoses=("I5023",)),
        inpatient(_WHO, "border2", at(rng.choice((33, 34, 35))), at(40), diagnoses=("I509",)),
    ]


_SITUATIONS = (_border, _event_chain, _two_discharges, _returns, _interim, _home_health, _notified, _evidence)


def situation(rng: Random, person: str, anchor: dt.date) -> list[Record]:
    """The records of one situation of one person; sometimes one of them is then adjusted, cancelled or dropped."""
    make = rng.choice(_SITUATIONS)
    records = [record | {"beneficiary": person} for record in make(rng, lambda n: (anchor + n * DAY).isoformat())]
    change = rng.choice(("none", "none", "cancel", "adjust", "drop"))
    chosen = rng.randint(0, len(records) - 1)
    if records[chosen]["type"] == "EnrolmentYear":
        return records
    if change == "drop":
        del records[chosen]
    elif change != "none":
        records.append(records[chosen] | {"version": 2, "action": change} | _corrected(rng, records[chosen], change))
    return records


def _corrected(rng: Random, record: Record, change: str) -> dict[str, Any]:
    if change == "adjust" and record["type"] == "InpatientClaim":
        return {"status": rng.choice(("01", "20", "30")), "poa": "NN", "provider": OTHER}
    if change == "adjust" and record["type"] == "CareClaim":
        return {"setting": "snf", "emergency": False, "observation": False, "provider": ref("x")[:6].upper()}
    return {}
