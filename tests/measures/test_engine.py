"""The engine equals the independent recomputation for any records, in any order."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.measures import independent
from tests.measures.examples import EXAMPLES, Example
from tests.measures.expectation import check
from tests.measures.histories import TODAYS, histories
from tests.measures.memory import MemoryEngine
from tests.measures.records import care, enrolment, inpatient
from tests.measures.value_sets import VALUES

Batch = list[Mapping[str, Any]]
TODAY = dt.date(2019, 6, 1)
ANY_SIZE = [HealthCheck.too_slow, HealthCheck.data_too_large]
todays = st.sampled_from(TODAYS)


def fed(history: list[Batch], today: dt.date) -> MemoryEngine:
    engine = MemoryEngine(VALUES, today)
    for batch in history:
        engine.feed(batch)
    return engine


def one_by_one(*records: Mapping[str, Any]) -> MemoryEngine:
    return fed([[record] for record in records], TODAY)


@settings(max_examples=400, deadline=None, suppress_health_check=ANY_SIZE)
@given(histories(), todays)
def test_any_order_with_duplicates_corrections_and_cancels_equals_the_recomputation(
    history: list[Batch], today: dt.date
) -> None:
    records = [record for batch in history for record in batch]
    assert fed(history, today).cells() == independent.recompute(records, VALUES, today)


@settings(max_examples=100, deadline=None, suppress_health_check=ANY_SIZE)
@given(histories())
def test_records_already_told_change_nothing(history: list[Batch]) -> None:
    engine = fed(history, TODAY)
    heads, chunks, cells = dict(engine.heads), dict(engine.chunks), engine.cells()
    assert [engine.feed(batch) for batch in reversed(history)] == [0] * len(history)
    assert (engine.heads, engine.chunks, engine.cells()) == (heads, chunks, cells)


@settings(max_examples=100, deadline=None, suppress_health_check=ANY_SIZE)
@given(histories(), st.lists(todays, min_size=1, max_size=3).map(sorted))
def test_time_that_passes_ends_as_if_all_had_been_told_on_the_last_day(
    history: list[Batch], days: list[dt.date]
) -> None:
    engine = MemoryEngine(VALUES, days[0])
    for position, batch in enumerate(history):
        engine.feed(batch)
        engine.pass_time(days[position * len(days) // len(history)])
    engine.pass_time(days[-1])
    records = [record for batch in history for record in batch]
    assert engine.cells() == independent.recompute(records, VALUES, days[-1])


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: str(example.name))
def test_a_worked_example_has_its_known_answer(example: Example) -> None:
    check(example, fed([[record] for record in example.records], example.today).cells())


def test_a_claim_in_a_long_life_loads_no_more_than_in_a_short_one() -> None:
    """Ten times the years, the same chunks: the cost of a claim does not grow with the life."""

    def loads(years: int) -> int:
        engine = MemoryEngine(VALUES, TODAY)
        for year in range(2019 - years, 2019):
            engine.feed([enrolment("A", year), inpatient("A", f"c{year}", f"{year}-05-01", f"{year}-05-03")])
        engine.loaded = 0
        engine.feed([inpatient("A", "late", "2018-08-01", "2018-08-02")])
        return engine.loaded

    assert loads(5) == loads(29)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_claim_whose_admission_moves_to_another_year_leaves_its_old_year(order: tuple[int, int]) -> None:
    versions = [
        inpatient("A", "c", "2001-03-01", "2001-03-04"),
        inpatient("A", "c", "2008-03-01", "2008-03-04", version=2, action="adjust"),
    ]
    told = [enrolment("A", year) for year in (2001, 2004, 2008)]
    engine = one_by_one(*told, *(versions[position] for position in order))
    stays = [key[:2] for key, cell in engine.cells().items() if "hospitalizations" in cell]
    assert stays == [("zip:15001", "2008-03")]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("admission", ["2008-03-01", "2007-12-30"])
def test_a_late_original_does_not_bring_back_a_cancelled_claim(order: tuple[int, int], admission: str) -> None:
    """Also where the cancel is the first that is told of it, and where it tells another year."""
    told = [
        inpatient("A", "c", admission, "2008-03-04"),
        inpatient("A", "c", "2008-03-01", "2008-03-04", version=2, action="cancel"),
    ]
    engine = one_by_one(enrolment("A", 2008), *(told[position] for position in order))
    assert not any("hospitalizations" in cell for cell in engine.cells().values())


def test_a_cancel_told_first_forgets_nothing_of_its_year() -> None:
    visit = care("A", "c", "home_health", "2017-02-02", "2017-02-22", diagnoses=("E1165",))
    cancel = visit | {"version": 2, "action": "cancel"}
    told = (enrolment("A", 2018), cancel, visit, enrolment("A", 2017))
    assert one_by_one(*told).cells() == independent.recompute(told, VALUES, TODAY)
