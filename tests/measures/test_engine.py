"""The engine equals the independent recomputation for any records, in any order."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.measures import independent
from tests.measures.support import MemoryEngine, claim, enrolment, histories, split

Batch = list[Mapping[str, Any]]


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_any_order_with_duplicates_corrections_and_cancels_equals_the_recomputation(history: list[Batch]) -> None:
    engine = MemoryEngine()
    for batch in history:
        engine.feed(batch)
    records = [record for batch in history for record in batch]
    assert engine.cells() == independent.recompute(*split(records))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(histories())
def test_records_already_told_change_nothing(history: list[Batch]) -> None:
    engine = MemoryEngine()
    for batch in history:
        engine.feed(batch)
    heads, chunks = dict(engine.heads), dict(engine.chunks)
    assert [engine.feed(batch) for batch in reversed(history)] == [0] * len(history)
    assert (engine.heads, engine.chunks) == (heads, chunks)


def test_a_claim_in_a_long_life_loads_no_more_than_in_a_short_one() -> None:
    """Ten times the years, the same chunks: the cost of a claim does not grow with the life."""

    def loads(years: int) -> int:
        engine = MemoryEngine()
        for year in range(2010 - years, 2010):
            engine.feed([enrolment("A", year), claim("A", f"c{year}", f"{year}-05-01", f"{year}-05-03")])
        engine.loaded = 0
        engine.feed([claim("A", "late", "2009-08-01", "2009-08-02")])
        return engine.loaded

    assert loads(3) == loads(30) == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_claim_whose_admission_moves_to_another_year_leaves_its_old_year(order: tuple[int, int]) -> None:
    versions = [
        claim("A", "c", "2001-03-01", "2001-03-04"),
        claim("A", "c", "2008-03-01", "2008-03-04", version=2, action="adjust"),
    ]
    engine = MemoryEngine()
    engine.feed([enrolment("A", year) for year in (2001, 2004, 2008)])
    for position in order:
        engine.feed([versions[position]])
    stays = {key: cell for key, cell in engine.cells().items() if "hospitalizations" in cell}
    assert list(stays) == [("zip:15001", "2008-03")]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_late_original_does_not_bring_back_a_cancelled_claim(order: tuple[int, int]) -> None:
    told = [
        claim("A", "c", "2008-03-01", "2008-03-04"),
        claim("A", "c", "2008-03-01", "2008-03-04", version=2, action="cancel"),
    ]
    engine = MemoryEngine()
    engine.feed([enrolment("A", 2008)])
    for position in order:
        engine.feed([told[position]])
    assert not any("hospitalizations" in cell for cell in engine.cells().values())
