"""Exact binomial limits: published tables, the defining equations in exact arithmetic, funnel limits."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.complaints.domain.consistency.exact import binomial_distribution, clopper_pearson, funnel_limit

_counts = st.integers(1, 120).flatmap(lambda cases: st.tuples(st.integers(0, cases), st.just(cases)))


@pytest.mark.parametrize(
    ("events", "cases", "low", "high"),
    [
        # Newcombe 1998, Stat Med 17:857-872, Table I, method 5 (Clopper-Pearson).
        (81, 263, 0.2527, 0.3676),
        (15, 148, 0.0578, 0.1617),
        (0, 20, 0.0000, 0.1684),
        (1, 29, 0.0009, 0.1776),
    ],
)
def test_intervals_are_those_published(events: int, cases: int, low: float, high: float) -> None:
    found = clopper_pearson(events, cases)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("events", "cases", "confidence", "low", "high"),
    [
        # scipy 1.17.1: beta.ppf((1 - c) / 2, x, n - x + 1), beta.ppf((1 + c) / 2, x + 1, n - x).
        (200_000, 600_000, 0.95, 0.3321405109, 0.3345277652),
        (3, 12_345, 0.95, 0.0000501180, 0.0007100223),
        (333, 1_000, 0.998, 0.2876944291, 0.3805700338),
    ],
)
def test_large_groups_are_as_exact_as_scipy(
    events: int, cases: int, confidence: float, low: float, high: float
) -> None:
    found = clopper_pearson(events, cases, confidence)
    assert found == pytest.approx((low, high), rel=1e-6)


def _at_most(events: int, cases: int, share: Fraction) -> Fraction:
    terms = (math.comb(cases, k) * share**k * (1 - share) ** (cases - k) for k in range(events + 1))
    return sum(terms, Fraction())


@given(_counts)
def test_the_interval_holds_the_share_and_leaves_two_and_a_half_percent_at_each_end(counts: tuple[int, int]) -> None:
    events, cases = counts
    low, high = clopper_pearson(events, cases)
    assert low <= events / cases <= high
    if events > 0:
        assert float(1 - _at_most(events - 1, cases, Fraction(low))) == pytest.approx(0.025, abs=1e-10)
    if events < cases:
        assert float(_at_most(events, cases, Fraction(high))) == pytest.approx(0.025, abs=1e-10)


@given(_counts, st.fractions(0, 1, max_denominator=97))
def test_the_distribution_is_the_sum_of_its_terms(counts: tuple[int, int], share: Fraction) -> None:
    events, cases = counts
    expected = float(_at_most(events, cases, share))
    assert binomial_distribution(events, cases, float(share)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("share", [0.03, 0.2, 0.5, 0.81])
@pytest.mark.parametrize("cases", [5, 29, 150])
def test_the_interval_covers_the_true_share_in_ninety_five_samples_of_a_hundred(share: float, cases: int) -> None:
    missed = Fraction()
    for events in range(cases + 1):
        low, high = clopper_pearson(events, cases)
        if not low <= share <= high:
            exact = Fraction(share)
            missed += math.comb(cases, events) * exact**events * (1 - exact) ** (cases - events)
    assert missed <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("cases", "limits"),
    [
        # Target .18, Spiegelhalter's interpolated limits at .001, .025, .975, .999; computed with scipy 1.17.1.
        (50, (0.0228, 0.0687, 0.2822, 0.3549)),
        (200, (0.0983, 0.1258, 0.2324, 0.2657)),
        (1000, (0.1429, 0.1560, 0.2036, 0.2179)),
    ],
)
def test_funnel_limits_are_the_interpolated_binomial_quantiles(cases: int, limits: tuple[float, ...]) -> None:
    found = tuple(round(funnel_limit(0.18, cases, chance), 4) for chance in (0.001, 0.025, 0.975, 0.999))
    assert found == limits


@given(st.floats(0.01, 0.99), st.integers(1, 3_000))
def test_the_funnel_is_nested_and_narrows_as_groups_grow(target: float, cases: int) -> None:
    small = [funnel_limit(target, cases, chance) for chance in (0.001, 0.025, 0.975, 0.999)]
    large = [funnel_limit(target, 4 * cases, chance) for chance in (0.001, 0.025, 0.975, 0.999)]
    assert small == sorted(small)
    assert small[0] >= 0
    assert small[3] <= 1
    if cases * min(target, 1 - target) >= 1:  # below that a limit may still be a single event
        assert large[3] - large[0] <= small[3] - small[0]
        assert large[2] - large[1] <= small[2] - small[1]


@pytest.mark.parametrize(("events", "cases"), [(0, 0), (3, 2), (-1, 5)])
def test_there_is_no_interval_without_cases_or_with_more_events_than_cases(events: int, cases: int) -> None:
    with pytest.raises(ValueError, match="from 0 to cases"):
        clopper_pearson(events, cases)


def test_nobody_or_everybody_leaves_no_room_for_chance() -> None:
    assert funnel_limit(0.0, 10, 0.999) == 0.0
    assert funnel_limit(1.0, 10, 0.001) == 1.0
    with pytest.raises(ValueError, match="needs a case"):
        funnel_limit(0.5, 0, 0.5)
