"""Figures of facilities counted a second time, from the records as they travel; imports nothing of the engine.

A figure is its numerator and its denominator by measure, facility and period; predicted numbers are in millionths.
None stands for a figure that has no value, whatever its numbers are.
"""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Final

from shared.feeds.rows import Row
from tests.measures.practices import independent as practices
from tests.measures.residents import independent as residents

Told = Mapping[str, Any]
Where = tuple[str, str, str]
Figures = dict[Where, tuple[int, int] | None]

MILLION: Final = 1_000_000
_INFECTIONS: Final = {
    "CLABSI": "clabsi",
    "CAUTI": "cauti",
    "SSI_COLO": "ssi-colon",
    "SSI_HYST": "ssi-hysterectomy",
    "MRSA": "mrsa",
    "CDI": "cdi",
}
_OF_RESIDENTS: Final = {
    "falls-major-injury": "falls_injury",
    "urinary-infection": "urinary_infection",
    "pain": "pain",
    "pressure-ulcers": "pressure_ulcers",
    "bowel-or-bladder": "bowel_or_bladder",
    "catheter": "catheter",
    "restraints": "restraints",
    "more-help": "more_help",
    "weight-loss": "weight_loss",
    "depressive-symptoms": "depressive",
    "antipsychotic": "antipsychotic",
    "influenza-vaccine": "influenza",
    "pneumococcal-vaccine": "pneumococcal",
}
"""The 13 measures of the collaborative."""
_VACCINES: Final = ("influenza", "pneumococcal")
_MORE_OF_RESIDENTS: Final = {"falls": "falls", "catheter-urinary-infection": "catheter_infection"}


def as_told(rows: Iterable[Row]) -> list[Told]:
    """The records with their types."""
    return [{**json.loads(row.value), "type": row.wire_type} for row in rows]


def expected(told: Iterable[Told], today: dt.date) -> Figures:
    """Every figure of infections, scores, entered counts, residents and patients."""
    by_type: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_type[one["type"].split(".")[1]].append(one)
    entered = [*by_type["HospitalCount"], *by_type["HomeCount"]]
    return dict(
        [
            *_infections(by_type["InfectionCount"]),
            *_scores(by_type["ReadmissionsScored"]),
            *_entered(holding(entered, "ccn", "measure", "month")),
            *_of_residents([*by_type["ResidentAssessed"], *by_type["ResidentMoved"]], today),
            *_of_patients(
                (one for one in (one for some in by_type.values() for one in some) if "practice" in one), today
            ),
        ]
    )


def holding(told: Iterable[Told], *key: str) -> list[Told]:
    """Of each natural key the highest version; nothing of one that is taken back."""
    last: dict[tuple[Any, ...], Told] = {}
    for one in told:
        name = tuple(one[part] for part in key)
        if name not in last or last[name]["version"] < one["version"]:
            last[name] = one
    return [one for one in last.values() if one["action"] != "cancel"]


def _infections(told: Iterable[Told]) -> Iterator[tuple[Where, tuple[int, int] | None]]:
    groups: dict[Where, list[Told]] = defaultdict(list)
    for one in holding(told, "ccn", "infection", "location", "period", "source", "baseline"):
        for period in _periods(one["period"]):
            groups[_INFECTIONS[one["infection"]], one["ccn"], period].append(one)
    for (name, ccn, period), own in groups.items():
        events = sum(one["observed"] for one in own)
        exposed = all("exposure" in one for one in own)
        per = (events, sum(one.get("exposure", 0) for one in own)) if exposed else None
        yield (f"{name}-rate", ccn, period), per
        if {one["baseline"] for one in own} != {"2006-08"}:
            continue  # what the model of 2022 predicts is held to CDC's own rows elsewhere
        predicted = sum((Decimal(one.get("predicted", 0)) for one in own), Decimal(0))
        whole = all("predicted" in one for one in own) and predicted >= 1
        yield (f"{name}-sir-2006-08", ccn, period), (events, int(predicted * MILLION)) if whole else None


