"""Groups compared with all, and what is hidden of them outside."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.consistency.rates import Cell, Dimension, Rate, Standing, compared
from services.complaints.domain.consistency.small_cells import SMALLEST, for_outside

_cells = st.lists(
    st.one_of(st.integers(0, 12), st.integers(0, 300)).flatmap(
        lambda cases: st.tuples(st.integers(0, cases), st.just(cases))
    ),
    max_size=7,
).map(lambda counts: [Cell(f"G{place}", *count) for place, count in enumerate(counts)])


def test_a_group_is_judged_by_the_funnel_of_its_size() -> None:
    cells = [Cell("AL", 180, 1000), Cell("AK", 18, 50), Cell("AZ", 36, 200), Cell("CA", 130, 1000), Cell("DC", 0, 0)]
    found = compared(cells)
    standing = {rate.group: rate.standing for rate in found.rates}
    assert found.overall.share == Fraction(364, 2250)
    assert standing == {
        "AL": Standing.WITHIN,
        "AK": Standing.ABOVE_99_8,
        "AZ": Standing.WITHIN,
        "CA": Standing.BELOW_95,
        "DC": None,
    }
    assert [rate.group for rate in found.rates] == ["AK", "AL", "AZ", "CA", "DC"]


@given(_cells)
def test_every_interval_holds_its_share_and_the_inner_funnel_lies_in_the_outer(cells: list[Cell]) -> None:
    for rate in compared(cells).rates:
        if rate.cases:
            assert rate.share is not None
            assert rate.interval is not None
            assert rate.funnel is not None
            assert rate.interval.low <= rate.share <= rate.interval.high
            inner, outer = rate.funnel
            assert outer.low <= inner.low <= inner.high <= outer.high
        else:
            assert rate == Rate(rate.group, 0, 0)


@pytest.mark.parametrize(("cells", "why"), [([Cell("A", 1, 2)] * 2, "twice"), ([Cell("A", 3, 2)], "from 0 to cases")])
def test_impossible_counts_are_refused(cells: list[Cell], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        compared(cells)


def test_one_event_of_one_case_is_what_chance_gives() -> None:
    cells = [Cell("AK", 1, 1), Cell("TX", 490, 1000), Cell("WY", 9, 9)]
    standing = {rate.group: rate.standing for rate in compared(cells).rates}
    # 9 of 9 at 500 of 1010: half of (500 / 1010) ** 9 is 0.0009.
    assert standing == {"AK": Standing.WITHIN, "TX": Standing.WITHIN, "WY": Standing.ABOVE_99_8}


def test_a_small_count_takes_the_next_smallest_group_with_it() -> None:
    found = for_outside(Dimension.STATE, [Cell("AL", 7, 40), Cell("CA", 40, 80), Cell("NY", 60, 120)])
    assert [(rate.group, rate.events, rate.cases) for rate in found.rates] == [
        ("AL", None, 40),
        ("CA", None, 80),
        ("NY", 60, 120),
    ]
    assert found.overall.events == 107
    assert {(rate.share, rate.interval, rate.funnel, rate.standing) for rate in found.rates[:2]} == {(None,) * 4}


def test_few_cases_are_hidden_and_zero_is_told() -> None:
    found = for_outside(Dimension.STATE, [Cell("AL", 0, 5), Cell("CA", 0, 60), Cell("NY", 30, 60), Cell("ZZ", 0, 0)])
    assert [(rate.group, rate.events, rate.cases) for rate in found.rates] == [
        ("AL", None, None),
        ("CA", None, None),
        ("NY", 30, 60),
        ("ZZ", 0, 0),
    ]


def test_a_single_small_group_hides_the_total_too() -> None:
    found = for_outside(Dimension.STATE, [Cell("AL", 2, 8)])
    assert (found.overall.events, found.overall.cases) == (None, None)
    assert for_outside(Dimension.STATE, [Cell("AL", 2, 80)]).overall == Rate("ALL", None, 80)


def test_how_reviewers_decide_stays_inside() -> None:
    with pytest.raises(ValueError, match="do not leave"):
        for_outside(Dimension.REVIEWER_GROUP, [])


@given(_cells)
def test_no_small_number_is_shown_or_follows_from_the_total(cells: list[Cell]) -> None:
    """Whatever is subtracted from the total, what is left is of two groups at least and not small."""
    found = for_outside(Dimension.STATE, cells)
    held = {cell.group: cell for cell in cells}
    shown = [found.overall, *found.rates]
    for rate in shown:
        assert rate.cases is None or not 0 < rate.cases < SMALLEST
        if rate.events is not None and rate.cases is not None:
            assert not 0 < rate.events < SMALLEST
            assert not 0 < rate.cases - rate.events < SMALLEST
    without_cases = [held[rate.group] for rate in found.rates if rate.cases is None]
    without_events = [held[rate.group] for rate in found.rates if rate.events is None]
    if without_cases and found.overall.cases is not None:
        _cannot_be_told(without_cases, sum(cell.cases for cell in without_cases))
    if without_events and found.overall.events is not None:
        events = sum(cell.events for cell in without_events)
        _cannot_be_told(without_events, events, sum(cell.cases for cell in without_events) - events)


def _cannot_be_told(hidden: list[Cell], *rests: int) -> None:
    assert len(hidden) > 1
    assert not any(0 < rest < SMALLEST for rest in rests)


@given(_cells, st.data())
def test_two_tables_over_the_same_cases_hide_the_same_groups(cells: list[Cell], data: st.DataObject) -> None:
    others = [Cell(cell.group, data.draw(st.integers(0, cell.cases)), cell.cases) for cell in cells]
    one, other = (for_outside(Dimension.STATE, table).rates for table in (cells, others))
    assert [rate.cases for rate in one] == [rate.cases for rate in other]
