"""Disparities: a population against everybody else, also where two populations meet."""

from fractions import Fraction

import pytest

from services.measures.domain.disparities import Sums, disparity, divide
from services.measures.domain.intervals import Interval
from services.measures.domain.strata import Flag

BOTH = int(Flag.CHRONIC_2 | Flag.POLYPHARMACY)
CELLS = {
    0: Sums(10, 1000),
    int(Flag.CHRONIC_2): Sums(20, 500),
    int(Flag.POLYPHARMACY): Sums(6, 200),
    BOTH: Sums(30, 300),
    BOTH | int(Flag.DUAL_FULL): Sums(12, 100),
}


def test_a_population_is_compared_with_everybody_else() -> None:
    population, others = divide(CELLS, "chronic_2")
    assert (population, others) == (Sums(62, 900), Sums(16, 1200))
    found = disparity(population, others, share=True)
    assert found.ratio == Fraction(62 * 1200, 900 * 16)
    # Katz: exp(ln 5.1667 -+ 1.959964 * sqrt(1/62 - 1/900 + 1/16 - 1/1200)).
    assert [found.interval.low, found.interval.high] == pytest.approx([3.00259, 8.89048], abs=1e-4)


def test_who_has_many_conditions_and_many_medications_has_both() -> None:
    assert divide(CELLS, "chronic_2+polypharmacy") == (Sums(42, 400), Sums(36, 1700))
    assert divide(CELLS, "not-dual_full")[1] == Sums(12, 100)
    with pytest.raises(ValueError, match="no stratum"):
        divide(CELLS, "rich")


def test_the_two_sides_are_all_of_them() -> None:
    for stratum in ("all", "dual_full", "chronic_2", "chronic_2+polypharmacy"):
        one, other = divide(CELLS, stratum)
        assert (one.numerator + other.numerator, one.denominator + other.denominator) == (78, 2100)


def test_without_anybody_on_one_side_there_is_no_ratio() -> None:
    found = disparity(Sums(5, 100), Sums(0, 0), share=False)
    assert (found.ratio, found.interval) == (None, Interval(None, None))


def test_without_events_among_the_others_only_a_lower_limit_is_said() -> None:
    found = disparity(Sums(8, 1000), Sums(0, 300), share=False)
    assert found.ratio is None
    assert found.interval.high is None
    assert found.interval.low is not None
    none = disparity(Sums(0, 300), Sums(8, 1000), share=False)
    assert none.ratio == 0
    assert none.interval.low is None
