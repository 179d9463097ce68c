"""Whole files, real and generated, counted by the engine and by the recomputation: every unit, month and stratum."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from services.measures.domain.catalogue import DEFINITIONS
from shared.feeds import commands
from shared.feeds.rows import Row
from shared.feeds.sample import records
from shared.feeds.sample.plan import Plan
from tests.measures import independent
from tests.measures.independent.vocabulary import Values
from tests.measures.read_feeds import (
    BATCHES,
    REFERENCE,
    as_records,
    carried,
    engine_cells,
    public_value_sets,
    rows_of,
    values_of,
)
from tests.support.data import real_data

LONG = [pytest.mark.verify, pytest.mark.timeout(1800)]
SAMPLES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15)
# Of the generated sample two months after its end: its last notices are still without their claims.
AFTER_THE_SAMPLE = dt.date(2016, 2, 28)
AFTER_THE_FILES = dt.date(2026, 12, 31)

STAYS = {"hospitalizations", "rehospitalizations-30d", "rehospitalizations-percent"}
SHARES = {
    f"payments-share-{group}"
    for group in ("heart-failure", "diabetes", "copd", "ckd", "ischemic", "stroke", "dementia", "cancer")
}
NIGHTS = {"community-tenure", "community-tenure-strict", "non-home-nights"}
OF_OHIO = {*STAYS, *NIGHTS, *SHARES, "readmissions-unplanned-30d", "payments-per-beneficiary"}
# Computable, and truly none among the 26 stays and 33 starts of home health of these made-up people.
NONE_IN_OHIO = {
    "ade-anticoagulant-events",
    "ade-diabetic-events",
    "ade-opioid-events",
    "ade-any-events",
    "avoidable-hospitalizations",
    "avoidable-hospitalizations-acute",
    "avoidable-hospitalizations-chronic",
    "home-health-hospitalization",
}


@pytest.fixture
def data() -> Path:
    folder = real_data()
    if folder is None:
        pytest.skip("these are the counts of real files; generated ones are counted by the other tests")
    return folder


def counted_twice(
    feed: str, rows: Sequence[Row], values: Values, today: dt.date, batches: int = BATCHES
) -> dict[str, int | str]:
    """Count by both ways; what the feed carries, by measure, which is shown too (``pytest -s``)."""
    found = engine_cells(rows, values, today, batches)
    expected = independent.recompute(as_records(rows), values, today)
    differing = {
        key: (found.get(key), expected.get(key))
        for key in found.keys() | expected.keys()
        if found.get(key) != expected.get(key)
    }
    assert len(differing) == 0, dict(list(differing.items())[:5])
    table = carried(found, values)
    print(f"\n{feed}: {len(rows)} records, {len(found)} cells")
    for measure, told in table.items():
        print(f"  {measure:34} {told}")
    return table


def counts_of(table: Mapping[str, int | str]) -> tuple[set[str], set[str]]:
    """Measures with a numerator above zero, and computable ones with none."""
    numbers = {measure: told for measure, told in table.items() if isinstance(told, int)}
    return {measure for measure, told in numbers.items() if told > 0}, {m for m, told in numbers.items() if not told}


@pytest.mark.parametrize("number", [1, *(pytest.param(number, marks=LONG) for number in SAMPLES[1:])])
def test_samples_of_desynpuf(data: Path, number: int) -> None:
    """ICD-9 and no discharge status: stays alone."""
    rows = rows_of(commands.desynpuf_parts(data / "desynpuf_10k", [number], REFERENCE))
    table = counted_twice(f"DE-SynPUF sample {number}", rows, {}, AFTER_THE_FILES)
    assert counts_of(table) == (STAYS, set())
    assert table["community-tenure"] == "source lacks hospice, snf"
    assert str(table["readmissions-unplanned-30d"]).startswith("source lacks diagnoses, procedures, status; value set")


@pytest.mark.timeout(300)
def test_the_rif_files_of_ohio(data: Path) -> None:
    """All settings of care with ICD-10; no feed tells ingredients of its drugs or services at home."""
    rows = rows_of(commands.rif_parts(data / "synthea_rif_ohio_450", REFERENCE))
    table = counted_twice("RIF", rows, values_of(rows_of(public_value_sets(data))), AFTER_THE_FILES)
    assert counts_of(table) == (OF_OHIO, NONE_IN_OHIO)
    assert (table["hospitalizations"], table["rehospitalizations-30d"]) == (26, 3)
    assert table["ade-opioid"] == "value set not loaded: drug-ingredients"
    assert table["ltss-use"] == "source lacks services"


@pytest.mark.verify
@pytest.mark.timeout(1800)
def test_a_synthea_export(data: Path) -> None:
    """Whole lives with the fills of decades, so few batches."""
    rows = rows_of(commands.synthea_parts(data / "synthea_csv_ma_102", REFERENCE))
    table = counted_twice("Synthea CSV", rows, values_of(rows_of(public_value_sets(data))), AFTER_THE_FILES, 3)
    assert counts_of(table) == (STAYS, set())


@pytest.mark.timeout(300)
@pytest.mark.parametrize("people", [1_500, pytest.param(10_000, marks=LONG)])
def test_the_generated_sample(people: int) -> None:
    """It has what no file has: cancels, adjustments, adverse drug events, notices, services at home."""
    plan = Plan(seed=3, beneficiaries=people, homes=1)
    values = values_of(records.value_set_parts(plan))
    table = counted_twice("Generated", list(records.lives(plan, REFERENCE)), values, AFTER_THE_SAMPLE)
    assert counts_of(table) == ({definition.id for definition in DEFINITIONS}, set())
