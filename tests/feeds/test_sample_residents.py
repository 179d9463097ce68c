"""What the made-up residents hold: lives that fit together, corrections, and something to count for every measure."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.measures.domain.panel.figures import figure
from services.measures.domain.residents.definitions import COLLABORATIVE, COMPOSITE
from services.measures.domain.residents.kind import RESIDENTS
from shared.contracts import compiled_residents
from shared.feeds.reference import Reference
from shared.feeds.residents import files as reader
from shared.feeds.rows import Row
from shared.feeds.sample import files
from shared.feeds.sample.plan import Plan
from shared.feeds.sample.residents import COLUMNS, residents
from tests.feeds.support import sorted_out, write

PLAN = Plan(seed=1, beneficiaries=0, homes=500)
TODAY = PLAN.last_day + dt.timedelta(days=60)


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    lines = (",".join(map(str, line)) for line in residents(PLAN))
    path = write(tmp_path_factory.mktemp("sample") / files.RESIDENTS, ",".join(COLUMNS), *lines)
    told, rejections, folded, _ = sorted_out(
        reader.read(reader.open_residents(path), Reference(bytes(range(32))), TODAY)
    )
    assert not rejections
    assert not folded
    return told


def members(rows: list[Row]) -> Iterator[list[object]]:
    """The facts that hold, resident by resident."""
    kept: dict[tuple[str, str], dict[str, object]] = {}
    for row in rows:
        record = compiled_residents.RESIDENTS[row.wire_type](row.value)
        unit, member, fact = RESIDENTS.place(record)
        facts = kept.setdefault((unit, member), {})
        facts.pop(fact, None)
        if record.action != "cancel":
            facts[fact] = record
    for facts in kept.values():
        yield list(facts.values())


def test_every_measure_counts_somebody_and_not_everybody(rows: list[Row]) -> None:
    sums: Counter[str] = Counter()
    for facts in members(rows):
        for amounts in RESIDENTS.count(facts, TODAY).amounts.values():
            sums.update(amounts)
    for name in (*COLLABORATIVE, "falls", "catheter_infection"):
        assert 0 < sums[name] < sums[f"{name}_of"], name
    composite = figure(COMPOSITE, [sums])
    assert composite.value is not None
    assert 5 < composite.value < 15


def test_records_are_made_of_all_kinds_and_corrected_in_both_ways(rows: list[Row]) -> None:
    told = [compiled_residents.RESIDENTS[row.wire_type](row.value) for row in rows]
    assert {one.A0310F for one in told} == {"01", "10", "11", "12", "99"}
    assert {one.action for one in told} == {"original", "adjust", "cancel"}
    assert len({row.key for row in rows}) >= 40
    assert {"01", "02", "03", "04"} <= {one.A0310A for one in told if hasattr(one, "A2300")}


def test_a_written_sample_has_the_residents(tmp_path: Path, reference: Reference) -> None:
    counts = files.write(Plan(seed=3, beneficiaries=0, homes=60), tmp_path)
    told, rejections, *_ = sorted_out(reader.read(tmp_path / files.RESIDENTS, reference, TODAY))
    assert not rejections
    assert len(told) == counts["resident_records"] > 0
