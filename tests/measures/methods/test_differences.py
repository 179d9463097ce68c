"""Differences in differences against Brock's paper, statsmodels and enumeration by hand."""

import itertools
import math
from fractions import Fraction
from random import Random

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from services.measures.domain.intervals import Count
from services.measures.domain.methods import differences, linear
from services.measures.domain.methods.differences import Group
from services.measures.domain.methods.differences_bootstrap import FEW, bootstrapped, few
from services.measures.domain.methods.differences_panel import Cell, Panel, effect, fitted, panel, scores
from services.measures.domain.methods.effects import Wording

# Brock J et al. JAMA 2013;309:381-391: rehospitalizations per 1,000; 100,000 beneficiary-quarters taken for each.
BROCK = Group(Count(1521, 100_000), Count(1434, 100_000), 14), Group(Count(1503, 100_000), Count(1472, 100_000), 50)


def test_brocks_communities_fell_by_056_more() -> None:
    found = differences.change_in_rates(*BROCK)
    assert found.estimate * 1000 == pytest.approx(-0.56, abs=1e-9)
    assert found.wording is Wording.IMPACT
    assert found.error == pytest.approx(math.sqrt(1521 + 1434 + 1503 + 1472) / 100_000)
    hospitalizations = [
        Group(Count(82_270, 10**6), Count(77_540, 10**6)),
        Group(Count(82_090, 10**6), Count(79_480, 10**6)),
    ]
    assert differences.change_in_rates(*hospitalizations).estimate * 1000 == pytest.approx(-2.12, abs=1e-9)


def test_as_a_ratio_of_ratios_it_is_that_of_the_worked_example() -> None:
    # Measures research §8.5: 0.9627 (0.8695 to 1.0659).
    found = differences.ratio_of_ratios(*BROCK)
    assert [found.estimate, found.low, found.high] == pytest.approx([0.9627, 0.8695, 1.0659], abs=5e-5)
    assert not found.clear


@given(st.lists(st.integers(1, 500), min_size=4, max_size=4), st.lists(st.integers(1, 900), min_size=4, max_size=4))
@settings(max_examples=25, deadline=None)
@pytest.mark.filterwarnings("ignore")  # statsmodels warns that a saturated model leaves nothing to estimate errors from
def test_the_ratio_is_the_interaction_of_a_poisson_regression(events: list[int], exposure: list[int]) -> None:
    one, two, three, four = (Count(*both) for both in zip(events, exposure, strict=True))
    found = differences.ratio_of_ratios(Group(one, two), Group(three, four))
    design = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0], [1, 0, 1, 0]], dtype=float)
    oracle = sm.GLM(events, design, family=sm.families.Poisson(), exposure=exposure).fit(tol=1e-12)
    assert math.log(found.estimate) == pytest.approx(float(oracle.params[3]), abs=1e-6)
    assert found.error == pytest.approx(float(oracle.bse[3]), abs=1e-6)


def test_a_ratio_needs_events_everywhere() -> None:
    with pytest.raises(ValueError, match="in both groups, before and after"):
        differences.ratio_of_ratios(Group(Count(0, 1), Count(1, 1)), BROCK[1])


def drawn(seed: int, units: int = 12, times: int = 6, treated: int = 5, logarithm: float = -0.1) -> list[Cell]:
    random = np.random.default_rng(seed)
    found = []
    for unit in range(units):
        level, drift = random.normal(0, 0.2), random.normal(0, 0.05)
        for time in range(times):
            exposure = int(random.integers(20, 60))
            log = 1 + level + drift * time + logarithm * (unit < treated and time >= times // 2)
            events = int(random.poisson(exposure * math.exp(log)))
            found.append(Cell(f"u{unit:02}", f"2010-{time + 1:02}", events, Fraction(exposure)))
    return found


def with_treated(cells: list[Cell], treated: int = 5, first_after: str = "2010-04") -> Panel:
    return panel(cells, {f"u{unit:02}" for unit in range(treated)}, first_after)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(4, 12), st.integers(2, 7), st.integers(0, 5))
def test_the_effect_and_its_robust_error_are_those_of_statsmodels(
    seed: int, units: int, times: int, missing: int
) -> None:
    cells = drawn(seed, units, times, 2)[min(missing, times - 1) :]
    first_after = f"2010-{times // 2 + 1:02}"
    found = effect(with_treated(cells, 2, first_after))
    unit_names, names = sorted({cell.unit for cell in cells}), sorted({cell.period for cell in cells})
    design = [
        [float(cell.unit < "u02" and cell.period >= first_after)]
        + [float(cell.unit == unit) for unit in unit_names]
        + [float(cell.period == name) for name in names[1:]]
        for cell in cells
    ]
    groups = [unit_names.index(cell.unit) for cell in cells]
    oracle = sm.GLM(
        [cell.events for cell in cells], np.array(design), family=sm.families.Poisson(),
        exposure=[float(cell.exposure) for cell in cells],
    ).fit(cov_type="cluster", cov_kwds={"groups": np.array(groups)}, tol=1e-13)  # fmt: skip
    assert math.log(found.estimate) == pytest.approx(float(oracle.params[0]), abs=1e-6)
    assert found.error == pytest.approx(float(oracle.bse[0]), abs=1e-6)


