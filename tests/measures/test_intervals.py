"""Intervals against published tables and scipy, and what they say where there is nothing to divide."""

import csv
import itertools
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import contingency

from services.measures.domain import intervals, quantiles
from services.measures.domain.intervals import Count, Interval

ORACLE = Path(__file__).parents[3] / "shared" / "data" / "hai_oracle" / "hai_oracle_20.csv"
# Standardized infection ratios with their intervals: measures research §5.3.
SIR = [
    (3, 1.5, 0.509, 5.443),
    (0, 1.2, None, 2.496),
    (2, 2.04, 0.164, 3.239),
    (2, 1.632, 0.205, 4.049),
    (12, 8.0, 0.813, 2.550),
    (25, 40.0, 0.413, 0.909),
    (100, 80.0, 1.022, 1.514),
    (150, 120.0, 1.058, 1.467),
]
# CMS Hospital Compare, New York 2015: observed, predicted, limits published.
PUBLISHED = [(16, 8.926, 1.061, 2.849), (0, 4.391, None, 0.682), (48, 13.85, 2.584, 4.557)]


@pytest.mark.parametrize(("events", "predicted", "low", "high"), SIR + PUBLISHED)
def test_limits_of_a_ratio_to_a_prediction_are_those_of_the_table(
    events: int, predicted: float, low: float | None, high: float
) -> None:
    found = intervals.rate(Count(events, predicted))
    assert found.high == pytest.approx(high, abs=0.001)
    assert found.low == (None if low is None else pytest.approx(low, abs=0.001))


def test_limits_are_those_cms_published_for_twenty_hospitals() -> None:
    if not ORACLE.exists():  # the file lies beside the project, not in it; three of its rows stand above
        return
    with ORACLE.open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    for row in rows:
        # They are exact above 100 events too.
        found = intervals.mid_p(int(row["observed"])).times(1 / float(row["predicted"]))
        assert found.high == pytest.approx(float(row["published_ci_upper"]), abs=0.001)
        low = row["published_ci_lower"]
        assert found.low == (pytest.approx(float(low), abs=0.001) if low else None)


@pytest.mark.parametrize("events", [101, 124, 156, 400])
def test_above_a_hundred_events_byars_limits_are_within_a_hundredth_of_the_exact_ones(events: int) -> None:
    byar, exact = intervals.expected(events), intervals.mid_p(events)
    assert byar != exact
    assert [byar.low, byar.high] == pytest.approx([exact.low, exact.high], rel=0.01)


def test_seven_bleedings_in_412_discharges() -> None:
    # Measures research §4.4, example 2.
    count = Count(7, 412)
    found = intervals.rate(count).times(1000)
    assert count.rate * 1000 == pytest.approx(16.990, abs=0.0005)
    assert [found.low, found.high] == pytest.approx([7.431, 33.609], abs=0.0005)


@given(st.integers(0, 100))
def test_exact_limits_leave_half_of_five_percent_on_each_side(events: int) -> None:
    found = intervals.expected(events)
    assert found.high is not None
    at = stats.poisson(found.high)
    assert at.cdf(events - 1) + at.pmf(events) / 2 == pytest.approx(0.025, abs=1e-9)
    if events:
        assert found.low is not None
        at = stats.poisson(found.low)
        assert at.sf(events) + at.pmf(events) / 2 == pytest.approx(0.025, abs=1e-9)


def test_limits_rise_with_the_events_also_where_the_method_changes() -> None:
    found = [intervals.expected(events) for events in range(1, 130)]
    for one, more in itertools.pairwise(found):
        assert one.low is not None
        assert more.low is not None
        assert one.high is not None
        assert more.high is not None
        assert one.low < more.low
        assert one.high < more.high


@given(st.integers(1, 400).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_a_share_has_wilsons_limits(drawn: tuple[int, int]) -> None:
    events, trials = drawn
    found = intervals.share(Count(events, trials))
    oracle = stats.binomtest(events, trials).proportion_ci(method="wilson")
    assert found.low == pytest.approx(oracle.low, abs=1e-9)
    assert found.high == pytest.approx(oracle.high, abs=1e-9)


def test_the_ratio_of_two_rates_has_brocks_interval() -> None:
    # The interaction of measures research §8.5 is a ratio of two ratios; each has the variance of its logarithm.
    before, after = Count(1521, 100_000), Count(1434, 100_000)
    found = intervals.ratio_of_rates(after, before)
    spread = 1.959964 * math.sqrt(1 / 1521 + 1 / 1434)
    assert found.low == pytest.approx(1434 / 1521 * math.exp(-spread))
    assert found.high == pytest.approx(1434 / 1521 * math.exp(spread))


@given(st.tuples(st.integers(1, 50), st.integers(1, 50)), st.tuples(st.integers(1, 50), st.integers(1, 50)))
def test_the_ratio_of_two_shares_is_katz(first: tuple[int, int], second: tuple[int, int]) -> None:
    (a, more_a), (b, more_b) = first, second
    found = intervals.ratio_of_shares(Count(a, a + more_a), Count(b, b + more_b))
    oracle = contingency.relative_risk(a, a + more_a, b, b + more_b).confidence_interval(0.95)
    assert found.low == pytest.approx(oracle.low)
    assert found.high == pytest.approx(oracle.high)


def test_without_events_the_limit_of_a_ratio_is_the_exact_one() -> None:
    # All 8 events on the other side: half the chance of that is 2.5 % at the limit (mid-P, binomial given 8).
    of, to = Count(0, 300), Count(8, 1000)
    found = intervals.ratio_of_rates(of, to)
    assert found.low is None
    assert found.high is not None
    own = found.high * 300 / (found.high * 300 + 1000)
    assert stats.binom(8, own).pmf(0) / 2 == pytest.approx(0.025)
    other = intervals.ratio_of_rates(to, of)
    assert other.high is None
    assert other.low == pytest.approx(1 / found.high)
    assert intervals.ratio_of_shares(of, to) == found
    assert intervals.ratio_of_rates(Count(0, 1), Count(0, 1)) == Interval(None, None)


def test_shares_of_one_have_an_interval_that_is_not_a_point() -> None:
    found = intervals.ratio_of_shares(Count(20, 20), Count(30, 30))
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 < found.high


def test_a_rate_of_nothing_is_refused() -> None:
    for events, exposure in ((-1, 5), (1, 0)):
        with pytest.raises(ValueError, match="a rate needs"):
            Count(events, exposure)
    with pytest.raises(ValueError, match="no more events than trials"):
        intervals.share(Count(3, 2))
    with pytest.raises(ValueError, match="no more events than trials"):
        intervals.ratio_of_shares(Count(1, 2), Count(3, 2))


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 5, 10, 11, 30, 101, 1000])
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.95, 0.99])
def test_students_quantile_is_scipys(degrees: int, confidence: float) -> None:
    assert quantiles.student(confidence, degrees) == pytest.approx(stats.t.ppf((1 + confidence) / 2, degrees), rel=1e-6)


def test_student_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="degree of freedom"):
        quantiles.student(0.95, 0)
