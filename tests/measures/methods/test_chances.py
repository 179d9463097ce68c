"""Chances of whole numbers and of the gamma distribution against scipy."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.measures.domain.methods import discrete, gamma

shapes = st.floats(-5, 12).map(math.exp)
chances = st.floats(1e-6, 1 - 1e-6)


@given(st.integers(1, 3000), st.floats(0.0005, 0.9995), chances)
def test_binomial_chances_are_scipys(trials: int, share: float, chance: float) -> None:
    found, oracle = discrete.binomial(trials, share), stats.binom(trials, share)
    number = found.quantile(chance)
    assert found.at_most(number - 1) < chance <= found.at_most(number)
    assert found.at_most(number) == pytest.approx(oracle.cdf(number), abs=1e-10)
    assert found.exactly(number) == pytest.approx(oracle.pmf(number), abs=1e-10)


@given(st.floats(0.001, 5000), chances)
def test_poisson_chances_are_scipys(mean: float, chance: float) -> None:
    found, oracle = discrete.poisson(mean), stats.poisson(mean)
    number = found.quantile(chance)
    assert found.at_most(number - 1) < chance <= found.at_most(number)
    assert found.at_most(number) == pytest.approx(oracle.cdf(number), abs=1e-10)
    assert found.exactly(number) == pytest.approx(oracle.pmf(number), abs=1e-10)


def test_far_from_the_middle_chances_are_none_and_all() -> None:
    found = discrete.binomial(100_000, 0.18)
    assert (found.at_most(10), found.exactly(10)) == (0, 0)
    assert found.at_most(100_000) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(("trials", "share"), [(0, 0.5), (5, 0), (5, 1)])
def test_trials_without_chance_are_refused(trials: int, share: float) -> None:
    with pytest.raises(ValueError, match="trial"):
        discrete.binomial(trials, share)
    with pytest.raises(ValueError, match="above 0"):
        discrete.poisson(0)


@given(shapes.filter(lambda shape: shape > 0.1), chances)  # below, scipy's places are 0 long before ours
def test_the_gamma_distribution_is_scipys(shape: float, chance: float) -> None:
    place = stats.gamma.ppf(chance, shape)
    assert gamma.below(place, shape) == pytest.approx(chance, abs=1e-8)
    assert gamma.quantile(chance, shape) == pytest.approx(place, rel=1e-7)


@given(shapes, chances)
def test_a_place_of_the_gamma_distribution_has_its_chance_below(shape: float, chance: float) -> None:
    place = gamma.quantile(chance, shape)
    assert place == 1e-300 or gamma.below(place, shape) == pytest.approx(chance, abs=1e-9)


def test_far_beyond_the_mean_everything_is_below() -> None:
    assert gamma.below(100_000, 20) == 1
    assert gamma.below(60, 20) == pytest.approx(stats.gamma.cdf(60, 20), abs=1e-15)


def test_gamma_chances_that_cannot_be_are_refused() -> None:
    assert gamma.below(-1, 2) == 0
    with pytest.raises(ValueError, match="shape above 0"):
        gamma.below(1, 0)
    for chance in (0.0, 1.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            gamma.quantile(chance, 2)
