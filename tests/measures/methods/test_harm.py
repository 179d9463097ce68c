"""Hospital-acquired conditions against the goal of 40 % less, and the ratio of readmissions to what is expected."""

from fractions import Fraction

import pytest

from services.measures.domain.methods import harm
from services.measures.domain.methods.harm import HarmGoal, HarmRate

PARTNERSHIP, REBASED = harm.NATIONAL


def test_forty_percent_less_than_145_is_87_and_115_is_not_there_yet() -> None:
    # AHRQ national scorecard: 145 in 2010, 115 in 2015, 21 % less.
    found = harm.progress(PARTNERSHIP, HarmRate(harm.ALL_HARM_2010, Fraction(115)))
    assert found.target == Fraction("87.0")
    assert float(100 * found.change) == pytest.approx(-20.7, abs=0.05)
    assert not found.reached
    assert harm.progress(PARTNERSHIP, HarmRate(harm.ALL_HARM_2010, Fraction(87))).reached


def test_the_goal_after_re_basing_is_a_fifth_less_than_99() -> None:
    assert REBASED.target == Fraction("79.2")


def test_rates_of_different_series_are_not_compared() -> None:
    for series in (harm.TRACKED, harm.ALL_HARM_2014):
        with pytest.raises(ValueError, match="is not compared with a goal for all harm, baseline 2010"):
            harm.progress(PARTNERSHIP, HarmRate(series, Fraction(80)))


def test_the_tracked_subset_adds_its_harms_and_says_what_it_is() -> None:
    found = harm.tracked({"CLABSI": 12, "CAUTI": 20, "falls": 4}, 9000)
    assert found == HarmRate("tracked HAC subset", Fraction(4))
    start = HarmRate(harm.TRACKED, Fraction(5))
    assert harm.progress(HarmGoal(start, harm.REDUCTION), found).change == Fraction(-1, 5)


def test_what_cannot_be_is_refused_with_its_rule() -> None:
    with pytest.raises(ValueError, match="at least one kind of harm"):
        harm.tracked({}, 100)
    with pytest.raises(ValueError, match="number of harms cannot be below 0"):
        harm.tracked({"CLABSI": -1}, 100)
    with pytest.raises(ValueError, match="discharges above 0"):
        harm.tracked({"CLABSI": 1}, 0)
    with pytest.raises(ValueError, match="rate of harm cannot be below 0"):
        HarmRate(harm.TRACKED, Fraction(-1))
    with pytest.raises(ValueError, match="without harm cannot be reduced"):
        HarmGoal(HarmRate(harm.TRACKED, Fraction(0)), Fraction(1, 2))
    with pytest.raises(ValueError, match="a reduction is a share"):
        HarmGoal(HarmRate(harm.TRACKED, Fraction(5)), Fraction(3, 2))
