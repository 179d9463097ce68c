"""Which of the records that hold are counted, so that no infection is counted twice."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from shared.contracts.compiled_infections import InfectionCount
from shared.contracts.infections import WHOLE, Baseline, Infection, Source

SOURCES: Final[tuple[Source, ...]] = ("hospital_compare", "nhsn", "facility")
"""The first that tells of an infection and a period holds."""

Kept = Mapping[tuple[Infection, str, Baseline], Collection[InfectionCount]]


def by_model(records: Iterable[InfectionCount]) -> Kept:
    """The records to be compared with what each baseline predicts, by infection, period and baseline."""
    found: dict[tuple[Infection, str, Baseline], list[InfectionCount]] = defaultdict(list)
    for one in records:
        found[one.infection, one.period, one.baseline].append(one)
    return {key: _of_one_source(own) for key, own in found.items()}


def for_rates(records: Iterable[InfectionCount]) -> Mapping[tuple[Infection, str], Collection[InfectionCount]]:
    """The records of infections and days, whatever was predicted: those of the newest baseline."""
    found: dict[tuple[Infection, str], list[InfectionCount]] = defaultdict(list)
    for one in records:
        found[one.infection, one.period].append(one)
    return {key: _of_one_baseline(_of_one_source(own, whole=False)) for key, own in found.items()}


def _of_one_source(records: list[InfectionCount], *, whole: bool = True) -> list[InfectionCount]:
    source = min((one.source for one in records), key=SOURCES.index)
    own = [one for one in records if one.source == source]
    return _whole_or_parts(own) if whole else own


def _of_one_baseline(records: list[InfectionCount]) -> list[InfectionCount]:
    newest = max(one.baseline for one in records)  # "2006-08" < "2015" < "2022"
    return _whole_or_parts([one for one in records if one.baseline == newest])


def _whole_or_parts(records: list[InfectionCount]) -> list[InfectionCount]:
    """A record of the whole hospital has its locations in it."""
    return [one for one in records if one.location == WHOLE] or records
