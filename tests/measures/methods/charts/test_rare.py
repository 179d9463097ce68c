"""Charts of the time between rare events, against their formulas, and the times no chart can be made of."""

import math
from fractions import Fraction

import pytest

from services.measures.domain.methods.charts.rare import g_chart, t_chart
from services.measures.domain.methods.charts.rules import Found, Rule, Side

GAPS = [3, 5, 0, 7, 2, 10, 1, 4]


def test_a_g_chart_has_the_mean_and_spread_of_the_geometric_distribution() -> None:
    # Mean 4: sigma = sqrt(4 * 5), so the limit is 4 + 3 * 4.4721 = 17.4164 (Benneyan 2001).
    found = g_chart(GAPS)
    assert (found.centre, found.low, found.median) == (4, 0, Fraction(7, 2))
    assert found.high == pytest.approx(17.4164, abs=5e-5)
    assert found.signals == ()


def test_a_long_gap_signals_that_harm_became_rarer() -> None:
    found = g_chart([*GAPS, 17, 18], baseline=8)
    assert found.centre == 4
    assert found.signals == (Found(9, Rule.WE1, Side.HIGH),)


def test_eight_gaps_below_the_median_do_not_lie_beyond_a_limit_and_are_seen_as_a_run() -> None:
    found = g_chart([*GAPS, *[0] * 10], baseline=8)
    assert found.signals == ()
    assert found.runs.long_run
    assert found.runs.side is Side.LOW


def test_a_t_chart_is_a_chart_of_individual_values_to_the_power_of_one_over_three_point_six() -> None:
    # Times whose changed values are 1, 2, 3, 2: mean 2, mean moving range 1, sigma 1 / 1.128.
    found = t_chart([Fraction(number**3.6) for number in (1, 2, 3, 2)])
    assert found.centre == pytest.approx(2**3.6)
    assert found.high == pytest.approx((2 + 3 / 1.128) ** 3.6)
    assert found.low == 0
    tight = t_chart([Fraction(number**3.6) for number in (2.0, 2.1, 2.0, 2.1)])
    assert tight.low == pytest.approx((2.05 - 0.3 / 1.128) ** 3.6)


def test_a_long_time_without_an_event_signals_on_a_t_chart() -> None:
    times = [Fraction(days) for days in (10, 14, 9, 12, 11, 13, 10, 12, 400)]
    found = t_chart(times, baseline=8)
    assert found.signals == (Found(8, Rule.WE1, Side.HIGH),)
    assert math.isclose(found.centre, t_chart(times[:8]).centre)


@pytest.mark.parametrize(
    ("gaps", "baseline", "rule"),
    [
        ([3, 4], None, "needs 3 gaps between events, there are 2"),
        ([3, 4, 5], 8, "needs 8 gaps between events, there are 3"),
        ([3, -4, 5], None, "gap 2: time between events is at least 0"),
        ([0, 0, 0], None, "all 0"),
    ],
)
def test_gaps_without_a_chart_say_why(gaps: list[int], baseline: int | None, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        g_chart(gaps, baseline)


def test_times_that_are_all_the_same_have_no_limits() -> None:
    with pytest.raises(ValueError, match="all the same"):
        t_chart([Fraction(3)] * 5)