def test_the_order_of_cells_and_what_has_no_events_change_nothing() -> None:
    cells = drawn(3)
    silent = [Cell("u99", cell.period, 0, Fraction(10)) for cell in cells[:6]]
    empty = [Cell("u03", "2010-07", 0, Fraction(10))]
    assert with_treated([*silent, *cells[::-1], *empty]) == with_treated(cells)
    assert with_treated(cells).compared == 7


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ([*drawn(1), drawn(1)[3]], "unit u00, period 2010-04: told twice"),
        ([Cell("u00", "2010-01", -1, Fraction(1))], "unit u00, period 2010-01: events are at least 0"),
        ([Cell("u00", "2010-01", 1, Fraction(0))], "unit u00, period 2010-01: events are at least 0"),
        (drawn(1)[:24], "at least 2 units to compare with"),
        (drawn(1)[24:], "at least 2 units with the intervention"),
        ([cell for cell in drawn(1) if cell.period < "2010-04"], "units with the intervention have no events after"),
        ([cell for cell in drawn(1) if cell.period >= "2010-04"], "units with the intervention have no events before"),
    ],
)
def test_what_is_no_comparison_says_why(cells: list[Cell], rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        with_treated(cells)


def test_events_too_few_for_an_estimate_are_refused() -> None:
    # The periods of the two groups do not meet: nothing says what the intervention did.
    cells = [Cell(f"u0{unit}", f"2010-0{time}", 5, Fraction(1)) for unit in (0, 1) for time in (1, 4)]
    cells += [Cell(f"u0{unit}", f"2010-0{time}", 5, Fraction(1)) for unit in (7, 8) for time in (2, 5)]
    with pytest.raises(ValueError, match="cannot tell"):
        effect(with_treated(cells))


def test_as_many_terms_as_cells_leave_no_error() -> None:
    cells = [cell for cell in drawn(1, units=4, times=2, treated=2) if (cell.unit, cell.period) != ("u00", "2010-01")]
    cells = [cell for cell in cells if (cell.unit, cell.period) != ("u03", "2010-02")]
    with pytest.raises(ValueError, match="too few for an estimate"):
        effect(with_treated(cells, 2, "2010-02"))


def test_the_bootstrap_of_few_units_tries_all_signs() -> None:
    of = with_treated(drawn(7, units=8, treated=3), 3)
    found = scores(of, fitted(of, 0.0))
    weights = linear.times(linear.inverse([row[1:] for row in found.information[1:]]), found.information[0][1:])
    cleared = [score[0] - linear.dot(weights, score[1:]) for score in found.of_units]
    sums = [
        abs(math.fsum(s * one for s, one in zip(sign, cleared, strict=True)))
        for sign in itertools.product((1, -1), repeat=8)
    ]
    wanted = sum(one >= abs(math.fsum(cleared)) - 1e-9 for one in sums) / 256
    assert bootstrapped(of, Random(1)).chance == wanted
    assert bootstrapped(of, Random(2)) == bootstrapped(of, Random(1))


def test_the_same_seed_gives_the_same_limits_and_others_nearly_so() -> None:
    of = with_treated(drawn(4))
    first = bootstrapped(of, Random(1))
    assert bootstrapped(of, Random(1)) == first
    other = bootstrapped(of, Random(2))
    assert other != first
    assert other.effect.low == pytest.approx(first.effect.low, rel=0.03)
    assert first.effect.estimate == effect(of).estimate


def test_limits_and_chance_agree_on_whether_nothing_happened() -> None:
    for seed in range(8):
        found = bootstrapped(with_treated(drawn(seed, logarithm=-0.12)), Random(seed))
        assert found.effect.clear is (found.chance <= 0.05)


def test_four_units_are_too_few_for_limits() -> None:
    # Of 16 signs two give the sum itself: no effect has less than 12.5 % chance.
    found = bootstrapped(with_treated(drawn(2, units=4, treated=2), 2), Random(1))
    assert (found.effect.low, found.effect.high) == (None, None)
    assert found.chance >= 0.125


def test_few_units_are_fewer_than_forty() -> None:
    assert FEW == 40
    assert few(with_treated(drawn(1)))
    assert not few(with_treated(drawn(1, units=40)))
