"""Months, quarters and four quarters: how they are written, what they hold, and what follows them."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain import periods, rates

MONTHS = st.builds(lambda year, month: year * 100 + month, st.integers(1990, 2090), st.integers(1, 12))


@pytest.mark.parametrize(
    ("period", "first", "last", "days", "quarters"),
    [
        ("2018-02", dt.date(2018, 2, 1), dt.date(2018, 2, 28), 28, Fraction(1, 3)),
        ("2018Q1", dt.date(2018, 1, 1), dt.date(2018, 3, 31), 90, 1),
        ("2016Q1", dt.date(2016, 1, 1), dt.date(2016, 3, 31), 91, 1),
        ("2018Q4", dt.date(2018, 10, 1), dt.date(2018, 12, 31), 92, 1),
        ("2018Q1R4", dt.date(2017, 4, 1), dt.date(2018, 3, 31), 365, 4),
        ("2016Q4R4", dt.date(2016, 1, 1), dt.date(2016, 12, 31), 366, 4),
    ],
)
def test_a_period_has_its_days(period: str, first: dt.date, last: dt.date, days: int, quarters: Fraction) -> None:
    assert (periods.begin(period), periods.end(period)) == (first, last)
    assert periods.days_in(period) == days
    assert periods.quarters_in(period) == quarters


def test_four_quarters_end_with_the_one_they_are_named_by() -> None:
    assert periods.rolling("2018Q1") == "2018Q1R4"
    assert periods.quarters_of("2018Q1R4") == ("2017Q2", "2017Q3", "2017Q4", "2018Q1")
    assert periods.months_of("2018Q1R4")[::11] == (201704, 201803)
    assert periods.quarters_of("2018-03") == ()


def test_a_month_is_in_six_periods() -> None:
    assert periods.periods_of(201811) == ("2018-11", "2018Q4", "2018Q4R4", "2019Q1R4", "2019Q2R4", "2019Q3R4")


@given(MONTHS)
def test_a_month_is_in_just_the_periods_that_name_it(month: int) -> None:
    own = periods.periods_of(month)
    assert all(month in periods.months_of(period) for period in own)
    around = {near for period in own for near in (periods.shift(period, -1), periods.shift(period, 1))} - set(own)
    assert not any(month in periods.months_of(period) for period in around)


@given(MONTHS, st.integers(-40, 40))
def test_a_step_forth_and_back_ends_where_it_began(month: int, by: int) -> None:
    for period in periods.periods_of(month):
        assert periods.shift(periods.shift(period, by), -by) == period
        assert periods.begin(periods.shift(period, 1)) > periods.begin(period)
    quarter = periods.quarter_of(month)
    assert periods.quarter_at(periods.index_of(quarter)) == quarter
    assert periods.index_of(periods.shift(quarter, by)) == periods.index_of(quarter) + by


def test_the_quarter_after_the_last_of_a_year_is_the_first_of_the_next() -> None:
    assert periods.shift("2018Q4", 1) == "2019Q1"
    assert periods.shift("2018-12", 1) == "2019-01"
    assert periods.shift("2018Q2R4", -2) == "2017Q4R4"


@pytest.mark.parametrize(
    "text", ["2018", "2018Q5", "2018-13", "2018-1", "2018Q1R3", "18Q1", "2018Q1R4 ", "2018-03R4", ""]
)
def test_other_text_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="a period is written"):
        periods.days_in(text)


def test_person_time_is_the_same_number_of_persons_in_a_month_a_quarter_and_a_year() -> None:
    for period in ("2018-02", "2018Q1", "2018Q4R4"):
        persons = rates.beneficiary_quarters(7 * periods.days_in(period), period) / periods.quarters_in(period)
        assert persons == 7
    # 330 eligible days of 2018Q1 are 3.6667 beneficiary-quarters: measures research §1.3, example 1.
    assert rates.beneficiary_quarters(330, "2018Q1") == Fraction(11, 3)


def test_only_a_quarter_begins_four() -> None:
    with pytest.raises(ValueError, match="no quarter"):
        periods.rolling("2018-03")
    with pytest.raises(ValueError, match="is a month"):
        periods.index_of("2018-03")
