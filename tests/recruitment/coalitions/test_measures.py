"""Chosen measures, populations and measurement plans."""

import math
import re
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

from services.recruitment.domain.coalitions import power, quarters
from services.recruitment.domain.coalitions.catalogue import EVERYBODY, FLAGS, MEASURES, Shape, populations_of
from services.recruitment.domain.coalitions.kinds import COALITION
from shared.contracts.recruitment.coalition_commands import DropCoalitionMeasure, TargetPopulations
from shared.contracts.recruitment.coalition_terms import Direction, Frequency
from tests.recruitment.coalitions.cast import PLACE, choose, end, formed, plan, rebuilt

DOCS = (Path(__file__).parents[3] / "docs" / "measures.md").read_text()
ENTRY = re.compile(r"^### (\S+)\n\n.*?; (lower|higher) is better\..*?\(([a-z-]+)\), times ([0-9/]+)\.", re.MULTILINE)
RATE = "rehospitalizations-30d"
SHARE = "rehospitalizations-percent"


def target(*populations: str) -> TargetPopulations:
    return TargetPopulations(actor="t", community=PLACE, populations=populations)


def drop(measure: str = RATE) -> DropCoalitionMeasure:
    return DropCoalitionMeasure(actor="t", community=PLACE, measure=measure, reason="Another one says more")


def test_the_list_is_what_the_documentation_of_measures_says() -> None:
    found = {name: (better, kind, times) for name, better, kind, times in ENTRY.findall(DOCS)}
    assert found.keys() == MEASURES.keys()
    for name, listed in MEASURES.items():
        better, kind, times = found[name]
        assert listed.better is (Direction.DOWN if better == "lower" else Direction.UP), name
        if listed.per is not None:
            assert times == str(listed.per), name
        if listed.shape is Shape.RATE:
            assert kind == "beneficiary-quarter", name
        if listed.shape is Shape.SHARE:
            assert kind == "ratio", name


def test_the_populations_are_the_strata_of_the_documentation() -> None:
    paragraph = DOCS.split("## Strata")[1].split(";")[0]
    listed = set(re.findall(r"`([^`]+)`", paragraph))
    simple = {name for name in listed if "+" not in name}
    assert simple == {EVERYBODY, *FLAGS, *(f"not-{flag}" for flag in FLAGS)}
    assert all(populations_of(name) is not None for name in listed)


def test_a_measure_is_chosen_changed_with_a_reason_and_given_up() -> None:
    at = formed()
    assert at.done(choose())["direction"] == "DOWN"
    assert at.done(choose())["changed"] is False
    assert at.refused(choose(target="11")) == [("REASON_MISSING", "reason")]
    assert at.done(choose(target="11", reason="We can do more"))["version"] == 2
    at.done(drop())
    assert at.refused(drop()) == [("MEASURE_NOT_CHOSEN", "measure")]
    assert at.done(choose(target="11", reason="It said more after all"))["version"] == 3
    held = at.held(COALITION, PLACE).measures[RATE]
    assert ([one.choice.target for one in held.wanted], held.dropped_because) == (["12.0", "11", "11"], None)
    assert rebuilt(at)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"measure": "happiness"}, [("MEASURE_UNKNOWN", "measure")]),
        ({"direction": "UP"}, [("WRONG_DIRECTION", "direction")]),
        ({"measure": SHARE, "target": "100.1"}, [("OUT_OF_RANGE", "target")]),
        ({"due": "2014Q4"}, [("DATES_OUT_OF_ORDER", "due")]),
        (
            {"baseline_period": "2013Q4", "due": "2014Q3"},
            [("DATES_OUT_OF_ORDER", "due")],
        ),
    ],
)
def test_a_choice_that_cannot_be_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert formed().refused(choose(**fields)) == expected


def test_populations_are_strata_that_somebody_can_be_in() -> None:
    at = formed()
    at.done(target("dual_full", "chronic_2+polypharmacy", "not-copd"))
    assert at.done(target("dual_full", "chronic_2+polypharmacy", "not-copd"))["changed"] is False
    assert at.refused(target("rich", "copd+not-copd", "copd+diabetes", "diabetes+copd")) == [
        ("POPULATION_UNKNOWN", "populations[0]"),
        ("POPULATION_EMPTY", "populations[1]"),
        ("POPULATION_REPEATED", "populations[3]"),
    ]
    at.done(target())
    assert at.held(COALITION, PLACE).populations == ()
    assert rebuilt(at)


