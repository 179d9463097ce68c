"""The worked examples of the measures reference, section 6.5, and what a composite of a home comes to."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from services.measures.domain.panel.figures import figure
from services.measures.domain.residents.count import count
from services.measures.domain.residents.definitions import COLLABORATIVE, COMPOSITE, MEASURES, REVERSED
from tests.measures.residents.records import amounts, assessed, discharged, entered, figure_of, in_force, moved

# 6.5, example 1: the vaccines by who was given.
HOME = {
    "falls_injury": (2, 80),
    "urinary_infection": (4, 80),
    "pain": (3, 60),
    "pressure_ulcers": (5, 55),
    "bowel_or_bladder": (18, 40),
    "catheter": (2, 76),
    "restraints": (0, 80),
    "more_help": (12, 70),
    "weight_loss": (6, 78),
    "depressive": (3, 75),
    "antipsychotic": (14, 68),
    "influenza": (74, 80),
    "pneumococcal": (72, 80),
}


def sums() -> dict[str, int]:
    return {name: amount for key, (met, of) in HOME.items() for name, amount in ((key, met), (f"{key}_of", of))}


def test_the_composite_is_failures_per_opportunity_with_vaccines_reversed() -> None:
    found = figure(COMPOSITE, [sums()])
    assert (found.numerator, found.denominator) == (83, 922)
    assert found.value == Fraction(8300, 922)
    assert round(float(found.value), 2) == 9.00
    assert (found.low, found.high) == (None, None)


def test_six_per_hundred_allow_fifty_five_of_these_opportunities() -> None:
    assert COMPOSITE.goal == 6
    assert Fraction(100 * 55, 922) <= COMPOSITE.goal < Fraction(100 * 56, 922)
    assert 83 - 55 == 28


def test_the_composite_is_neither_unreversed_nor_the_mean_of_percentages() -> None:
    unreversed = Fraction(100 * sum(met for met, _ in HOME.values()), 922)
    assert round(float(unreversed), 2) == 23.32
    parts = [Fraction(of - met if key in REVERSED else met, of) for key, (met, of) in HOME.items()]
    assert round(float(100 * sum(parts) / 13), 2) == 10.47
    assert figure(COMPOSITE, [sums()]).value not in {unreversed, 100 * sum(parts) / 13}


def test_the_composite_covers_two_quarters() -> None:
    assert COMPOSITE.spans == 2
    assert figure(COMPOSITE, [sums(), sums()]).denominator == 2 * 922


def test_the_thirteen_are_those_of_the_collaborative_each_with_its_own_measure() -> None:
    assert set(COLLABORATIVE) == HOME.keys()
    by_component = {name: one for one in MEASURES for name in one.numerator if one is not COMPOSITE}
    assert by_component.keys() >= HOME.keys()
    assert {name for name, one in by_component.items() if one.better == "higher"} == {"influenza", "pneumococcal"}
    found = figure(by_component["influenza"], [sums()])
    assert (found.numerator, found.denominator, found.value) == (74, 80, Fraction(185, 2))


# 6.5, example 3. Entered so that the resident has been there for 140 days on 31 March 2018.
ENTRY = entered("entry", (dt.date(2018, 3, 31) - dt.timedelta(days=139)).isoformat())
ULCER: dict[str, Any] = {"G0110A1": 3, "M0210": 1, "M0300B1": 0, "M0300C1": 1, "M0300D1": 0}


def test_an_ulcer_of_stage_three_counts_until_a_modification_takes_it_back() -> None:
    told = [ENTRY, assessed("quarterly", "2018-02-20", **ULCER)]
    assert figure_of("2018-06-30", "2018Q1", "pressure_ulcers", *told) == (1, 1)
    told.append(assessed("quarterly", "2018-02-20", 2, "adjust", **ULCER | {"M0300C1": 0}))
    assert figure_of("2018-06-30", "2018Q1", "pressure_ulcers", *told) == (0, 1)


@pytest.mark.parametrize(("days", "denominator"), [(130, 0), (121, 0), (120, 1)])
def test_an_inactivated_assessment_leaves_the_one_before_if_it_is_of_the_last_120_days(
    days: int, denominator: int
) -> None:
    before = (dt.date(2018, 3, 31) - dt.timedelta(days=days)).isoformat()
    told = [
        ENTRY,
        assessed("before", before, **ULCER | {"M0300C1": 0}),
        assessed("quarterly", "2018-02-20", **ULCER),
        assessed("quarterly", "2018-02-20", 2, "cancel", **ULCER),
    ]
    assert figure_of("2018-06-30", "2018Q1", "pressure_ulcers", *told) == (0, denominator)


# 6.5, example 4.
STAY = (
    entered("in", "2018-01-01"),
    discharged("out", "2018-03-10"),
    entered("back", "2018-03-12"),
    assessed("quarterly", "2018-03-25", A1600="2018-03-12", **ULCER),
    assessed("before", "2018-01-20", **ULCER),
)


def test_a_resident_is_long_stay_on_the_101st_day_in_the_home_without_a_record_of_that_day() -> None:
    assert amounts("2018-04-12", *STAY) == {}
    found = amounts("2018-04-13", *STAY)
    assert found.keys() == {"2018Q2"}
    assert [found["2018Q2"].get(f"{name}_of") for name in COLLABORATIVE] == [1] * 13
    assert count(in_force(STAY), dt.date(2018, 4, 12)).wake == dt.date(2018, 4, 13)
    assert count(in_force(STAY), dt.date(2018, 3, 26)).wake == dt.date(2018, 4, 13)


def test_without_the_absence_the_day_would_be_two_days_earlier() -> None:
    stayed = [one for one in STAY if one["record"] not in {STAY[1]["record"], STAY[2]["record"]}]
    assert amounts("2018-04-10", *stayed) == {}
    assert amounts("2018-04-11", *stayed).keys() == {"2018Q2"}
    assert count(in_force(stayed), dt.date(2018, 4, 1)).wake == dt.date(2018, 4, 11)


def test_a_discharge_told_late_takes_the_resident_out_of_all_measures() -> None:
    told = [*STAY, assessed("later", "2018-06-01", A1600="2018-03-12", **ULCER)]
    assert "2018Q2" in amounts("2018-08-01", *told)
    told.append(moved("gone", "10", "2018-04-12"))
    assert amounts("2018-08-01", *told) == {}
