"""What activity adds up to: silent months are months without cases, rates wait for the discharges they divide by."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.activity.counting import Seen, followed_up, sums
from services.measures.domain.activity.definitions import FAMILIES, HOSPITALS, family_of
from services.measures.domain.panel.counted import Amounts
from services.measures.domain.panel.figures import Figure, figure
from services.measures.domain.periods import Kind
from services.measures.domain.unit import is_followed_up

BOTH = (Kind.MONTH, Kind.QUARTER)
TOLD = {"2018-01": {"discharge_appeals": 2, "concerns_confirmed": 1}, "2018-03": {"discharge_appeals": 4}}
DISCHARGES = {201801: 400, 201802: 300, 201803: 500, 201804: 250}


def of(found: dict[str, Amounts], measure: str, period: str) -> Figure:
    (definition,) = [one for one in HOSPITALS.measures if one.id == measure]
    return figure(definition, [found.get(period, {})])


def test_a_month_of_which_nothing_was_told_had_no_cases() -> None:
    found = sums(TOLD, {}, Seen("2018-01", "2018-04", 0), BOTH)
    assert sorted(found) == ["2018-01", "2018-02", "2018-03", "2018-04", "2018Q1", "2018Q2"]
    silent = of(found, "discharge-appeals-per-month", "2018-02")
    assert (silent.numerator, silent.denominator, silent.value, silent.reason) == (0, 1, Fraction(0), None)


def test_a_quarter_is_divided_by_the_months_of_it_there_are() -> None:
    found = sums(TOLD, {}, Seen("2018-01", "2018-04", 0), BOTH)
    assert of(found, "discharge-appeals-per-month", "2018Q1").value == 2
    assert of(found, "discharge-appeals-per-month", "2018Q2").denominator == 1


def test_a_rate_is_per_thousand_live_discharges_of_the_same_period() -> None:
    found = sums(TOLD, DISCHARGES, Seen("2018-01", "2018-04", 201804), BOTH)
    assert of(found, "discharge-appeals-per-1000", "2018-01").value == 5
    assert of(found, "discharge-appeals-per-1000", "2018-02").value == 0
    assert of(found, "discharge-appeals-per-1000", "2018Q1").value == Fraction(6 * 1000, 1200)
    assert of(found, "concerns-confirmed-per-1000", "2018Q1").value == Fraction(1000, 1200)


def test_a_rate_waits_until_all_discharges_are_known_and_the_count_does_not() -> None:
    found = sums(TOLD, DISCHARGES, Seen("2018-01", "2018-03", 201802), BOTH)
    for period in ("2018-03", "2018Q1"):
        waiting = of(found, "discharge-appeals-per-1000", period)
        assert (waiting.numerator, waiting.denominator) == (0, 0)
        assert waiting.value is None
    assert of(found, "discharge-appeals-per-month", "2018-03").value == 4
    assert of(found, "discharge-appeals-per-1000", "2018-01").value == 5


def test_a_quarter_of_which_complaints_tells_a_part_has_no_rate() -> None:
    found = sums(TOLD, DISCHARGES, Seen("2018-02", "2018-03", 201803), BOTH)
    assert of(found, "discharge-appeals-per-1000", "2018Q1").value is None
    assert of(found, "discharge-appeals-per-1000", "2018-03").value == 8


def test_without_discharges_there_is_a_plain_count_and_no_rate() -> None:
    found = sums(TOLD, {}, Seen("2018-01", "2018-03", 201812), BOTH)
    assert of(found, "discharge-appeals-per-1000", "2018-01").numerator == 0
    assert of(found, "discharge-appeals-per-1000", "2018-01").value is None
    assert of(found, "discharge-appeals-per-month", "2018-01").value == 2


@given(st.dates(dt.date(2015, 1, 1), dt.date(2024, 12, 31)))
def test_the_last_month_followed_up_is_the_last_one_that_measures_call_so(day: dt.date) -> None:
    last = followed_up(day.toordinal())
    following = last + 1 if last % 100 < 12 else last + 89
    assert is_followed_up(last, day)
    assert not is_followed_up(following, day)


def test_nothing_is_followed_up_while_no_claim_was_received() -> None:
    assert followed_up(0) == 0


@pytest.mark.parametrize(
    ("ccn", "unit_type"),
    [
        ("390001", "hospital"),
        ("391300", "hospital"),  # critical access
        ("395001", "nursing_home"),
        ("396499", "nursing_home"),
        ("397001", "provider"),  # home health agency
        ("391500", "provider"),  # hospice
    ],
)
def test_a_facility_is_what_its_number_says(ccn: str, unit_type: str) -> None:
    """State Operations Manual §2779."""
    assert family_of(ccn).unit_type == unit_type


def test_only_who_has_discharges_has_rates() -> None:
    rated = {kind for kind, family in FAMILIES.items() if any(m.id.endswith("per-1000") for m in family.measures)}
    assert rated == {"hospital", "community"}