def test_a_plan_tells_in_how_many_quarters_the_target_can_be_seen() -> None:
    at = formed()
    assert at.refused(plan()) == [("MEASURE_NOT_CHOSEN", "measure")]
    at.done(choose())
    made = at.done(plan())
    # 15 and 12 per 1,000: (1.95996 + 0.84162)^2 * 0.027 / 0.003^2 = 23,547 beneficiary-quarters.
    assert (made["method"], made["needed"], made["quarters"], made["seen_in"]) == ("TWO_RATES", 23_547, 3, "2015Q4")
    assert made["in_time"] is True
    late = at.done(plan(observed=2_000))
    assert (late["version"], late["quarters"], late["seen_in"], late["in_time"]) == (2, 12, "2018Q1", False)
    at.done(choose("community-tenure", target="990"))
    tenure = at.done(plan("community-tenure", baseline="980", chart="XMR", frequency="MONTHLY"))
    assert (tenure["method"], tenure["needed"], tenure["quarters"]) == ("RUN_CHART_SHIFT", None, 2)
    assert rebuilt(at)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"baseline": "12"}, [("TARGET_NOT_BETTER", "baseline")]),
        ({"baseline": "11"}, [("TARGET_NOT_BETTER", "baseline")]),
        ({"chart": "P"}, [("CHART_UNFIT", "chart")]),
        ({"begins": "2014Q4"}, [("DATES_OUT_OF_ORDER", "begins")]),
        ({"measure": SHARE, "chart": "P", "baseline": "101"}, [("OUT_OF_RANGE", "baseline")]),
    ],
)
def test_a_plan_that_cannot_work_is_refused(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    at = formed()
    at.done(choose())
    at.done(choose(SHARE))
    assert at.refused(plan(**fields)) == expected


def test_a_coalition_that_ended_wants_nothing_any_more() -> None:
    at = formed()
    at.done(choose())
    at.done(end())
    for command in (choose(), drop(), target(), plan()):
        assert at.refused(command) == [("STATE", "community")]


@pytest.mark.parametrize(("before", "after"), [(0.20, 0.16), (0.18, 0.144), (0.05, 0.03), (0.985, 0.99)])
def test_shares_are_told_apart_with_the_stated_power(before: float, after: float) -> None:
    def power_of(number: int) -> float:
        mean = (before + after) / 2
        alike = math.sqrt(2 * mean * (1 - mean) / number)
        different = math.sqrt((before * (1 - before) + after * (1 - after)) / number)
        return float(stats.norm.cdf((abs(before - after) - stats.norm.ppf(0.975) * alike) / different))

    found = power.needed_for_shares(before, after)
    assert power_of(found) >= 0.8 > power_of(found - 1)


def test_shares_agree_with_a_calculation_by_hand() -> None:
    # (2.57583 * sqrt(2 * 0.325 * 0.675) + 1.64485 * sqrt(0.25 * 0.75 + 0.4 * 0.6))^2 / 0.15^2 = 343.9
    assert power.needed_for_shares(0.25, 0.40, significance=0.01, power=0.95) == 344


@pytest.mark.parametrize(("before", "after"), [(0.015, 0.012), (0.062, 0.0496)])
def test_rates_are_told_apart_with_the_stated_power(before: float, after: float) -> None:
    def power_of(exposure: int) -> float:
        error = math.sqrt((before + after) / exposure)
        return float(stats.norm.cdf(abs(before - after) / error - stats.norm.ppf(0.975)))

    found = power.needed_for_rates(before, after)
    assert power_of(found) >= 0.8 > power_of(found - 1)


@pytest.mark.parametrize("pair", [(0.2, 0.2), (1.2, 0.5), (-0.1, 0.5)])
def test_only_two_different_shares_or_rates_can_be_compared(pair: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="two different"):
        power.needed_for_shares(*pair)
    if pair[0] <= 1:
        with pytest.raises(ValueError, match="two different"):
            power.needed_for_rates(*pair)


def test_quarters_are_counted_over_years() -> None:
    assert [quarters.after("2015Q3", number) for number in (0, 1, 2, 6)] == ["2015Q3", "2015Q4", "2016Q1", "2017Q1"]
    assert quarters.last_of("2014Q4R4") == "2014Q4"
    assert [str(quarters.last_day(f"2016Q{number}")) for number in (1, 4)] == ["2016-03-31", "2016-12-31"]
    assert (power.quarters(10, 10), power.quarters(11, 10)) == (1, 2)
    assert [power.quarters_of_shift(one) for one in (Frequency.MONTHLY, Frequency.QUARTERLY)] == [2, 6]
