"""Centres and limits against the worked examples, and what has no limits."""

import dataclasses
import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.methods.charts import limits, rules
from services.measures.domain.methods.charts.limits import Centre
from services.measures.domain.methods.charts.points import Kind, Point, named
from services.measures.domain.methods.charts.rules import Found, Rule, Side
from tests.measures.methods.charts.figures import AFTER, BASELINE, quarters


def test_the_u_chart_has_the_centre_limits_and_distances_of_the_worked_example() -> None:
    # Measures research §1.3, example 3; identical in qicharts2 0.8.1.
    centre = limits.centre(Kind.U, BASELINE)
    assert float(centre.value) == pytest.approx(15.1726, abs=5e-5)
    placed = [limits.place(centre, point) for point in AFTER]
    assert [one.z for one in placed] == pytest.approx([-2.164, -2.422, -2.719, -1.581], abs=5e-4)
    assert [one.low for one in placed[:3]] == pytest.approx([13.3521, 13.3543, 13.3565], abs=5e-5)
    assert [one.high for one in placed[:3]] == pytest.approx([16.9932, 16.9910, 16.9888], abs=5e-5)
    assert [float(one.value) for one in placed[:3]] == pytest.approx([13.8592, 13.7046, 13.5266], abs=5e-5)


def test_two_of_three_beyond_two_sigma_fires_though_no_point_is_beyond_three() -> None:
    centre = limits.centre(Kind.U, BASELINE)
    found = rules.signals([limits.mark(centre, point) for point in AFTER])
    assert found[0] == Found(1, Rule.WE2, Side.LOW)
    assert Rule.WE1 not in {one.rule for one in found}


def test_laneys_sigma_of_z_is_that_of_the_example_and_never_narrows_the_limits() -> None:
    # Measures research §1.3, example 4: 0.5542, raw limits 14.1637 to 16.1816; below 1 it is taken as 1.
    plain, prime = limits.centre(Kind.U, BASELINE), limits.centre(Kind.U_PRIME, BASELINE)
    sigma = limits.sigma_of_z(BASELINE, plain.value)
    assert sigma == pytest.approx(0.5542, abs=5e-5)
    raw = limits.place(dataclasses.replace(prime, spread=Fraction(sigma)), AFTER[0])
    assert [raw.low, raw.high] == pytest.approx([14.1637, 16.1816], abs=5e-5)
    assert prime.spread == 1
    assert limits.place(prime, AFTER[0]) == limits.place(plain, AFTER[0])


def test_points_that_spread_more_than_chance_get_wider_limits_by_laney_only() -> None:
    points = quarters([500, 700] * 6, [40] * 12)
    plain, prime = limits.centre(Kind.U, points), limits.centre(Kind.U_PRIME, points)
    # Every z is -+100/40 over sqrt(15/40), so every moving range is twice that.
    assert float(prime.spread) == pytest.approx(2 * 2.5 / math.sqrt(15 / 40) / 1.128)
    wide, narrow = limits.place(prime, points[0]), limits.place(plain, points[0])
    assert float(prime.spread) * narrow.z**2 == pytest.approx(float(prime.spread) ** 3 * wide.z**2)
    assert wide.low < narrow.low
    assert wide.high > narrow.high


def test_a_p_chart_has_binomial_limits_within_nought_and_one() -> None:
    # Montgomery's form: 0.1 -+ 3 sqrt(0.1 * 0.9 / 100) = 0.01 to 0.19.
    points = quarters([10] * 12, [100] * 12)
    centre = limits.centre(Kind.P, points)
    placed = limits.place(centre, points[0])
    assert [centre.value, placed.low, placed.high] == pytest.approx([0.1, 0.01, 0.19])
    few = Point(period="2009Q1", events=4, exposure=Fraction(4))
    assert limits.place(centre, few).low == 0
    most = limits.centre(Kind.P, quarters([90] * 12, [100] * 12))
    assert limits.place(most, few).high == 1


def test_a_point_exactly_on_its_limit_does_not_signal() -> None:
    # Centre 9 per unit, sigma 3: 18 events lie exactly 3 sigma above, 19 beyond.
    centre = Centre(Kind.U, Fraction(9))
    on, beyond = quarters([18, 19], [1, 1])
    assert limits.mark(centre, on).zone == 3  # above the centre, 1 and 2 sigma
    assert rules.signals([limits.mark(centre, on)]) == []
    assert rules.signals([limits.mark(centre, beyond)]) == [Found(0, Rule.WE1, Side.HIGH)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=2, max_size=20))
def test_distances_weighted_by_their_sigma_cancel_about_the_centre(drawn: list[tuple[int, int]]) -> None:
    if not any(events for events, _ in drawn):
        return
    points = quarters([events for events, _ in drawn], [exposure for _, exposure in drawn])
    centre = limits.centre(Kind.U, points)
    assert sum((point.value - centre.value) * point.exposure for point in points) == 0
    assert centre == limits.centre(Kind.U, list(reversed(points)))


@pytest.mark.parametrize(
    ("kind", "events", "exposure", "rule"),
    [
        (Kind.U, [0] * 3, [5] * 3, "without events"),
        (Kind.P, [5] * 3, [5] * 3, "every trial is an event"),
        (Kind.P, [6, 1], [5, 5], "period 2006Q1: a share has no more events"),
        (Kind.U, [], [], "needs points"),
        (Kind.U_PRIME, [3], [5], "needs two points"),
        (Kind.RUN, [3], [5], "median"),
    ],
)
def test_what_has_no_limits_says_why(kind: Kind, events: list[int], exposure: list[int], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        limits.centre(kind, quarters(events, exposure))


@pytest.mark.parametrize(
    ("period", "events", "exposure", "rule"),
    [
        ("2006Q1R4", 1, 1, "period 2006Q1R4: four quarters share"),
        ("2006Q1", -1, 1, "period 2006Q1: events, exposure"),
        ("2006Q1", 1, -1, "period 2006Q1: events, exposure"),
        ("2006Q1", 1, 0, "period 2006Q1: events need"),
        ("last year", 1, 1, "a period is written"),
    ],
)
def test_a_point_that_cannot_be_is_refused_by_name(period: str, events: int, exposure: int, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        Point(period=period, events=events, exposure=Fraction(exposure))


def test_a_baseline_is_named_by_its_first_and_last_period() -> None:
    assert named("2006Q3", "2007Q2") == ("2006Q3", "2006Q4", "2007Q1", "2007Q2")
    assert named("2006-12", "2007-01") == ("2006-12", "2007-01")
    for first, last in (("2007Q1", "2006Q4"), ("2006-01", "2006Q4")):
        with pytest.raises(ValueError, match="of the same kind that is not earlier"):
            named(first, last)


def test_mean_moving_ranges_are_those_of_neighbours() -> None:
    points = quarters([10, 20, 15], [1, 1, 1])
    scores = [(events - 15) / math.sqrt(15) for events in (10, 20, 15)]
    ranges = [abs(later - one) for one, later in itertools.pairwise(scores)]
    assert limits.sigma_of_z(points, Fraction(15)) == pytest.approx(sum(ranges) / 2 / 1.128)
