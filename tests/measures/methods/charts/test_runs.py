"""Run charts by Anhoej's rules, against scipy and the worked example, and with values equal to the median."""

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.measures.domain.methods.charts.rules import Side
from services.measures.domain.methods.charts.runs import fewest_crossings, longest_run, median, runs
from tests.measures.methods.charts.figures import AFTER, BASELINE


def test_sixteen_quarters_do_not_signal_as_in_the_worked_example() -> None:
    # Measures research §8.4: values to one place, median of the first twelve 15.15, longest 4 <= 7, crossings 7 >= 4.
    values = [Fraction(f"{float(point.value):.1f}") for point in (*BASELINE, *AFTER)]
    middle = median(values[:12])
    assert middle == Fraction("15.15")
    found = runs(values, middle)
    assert (found.useful, found.longest, found.most_longest) == (16, 4, 7)
    assert (found.crossings, found.least_crossings, found.signal) == (7, 4, False)
    assert found.side is Side.LOW


def test_a_value_equal_to_the_median_is_passed_over_where_floating_point_would_see_it_above() -> None:
    values = [Fraction(number) for number in ("0.1", "0.2", "0.3", "0.3", "0.4")]
    assert 0.1 + 0.2 > 0.3  # what would go wrong
    assert runs([*values, Fraction("0.1") + Fraction("0.2")], Fraction("0.3")).useful == 3
    third = [Fraction(events, 3) for events in (1, 2, 1, 0, 1)]
    assert runs(third, median(third)).useful == 2


@given(st.integers(1, 5000))
def test_the_longest_run_of_chance_is_that_of_the_rounded_logarithm(useful: int) -> None:
    assert longest_run(useful) == round(math.log2(useful)) + 3


@given(st.integers(1, 300))
def test_the_fewest_crossings_of_chance_are_scipys_quantile(useful: int) -> None:
    assert fewest_crossings(useful) == max(0, stats.binom.ppf(0.05, useful - 1, 0.5))


def test_a_long_run_and_few_crossings_each_signal() -> None:
    low, high = Fraction(1), Fraction(3)
    shifted = runs([low, high] * 6 + [low] * 8, Fraction(2))
    assert (shifted.long_run, shifted.few_crossings, shifted.signal) == (True, False, True)
    slow = runs(([low] * 5 + [high] * 5) * 2, Fraction(2))
    assert (slow.long_run, slow.few_crossings, slow.signal) == (False, True, True)


def test_without_values_off_the_median_there_is_nothing_to_see() -> None:
    found = runs([Fraction(2)] * 9, Fraction(2))
    assert (found.useful, found.longest, found.crossings, found.side, found.signal) == (0, 0, 0, None, False)
    with pytest.raises(ValueError, match="needs values"):
        median([])


@given(st.lists(st.integers(-5, 5).map(Fraction), min_size=1))
def test_runs_and_crossings_fit_together(values: list[Fraction]) -> None:
    found = runs(values, median(values))
    off = [value > median(values) for value in values if value != median(values)]
    assert found.crossings == sum(one is not later for one, later in itertools.pairwise(off))
    assert found.longest <= found.useful - found.crossings
    mirrored = runs([-value for value in values], -median(values))
    assert (mirrored.longest, mirrored.crossings) == (found.longest, found.crossings)
