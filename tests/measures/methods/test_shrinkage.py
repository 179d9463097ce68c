"""Ranking of gaps by what could be prevented, with what is not certain of it."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from services.measures.domain.methods import shrinkage
from services.measures.domain.methods.shrinkage import Belief, By, Unit

# Measures research §8.6, per person: mean 14 and benchmark 12 per 1,000, the mean worth 20 events.
BELIEF = Belief(mean=0.014, prior=20, benchmark=0.012)
WORKED = [Unit("X", 30, 2_000), Unit("Y", 420, 30_000), Unit("Z", 9, 400)]
units = st.lists(
    st.builds(Unit, st.integers(0, 999).map(str), st.integers(0, 500), st.floats(1, 50_000)),
    min_size=1,
    max_size=15,
    unique_by=lambda one: one.name,
)


def test_the_impact_rank_is_not_the_crude_rank() -> None:
    found = shrinkage.gaps(WORKED, BELIEF)
    assert [(gap.place, gap.name) for gap in found] == [(1, "Y"), (2, "X"), (3, "Z")]
    assert [gap.name for gap in sorted(found, key=lambda gap: -gap.crude)] == ["Z", "X", "Y"]


def test_rates_chances_and_preventable_events_are_those_of_the_worked_example() -> None:
    by_name = {gap.name: gap for gap in shrinkage.gaps(WORKED, BELIEF)}
    worked = {
        "X": (15.00, 14.583, 5.17, 0.02, 0.9010),
        "Y": (14.00, 14.000, 60.00, 34.55, 0.9991),
        "Z": (22.50, 15.859, 1.54, 0.09, 0.9149),
    }
    for name, (crude, shrunk, preventable, cautious, chance) in worked.items():
        gap = by_name[name]
        assert gap.crude * 1000 == pytest.approx(crude, abs=0.005)
        assert gap.shrunk * 1000 == pytest.approx(shrunk, abs=0.0005)
        assert gap.preventable == pytest.approx(preventable, abs=0.005)
        assert gap.cautious == pytest.approx(cautious, abs=0.005)
        assert gap.chance == pytest.approx(chance, abs=0.00005)
        assert gap.flagged


@given(units)
def test_every_gap_follows_from_scipys_gamma_distribution(drawn: list[Unit]) -> None:
    by_name = {unit.name: unit for unit in drawn}
    for gap in shrinkage.gaps(drawn, BELIEF):
        unit = by_name[gap.name]
        after = stats.gamma(20 + unit.events, scale=1 / (20 / 0.014 + unit.exposure))
        assert gap.shrunk == pytest.approx(after.mean())
        assert gap.chance == pytest.approx(after.sf(0.012), abs=1e-8)
        assert gap.cautious == pytest.approx((after.ppf(0.1) - 0.012) * unit.exposure, rel=1e-6, abs=1e-6)
        assert gap.flagged == (gap.chance >= 0.9)


@given(units)
def test_a_rate_is_drawn_between_its_own_and_the_mean(drawn: list[Unit]) -> None:
    found = shrinkage.gaps(drawn, BELIEF)
    assert found == shrinkage.gaps(drawn[::-1], BELIEF)
    for gap in found:
        low, high = sorted((gap.crude, BELIEF.mean))
        assert low - 1e-12 <= gap.shrunk <= high + 1e-12


def test_the_first_place_by_rate_is_far_from_certain() -> None:
    # Measures research §8.6: Z .57, X .30, Y .12; 20,000 draws leave 0.01.
    found = shrinkage.ranks(WORKED, BELIEF, Random(20_190_731), By.RATE, 20_000)
    assert [one.first for one in found] == pytest.approx([0.30, 0.12, 0.57], abs=0.015)
    assert [(one.low, one.high) for one in found] == [(1, 3), (1, 3), (1, 3)]


def test_by_what_could_be_prevented_the_first_place_is_certain() -> None:
    found = shrinkage.ranks(WORKED, BELIEF, Random(1))
    assert [(one.name, one.low, one.high) for one in found] == [("X", 2, 3), ("Y", 1, 1), ("Z", 2, 3)]


@given(units, st.integers(0, 99))
def test_places_are_possible_and_the_same_draws_give_the_same_places(drawn: list[Unit], seed: int) -> None:
    found = shrinkage.ranks(drawn, BELIEF, Random(seed), draws=50)
    assert found == shrinkage.ranks(drawn, BELIEF, Random(seed), draws=50)
    assert sum(one.first for one in found) == pytest.approx(1)
    assert all(1 <= one.low <= one.high <= len(drawn) for one in found)


def test_units_and_beliefs_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one unit"):
        shrinkage.gaps([], BELIEF)
    with pytest.raises(ValueError, match="only once"):
        shrinkage.ranks([WORKED[0], WORKED[0]], BELIEF, Random(1))
    for events, exposure in ((-1, 5), (1, 0)):
        with pytest.raises(ValueError, match="X needs events"):
            Unit("X", events, exposure)
    for mean, prior, benchmark in ((0, 20, 1), (1, 0, 1), (1, 20, -1)):
        with pytest.raises(ValueError, match=r"above 0|below 0"):
            Belief(mean, prior, benchmark)
