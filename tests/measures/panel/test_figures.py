"""Figures from sums: exact values, intervals as scipy and statsmodels have them, and the first reason there is none."""

import math
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from services.measures.domain.panel.counted import MILLION
from services.measures.domain.panel.figures import NEGATIVE, NONE_LEFT, TOO_FEW, WRONG, figure
from services.measures.domain.panel.measure import FacilityMeasure, Form
from tests.measures.panel.toy import RATE


def measure(form: Form, **parts: Any) -> FacilityMeasure:
    told: dict[str, Any] = {"numerator": {"hit": 1}, "denominator": {"of": 1}, "scale": 1000} | parts
    return replace(RATE, form=form, **told)


def of(form: Form, hit: int, base: int, **parts: Any) -> Any:
    return figure(measure(form, **parts), [{"hit": hit, "of": base}])


def middle_p(events: int, mean: float) -> float:
    """P(fewer) and half of P(as many)."""
    return float(stats.poisson.cdf(events - 1, mean) + stats.poisson.pmf(events, mean) / 2)


@given(st.integers(0, 100), st.integers(1, 10**8))
def test_a_rate_has_the_mid_p_limits_of_scipys_poisson(events: int, days: int) -> None:
    found = of(Form.RATE, events, days)
    assert found.value == Fraction(1000 * events, days)
    assert found.high is not None
    assert middle_p(events, found.high * days / 1000) == pytest.approx(0.025, abs=1e-7)
    assert (found.low is None) is (events == 0)
    if found.low is not None:
        assert middle_p(events, found.low * days / 1000) == pytest.approx(0.975, abs=1e-7)


@given(st.integers(101, 10**8), st.integers(1, 10**8))
def test_above_a_hundred_events_a_rate_has_byars_limits(events: int, days: int) -> None:
    found, z = of(Form.RATE, events, days), stats.norm.ppf(0.975)
    # Breslow and Day, Statistical Methods in Cancer Research II (1987), as in CDC's SIRcomp.sas (2014).
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    high = (events + 1) * (1 - 1 / (9 * (events + 1)) + z / (3 * math.sqrt(events + 1))) ** 3
    assert [found.low, found.high] == pytest.approx([1000 * low / days, 1000 * high / days], rel=1e-9)


@given(st.integers(0, 200), st.integers(MILLION, 10**14))
def test_a_standardized_ratio_is_a_rate_by_what_was_predicted(observed: int, millionths: int) -> None:
    found, rate = (
        of(Form.STANDARDIZED, observed, millionths, scale=1),
        of(Form.RATE, observed, millionths, scale=MILLION),
    )
    assert (found.value, found.reason) == (Fraction(observed * MILLION, millionths), None)
    assert (found.low, found.high) == (pytest.approx(rate.low), pytest.approx(rate.high))


@given(st.integers(0, 10**8), st.integers(1, 10**8))
def test_a_share_has_wilsons_limits_within_nought_and_a_hundred(hit: int, base: int) -> None:
    if hit > base:
        assert of(Form.SHARE, hit, base).reason == WRONG
        return
    found = of(Form.SHARE, hit, base, scale=100)
    low, high = proportion_confint(hit, base, method="wilson")
    assert found.value == Fraction(100 * hit, base)
    assert [found.low, found.high] == pytest.approx([100 * low, 100 * high], rel=1e-6, abs=1e-9)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= float(found.value) * (1 + 1e-12)
    assert float(found.value) * (1 - 1e-12) <= found.high <= 100


def test_everybody_and_nobody_are_shares_too() -> None:
    assert of(Form.SHARE, 80, 80, scale=100)[2:5] == (100, pytest.approx(95.418, abs=0.001), 100)
    assert of(Form.SHARE, 0, 80, scale=100)[2:5] == (0, 0, pytest.approx(4.582, abs=0.001))


def test_a_ratio_has_a_value_and_no_interval() -> None:
    assert of(Form.RATIO, 3, 2, scale=1) == (3, 2, Fraction(3, 2), None, None, None)


@pytest.mark.parametrize(
    ("form", "hit", "base", "reason"),
    [
        (Form.STANDARDIZED, 3, MILLION - 1, TOO_FEW),
        (Form.STANDARDIZED, 3, MILLION, None),
        (Form.STANDARDIZED, 3, 0, TOO_FEW),
        (Form.RATE, 3, 0, NONE_LEFT),
        (Form.RATE, 3, 1, None),
        (Form.RATIO, 0, 0, NONE_LEFT),
        (Form.RATIO, -1, 5, NEGATIVE),
        (Form.RATE, 1, -5, NEGATIVE),
        (Form.SHARE, 5, 4, WRONG),
        (Form.SHARE, 4, 4, None),
        (Form.RATE, 5, 4, None),
    ],
)
def test_a_figure_that_cannot_be_says_why_and_has_nothing_else(
    form: Form, hit: int, base: int, reason: str | None
) -> None:
    found = of(form, hit, base)
    assert (found.numerator, found.denominator, found.reason) == (hit, base, reason)
    if reason is not None:
        assert (found.value, found.low, found.high) == (None, None, None)


def test_what_forbids_a_figure_comes_before_its_numbers_in_whichever_period_it_stands() -> None:
    told = measure(Form.RATE, unless={"missing": "incomplete"}, spans=2)
    assert figure(told, [{"hit": 1, "of": 100}, {"hit": 1, "of": 100, "missing": 1}]).reason == "incomplete"
    assert figure(told, [{"missing": 1}, {}]).reason == "incomplete"
    assert figure(told, [{"hit": 1, "of": 100}, {"hit": 1, "of": 100}]).value == 10