def _scores(told: Iterable[Told]) -> Iterator[tuple[Where, tuple[int, int] | None]]:
    for one in holding(told, "ccn", "fiscal_year", "condition"):
        if "expected" in one:
            where = f"excess-readmission-{one['condition'].lower()}", one["ccn"], f"{one['first']}/{one['last']}"
            yield where, (int(Decimal(one["predicted"]) * MILLION), int(Decimal(one["expected"]) * MILLION))


def _entered(told: Iterable[Told]) -> Iterator[tuple[Where, tuple[int, int] | None]]:
    sums: dict[Where, list[int]] = defaultdict(lambda: [0, 0])
    discharges: dict[tuple[str, str], int] = {}
    harms: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in told:
        if one["measure"].startswith("harm-"):
            discharges[one["ccn"], one["month"]] = one["denominator"]
            harms[one["ccn"], one["month"]].update(
                {one["measure"]: one["numerator"], "tracked-harms": one["numerator"]}
            )
            continue
        for period in _periods(one["month"]):
            total = sums[f"entered-{one['measure']}", one["ccn"], period]
            total[0] += one["numerator"]
            total[1] += one["denominator"]
    for (ccn, month), own in harms.items():
        for name in ("tracked-harms", "harm-fall", "harm-pressure-ulcer", "harm-adverse-drug-event"):
            for period in _periods(month):
                total = sums[f"entered-{name}", ccn, period]
                total[0] += own[name]
                total[1] += discharges[ccn, month]
    yield from ((where, (events, of)) for where, (events, of) in sums.items())


def _of_residents(told: Iterable[Told], today: dt.date) -> Iterator[tuple[Where, tuple[int, int] | None]]:
    people: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        people[one["ccn"], one["resident"]].append(one)
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (ccn, _), own in people.items():
        for quarter, counts in _of_resident(json.dumps(own), today).items():
            sums[ccn, quarter].update(counts)
    for (ccn, quarter), counts in sums.items():
        for name, component in (_OF_RESIDENTS | _MORE_OF_RESIDENTS).items():
            if counts[f"{component}_of"]:
                yield (f"nursing-home-{name}", ccn, quarter), (counts[component], counts[f"{component}_of"])
    for ccn, quarter in {(one, later) for one, own in sums for later in (own, _next(own))}:
        both = [sums.get((ccn, one), Counter()) for one in (_before(quarter), quarter)]
        of = {name: sum(one[f"{name}_of"] for one in both) for name in _OF_RESIDENTS.values()}
        met = {name: sum(one[name] for one in both) for name in of}
        failures = sum(of[name] - met[name] if name in _VACCINES else met[name] for name in of)
        if sum(of.values()):
            yield ("nursing-home-composite", ccn, quarter), (failures, sum(of.values()))


@cache
def _of_resident(told: str, today: dt.date) -> dict[str, dict[str, int]]:
    """The slow part, done again only for those of whom something new was told."""
    return residents.recompute(json.loads(told), today)


def _of_patients(told: Iterable[Told], today: dt.date) -> Iterator[tuple[Where, tuple[int, int] | None]]:
    people: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        people[one["practice"], one["patient"]].append(one)
    sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (practice, _), own in people.items():
        for year, counts in practices.recompute((dict(one) for one in own), today.isoformat()).items():
            sums[practice, year].update(counts)
    for (practice, year), counts in sums.items():
        for name in {name.removesuffix("_of") for name in counts}:
            if counts[f"{name}_of"]:
                yield (f"practice-{name.replace('_', '-')}", practice, year), (counts[name], counts[f"{name}_of"])
        statins = [f"statin_{number}" for number in (1, 2, 3, 4)]
        if of := sum(counts[f"{one}_of"] for one in statins):
            yield ("practice-statin", practice, year), (sum(counts[one] for one in statins), of)


def _periods(month: str) -> tuple[str, str, str]:
    """The month, its quarter and its year."""
    return month, f"{month[:4]}Q{(int(month[5:]) + 2) // 3}", month[:4]


def _next(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year + number // 4}Q{number % 4 + 1}"


def _before(quarter: str) -> str:
    year, number = int(quarter[:4]), int(quarter[5])
    return f"{year - (number == 1)}Q{(number - 2) % 4 + 1}"
