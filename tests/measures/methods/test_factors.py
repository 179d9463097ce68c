"""The parts of a gap add up to it exactly, however it is cut."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.measures.domain.methods.factors import Cell, of_population

CONDITIONS, FACILITIES = ("heart failure", "pneumonia", "sepsis"), ("360001", "360002")
WORKED = [
    # Rates elsewhere 200/1000 and 100/1000, overall 0.15.
    Cell({"condition": "heart failure"}, 30, Fraction(100), 200, Fraction(1000)),
    Cell({"condition": "pneumonia"}, 45, Fraction(300), 100, Fraction(1000)),
]


@st.composite
def cells(draw: st.DrawFn) -> list[Cell]:
    found = []
    for condition in CONDITIONS:
        for facility in FACILITIES:
            exposure, elsewhere = draw(st.integers(0, 50)), draw(st.integers(0, 500))
            events = draw(st.integers(0, 20)) if exposure else 0
            other = draw(st.integers(0, 100)) if elsewhere else 0
            stratum = {"condition": condition, "facility": facility}
            found.append(Cell(stratum, events, Fraction(exposure, 3), other, Fraction(elsewhere)))
    return found


def test_a_gap_is_told_apart_into_rate_and_mix() -> None:
    # By hand: 75 events, 400 * 0.15 = 60 expected. Heart failure: 30 - 20 by rate, 100 * 0.05 by mix.
    gap = of_population(WORKED)
    assert gap.excess == 15
    first, second = gap.drivers
    assert first.stratum == (("condition", "heart failure"),)
    assert [first.by_rate, first.by_mix] == [10, 5]
    assert [second.by_rate, second.by_mix, second.excess] == [15, -15, 0]
    # scipy: brentq on poisson.cdf(29, m) + poisson.pmf(30, m) / 2 at 0.975 and 0.025, less the 15 expected.
    assert [round(limit, 2) for limit in first.limits] == [5.61, 27.29]


@given(cells())
def test_strata_of_a_population_add_up_to_observed_less_expected(drawn: list[Cell]) -> None:
    elsewhere = sum(cell.exposure_elsewhere for cell in drawn)
    if not elsewhere:
        return
    gap = of_population(drawn)
    overall = Fraction(sum(cell.events_elsewhere for cell in drawn)) / elsewhere
    observed = sum(cell.events for cell in drawn)
    assert gap.excess == observed - overall * sum(cell.exposure for cell in drawn)
    for dimension in ("condition", "facility"):
        parts = gap.by(dimension)
        assert sum(part.excess for part in parts) == gap.excess
        assert sum(part.events for part in parts) == observed
    assert [driver.excess for driver in gap.drivers] == sorted((one.excess for one in gap.drivers), reverse=True)
    assert of_population(drawn[::-1]) == gap


def test_a_stratum_that_is_nowhere_else_is_held_to_the_overall_rate() -> None:
    only_here = Cell({"condition": "sepsis"}, 9, Fraction(20), 0, Fraction(0))
    gap = of_population([*WORKED, only_here])
    assert next(one for one in gap.drivers if one.events == 9).excess == 9 - Fraction(15, 100) * 20
    assert gap.excess == 84 - Fraction(15, 100) * 420


def test_what_cannot_be_taken_apart_says_why() -> None:
    with pytest.raises(ValueError, match="needs strata"):
        of_population([])
    with pytest.raises(ValueError, match="stratum condition pneumonia: told twice"):
        of_population([*WORKED, WORKED[1]])
    with pytest.raises(ValueError, match="stratum condition x: events and exposure"):
        Cell({"condition": "x"}, -1, Fraction(1), 0, Fraction(0))
    with pytest.raises(ValueError, match="stratum condition x: events need"):
        Cell({"condition": "x"}, 1, Fraction(0), 0, Fraction(0))
    nowhere = [Cell({"condition": "x"}, 1, Fraction(1), 0, Fraction(0))]
    with pytest.raises(ValueError, match="comparison has no exposure"):
        of_population(nowhere)
    with pytest.raises(ValueError, match="dimension facility"):
        of_population(WORKED).by("facility")
