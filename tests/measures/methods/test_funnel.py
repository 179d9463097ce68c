"""Limits of funnel plots, and how they give way when units differ by more than chance."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.measures.domain.methods import funnel, overdispersion
from services.measures.domain.methods.overdispersion import Unit

TARGET = 0.18
# Measures research §8.3: five units around a target of 0.18, and their deviates.
WORKED = [(20, 100), (50, 200), (90, 600), (160, 800), (260, 1000)]
DEVIATES = [0.521, 2.577, -1.913, 1.472, 6.585]
units = st.lists(st.builds(Unit, st.floats(-8, 8), st.floats(0.001, 0.3)), min_size=2, max_size=40)


def found(trials: int) -> list[float]:
    return [limit.value for limit in funnel.share(TARGET, trials)]


@pytest.mark.parametrize(
    ("trials", "limits"),
    [
        (50, (0.0228, 0.0687, 0.2822, 0.3549)),
        (200, (0.0983, 0.1258, 0.2324, 0.2657)),
        (1000, (0.1429, 0.1560, 0.2036, 0.2179)),
    ],
)
def test_limits_around_eighteen_percent_are_those_of_the_table(trials: int, limits: tuple[float, ...]) -> None:
    assert found(trials) == pytest.approx(limits, abs=0.00005)  # measures research §8.3


def interpolated(oracle: stats.rv_discrete, chance: float) -> float:
    """Spiegelhalter 2005, written with scipy."""
    number = oracle.ppf(chance)
    return float(max(0, number - (oracle.cdf(number) - chance) / oracle.pmf(number)))


@given(st.integers(1, 2000), st.floats(0.01, 0.99))
def test_limits_of_shares_are_those_of_scipys_binomial(trials: int, target: float) -> None:
    for limit in funnel.share(target, trials):
        assert limit.value * trials == pytest.approx(interpolated(stats.binom(trials, target), limit.chance), abs=1e-6)


@given(st.floats(0.1, 5000), st.floats(0.001, 2))
def test_limits_of_rates_are_those_of_scipys_poisson(exposure: float, target: float) -> None:
    for limit in funnel.rate(target, exposure):
        oracle = stats.poisson(target * exposure)
        assert limit.value * exposure == pytest.approx(interpolated(oracle, limit.chance), abs=1e-6)


@given(st.integers(1, 400), st.floats(0.01, 0.99), st.integers(0, 400))
def test_what_exceeds_a_limit_has_a_mid_p_tail_beyond_it_as_scipy_reckons(
    trials: int, target: float, drawn: int
) -> None:
    events, oracle = min(drawn, trials), stats.binom(trials, target)
    tail = float(oracle.sf(events) + oracle.pmf(events) / 2)
    for limit in funnel.share(target, trials)[2:]:
        if abs(tail - (1 - limit.chance)) > 1e-9:
            assert limit.is_exceeded(events, events / trials) == (tail < 1 - limit.chance)


def test_one_event_of_one_trial_is_what_chance_gives() -> None:
    for target in (0.03, 0.565):
        assert [limit.is_exceeded(1, 1.0) for limit in funnel.share(target, 1)[2:]] == [target == 0.03, False]


def test_limits_draw_in_as_units_grow_and_never_leave_what_is_possible() -> None:
    widths = [limits[-1] - limits[0] for limits in map(found, (10, 50, 250, 1250))]
    assert widths == sorted(widths, reverse=True)
    assert found(1)[0] == 0
    assert found(1)[-1] <= 1


def test_widened_limits_move_away_from_the_target_but_not_below_none_or_above_all() -> None:
    limits = funnel.share(TARGET, 50)
    wide = [limit.value for limit in funnel.stretched(limits, TARGET, 2.0)]
    assert wide == pytest.approx([0, 0, 0.18 + 2 * (0.282248 - 0.18), 0.18 + 2 * (0.354882 - 0.18)], abs=1e-5)
    assert [limit.value for limit in funnel.stretched(limits, TARGET, 100.0, most=1.0)] == [0, 0, 1, 1]
    same = funnel.stretched(limits, TARGET, 1.0)
    assert [limit.value for limit in same] == pytest.approx([limit.value for limit in limits])


def test_targets_and_chances_that_cannot_be_are_refused() -> None:
    for target in (0.0, 1.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            funnel.share(target, 5)
    with pytest.raises(ValueError, match="at least one trial"):
        funnel.share(TARGET, 0)
    for target, exposure in ((0.0, 5.0), (1.0, 0.0)):
        with pytest.raises(ValueError, match="above 0"):
            funnel.rate(target, exposure)
    with pytest.raises(ValueError, match="chance of a limit"):
        funnel.share(TARGET, 5, (0.5, 1.0))
    with pytest.raises(ValueError, match="not narrowed"):
        funnel.stretched(funnel.share(TARGET, 5), TARGET, 0.5)


def test_deviates_and_phi_are_those_of_the_worked_example() -> None:
    worked = [overdispersion.of_share(events, trials, TARGET) for events, trials in WORKED]
    assert [unit.deviate for unit in worked] == pytest.approx(DEVIATES, abs=0.0005)
    as_they_are = overdispersion.dispersion(worked, Fraction(0))
    assert as_they_are.phi == pytest.approx(11.22, abs=0.005)
    drawn_in = overdispersion.dispersion(worked)
    assert drawn_in.raw == pytest.approx(11.22, abs=0.005)
    assert drawn_in.phi < as_they_are.phi  # one outlier no longer decides
    assert drawn_in.factor == pytest.approx(math.sqrt(drawn_in.phi))


@given(units)
def test_phi_is_the_mean_square_after_numpys_percentiles_bound_the_deviates(drawn: list[Unit]) -> None:
    deviates = np.array([unit.deviate for unit in drawn])
    bounded = np.clip(deviates, np.quantile(deviates, 0.1), np.quantile(deviates, 0.9))
    assert overdispersion.dispersion(drawn).phi == pytest.approx(float(np.mean(bounded**2)))


@given(units)
def test_the_variance_between_units_makes_up_for_what_chance_does_not_explain(drawn: list[Unit]) -> None:
    spread = overdispersion.dispersion(drawn)
    weights = np.array([unit.error for unit in drawn]) ** -2.0
    more = len(drawn) * spread.phi - (len(drawn) - 1)
    expected = more / (weights.sum() - (weights**2).sum() / weights.sum())
    assert spread.between == pytest.approx(max(0.0, expected))
    assert spread.factor >= 1


def test_rates_have_the_error_of_a_poisson_count() -> None:
    unit = overdispersion.of_rate(30, 2000, 0.012)
    assert unit.error == pytest.approx(math.sqrt(24) / 2000)
    assert unit.deviate == pytest.approx(6 / math.sqrt(24))


@pytest.mark.parametrize(
    ("make", "rule"),
    [
        (lambda: overdispersion.dispersion([Unit(1, 1)]), "at least two"),
        (lambda: overdispersion.dispersion([Unit(1, 1)] * 3, Fraction(1, 2)), "below a half"),
        (lambda: overdispersion.of_share(3, 2, 0.5), "no more events than trials"),
        (lambda: overdispersion.of_share(0, 0, 0.5), "at least one trial"),
        (lambda: overdispersion.of_share(1, 2, 1.0), "between 0 and 1"),
        (lambda: overdispersion.of_rate(-1, 2, 1.0), "events of at least 0"),
        (lambda: Unit(1, 0), "standard error is above 0"),
    ],
)
def test_units_that_cannot_be_compared_are_refused(make: object, rule: str) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=rule):
        make()
