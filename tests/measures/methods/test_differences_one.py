"""One unit beside several: worked by hand, and limits that hold whether units change alike or apart."""

import math
from random import Random

import numpy as np
import pytest
from scipy import stats

from services.measures.domain.intervals import Count
from services.measures.domain.methods.differences_one import Change, beside, of_counts, of_values
from services.measures.domain.methods.effects import Wording


def test_the_ratio_is_that_of_the_units_change_to_the_mean_change_of_the_others() -> None:
    # Halved beside two that fell to 0.8 and rose to 1.25 (mean of logarithms 0): ratio 0.5; the logarithms lie
    # 0.2231 from 0, so their variance is 2 * 0.2231**2 and the error sqrt(2 * 0.2231**2 * 1.5).
    others = [of_values(10, 8), of_values(8, 10)]
    found = beside(of_values(10, 5), others)
    error = math.sqrt(2 * math.log(1.25) ** 2 * 1.5)
    assert found.estimate == pytest.approx(0.5)
    assert found.error == pytest.approx(error)
    assert found.low == pytest.approx(0.5 * math.exp(-stats.t.ppf(0.975, 1) * error))
    assert found.high == pytest.approx(0.5 * math.exp(stats.t.ppf(0.975, 1) * error))
    assert found.wording is Wording.IMPACT


def test_others_that_happen_to_change_alike_do_not_make_it_surer_than_chance_allows() -> None:
    same = of_counts(Count(400, 1000), Count(400, 1000), share=False)
    found = beside(same, [same] * 4)
    assert found.error == pytest.approx(math.sqrt(2 / 400 * (1 + 1 / 4)))


def test_a_unit_with_fewer_events_is_less_sure() -> None:
    others = [Change(0.1, 0.01), Change(-0.1, 0.01), Change(0.0, 0.01)]
    assert (beside(Change(0.0, 0.05), others).error or 0) > (beside(Change(0.0, 0.01), others).error or 0)


def test_beside_a_single_unit_it_is_the_poisson_regression_of_two_by_two() -> None:
    # Brock et al., JAMA 2013: quarterly rates as events of 100,000 beneficiary-quarters a cell give 0.9627 (0.8695 to
    # 1.0659); 15.21 and 14.34 of 1,000 with coalitions, 15.03 and 14.72 without.
    own = of_counts(Count(1521, 100_000), Count(1434, 100_000), share=False)
    other = of_counts(Count(1503, 100_000), Count(1472, 100_000), share=False)
    found = beside(own, [other])
    assert (found.estimate, found.low, found.high) == pytest.approx((0.9627, 0.8695, 1.0659), abs=5e-5)


def test_what_cannot_be_told_says_why() -> None:
    with pytest.raises(ValueError, match="events before and after"):
        of_counts(Count(0, 10), Count(3, 10), share=False)
    with pytest.raises(ValueError, match="above 0"):
        of_values(0, 1)
    with pytest.raises(ValueError, match="at least 2 units"):
        beside(of_values(1, 2), [of_values(1, 2)])
    with pytest.raises(ValueError, match="at least one unit"):
        beside(of_values(1, 2), [])


def test_a_share_has_the_binomial_variance() -> None:
    change = of_counts(Count(20, 100), Count(30, 100), share=True)
    assert change.variance == pytest.approx(0.8 / 20 + 0.7 / 30)


@pytest.mark.parametrize("others", [3, 8])
@pytest.mark.parametrize("apart", [0.0, 0.1])
@pytest.mark.parametrize("effect", [0.0, -0.25])
def test_limits_cover_at_least_as_often_as_theory_says(others: int, apart: float, effect: float) -> None:
    """Over 400 seeds; without spread of their own the floor of chance makes the limits wider than need be."""
    covered = 0
    for seed in range(400):
        random, counts = Random(seed), np.random.default_rng(seed)
        changes = []
        for unit in range(others + 1):
            ratio = math.exp(random.gauss(0, apart) + (effect if unit == 0 else 0))
            before, after = int(counts.poisson(2000)), int(counts.poisson(2000 * ratio))
            changes.append(of_counts(Count(before, 1e5), Count(after, 1e5), share=False))
        found = beside(changes[0], changes[1:])
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= math.exp(effect) <= found.high
    low, high = stats.binom.ppf([0.0005, 0.9995], 400, 0.95)
    assert covered >= low
    assert apart == 0.0 or covered <= high
