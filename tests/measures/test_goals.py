"""Goals: published figures of progress, projections against least squares by matrix, and spending avoided."""

import dataclasses
import datetime as dt
from fractions import Fraction

import pytest
from scipy import linalg, stats

from services.measures.domain import periods
from services.measures.domain.goals import Form, Goal, Value, progress
from services.measures.domain.intervals import Interval
from services.measures.domain.program_goals import seeds
from services.measures.domain.projection import Point, projection
from services.measures.domain.spending import Paid, avoided

GOALS = {goal.id: goal for goal in seeds(baseline="2014Q4R4")}
REHOSPITALIZATIONS, TENURE = GOALS["rehospitalizations"], GOALS["community_tenure"]


def value(goal: Goal, text: str, period: str, series: str = "community:c1") -> Value:
    return Value(goal.measure, series, period, Fraction(text))


def moved(goal: Goal, before: str, after: str) -> float:
    found = progress(goal, value(goal, before, "2014Q4R4"), value(goal, after, "2018Q4R4"))
    assert found.improvement is not None
    return float(found.improvement)


def test_brocks_figures() -> None:
    # JAMA 2013;309:381-391; measures research §1.3, example 2.
    assert moved(REHOSPITALIZATIONS, "15.21", "14.34") == pytest.approx(0.0572, abs=5e-5)
    assert moved(REHOSPITALIZATIONS, "15.03", "14.72") == pytest.approx(0.0206, abs=5e-5)
    assert (Fraction("15.21") - Fraction("14.34")) - (Fraction("15.03") - Fraction("14.72")) == Fraction("0.56")
    hospitalizations = GOALS["hospitalizations"]
    assert moved(hospitalizations, "82.27", "77.54") == pytest.approx(0.0575, abs=5e-5)
    assert moved(hospitalizations, "82.09", "79.48") == pytest.approx(0.0318, abs=5e-5)
    assert (Fraction("82.27") - Fraction("77.54")) - (Fraction("82.09") - Fraction("79.48")) == Fraction("2.12")


def test_ten_percent_of_tenure_in_both_readings() -> None:
    # Measures research §3.5: 962.9 nights at home of 1,000.
    base = Fraction("962.9")
    assert TENURE.target(base) == Fraction("966.61")
    literal = GOALS["community_tenure_literal"]
    assert literal.target(base) == Fraction("1059.19")
    now = [
        progress(goal, value(goal, "962.9", "2014Q4R4"), value(goal, "966.61", "2018Q4R4"))
        for goal in (TENURE, literal)
    ]
    assert [now[0].improvement, now[0].share] == [Fraction(1, 10), 1]
    assert (now[0].reached, now[0].attainable) == (True, True)
    assert (now[1].reached, now[1].attainable) == (False, False)


def test_harm_in_hospitals_from_145_is_to_fall_to_87() -> None:
    # AHRQ's scorecard: 145 per 1,000 discharges in 2010, 115 in 2015 (measures research §5.3).
    goal = dataclasses.replace(REHOSPITALIZATIONS, size=Fraction(2, 5), baseline_period="2010Q4R4")
    found = progress(goal, value(goal, "145", "2010Q4R4"), value(goal, "115", "2015Q4R4"))
    assert found.target == 87
    assert found.improvement is not None
    assert float(found.improvement) == pytest.approx(0.207, abs=5e-4)
    assert found.share == Fraction(30, 58)
    assert not found.reached


def test_a_level_is_reached_or_not_whatever_the_baseline() -> None:
    # The nursing home collaborative's composite: at most 6.00.
    goal = dataclasses.replace(REHOSPITALIZATIONS, form=Form.LEVEL_AT_MOST, size=Fraction(6))
    found = progress(goal, value(goal, "9", "2014Q4R4"), value(goal, "6.00", "2018Q4R4"))
    assert [found.target, found.improvement, found.share] == [6, Fraction(1, 3), 1]
    assert found.reached
    there = progress(goal, value(goal, "6", "2014Q4R4"), value(goal, "7", "2018Q4R4"))
    assert (there.share, there.reached) == (None, False)


def test_from_a_baseline_of_nothing_there_is_no_improvement() -> None:
    found = progress(
        REHOSPITALIZATIONS, value(REHOSPITALIZATIONS, "0", "2014Q4R4"), value(REHOSPITALIZATIONS, "1", "2018Q4R4")
    )
    assert (found.improvement, found.share, found.reached) == (None, None, False)
    full = progress(TENURE, value(TENURE, "1000", "2014Q4R4"), value(TENURE, "990", "2018Q4R4"))
    assert (full.improvement, full.share, full.reached) == (None, None, False)


def test_two_baselines_are_never_mixed() -> None:
    goal = REHOSPITALIZATIONS
    base = value(goal, "15", "2014Q4R4")
    with pytest.raises(ValueError, match="two series"):
        progress(goal, base, value(goal, "14", "2018Q4R4", "community:c1 version 2"))
    with pytest.raises(ValueError, match="another measure"):
        progress(goal, base, value(TENURE, "14", "2018Q4R4"))
    with pytest.raises(ValueError, match="compared with 2014Q4R4 alone"):
        progress(goal, value(goal, "15", "2013Q4R4"), value(goal, "14", "2018Q4R4"))
    with pytest.raises(ValueError, match="four quarters"):
        dataclasses.replace(goal, baseline_period="2014Q4")
    with pytest.raises(ValueError, match="needs the whole"):
        dataclasses.replace(goal, form=Form.COMPLEMENT_REDUCTION)


def test_a_quarter_is_compared_with_the_same_quarter() -> None:
    goal = dataclasses.replace(REHOSPITALIZATIONS, baseline_period="2014Q2R4")
    assert [goal.baseline_of(f"2018Q{number}") for number in (1, 2, 3, 4)] == ["2014Q1", "2014Q2", "2013Q3", "2013Q4"]
    assert goal.baseline_of("2018Q3R4") == "2014Q2R4"
    with pytest.raises(ValueError, match="compared with 2014Q1 alone"):
        progress(goal, value(goal, "15", "2014Q2"), value(goal, "14", "2018Q1"))
    with pytest.raises(ValueError, match="month"):
        goal.baseline_of("2018-03")


def test_the_goal_for_adverse_drug_events_is_a_setting() -> None:
    assert GOALS["adverse_drug_events"].size == Fraction(35, 100)
    (changed,) = [goal for goal in seeds(adverse_drug_events=Fraction(1, 4)) if goal.id == "adverse_drug_events"]
    assert changed.target(Fraction(20)) == 15
    assert all(goal.target_date == dt.date(2019, 7, 31) for goal in seeds())


SEASON = (Fraction("0.10"), Fraction("-0.10"), Fraction("-0.05"), Fraction("0.05"))
NOISE = (3, -5, 2, 4, -4, 1, -2, 5, -3, 2, -1, 3, -4, 2)


def points(slope: str, noise: Fraction = Fraction(0)) -> list[Point]:
    """Quarters from 2015Q1 on: a line, a season, some noise, person-time that grows."""
    return [
        Point(
            periods.shift("2015Q1", number),
            15 + Fraction(slope) * number + SEASON[number % 4] + noise * NOISE[number],
            4_000_000 + 100_000 * number,
        )
        for number in range(len(NOISE))
    ]


def test_a_line_with_a_season_is_found_again_exactly() -> None:
    # Measures research §8.5: with a level for each season the slope is exact.
    found = projection(points("-0.10"), REHOSPITALIZATIONS, Fraction(12))
    assert found is not None
    assert found.value == 15 - Fraction("0.10") * 18  # 2019Q3 is 18 quarters after 2015Q1
    assert found.interval == Interval(float(found.value), float(found.value))
    assert found.reaches == found.earliest == found.latest == "2022Q3"  # 30 quarters after


def test_the_interval_is_that_of_weighted_least_squares_by_matrix() -> None:
    own = points("-0.10", Fraction(1, 50))
    found = projection(own, REHOSPITALIZATIONS, Fraction(12))
    assert found is not None
    times = [periods.index_of(point.quarter) for point in own]
    roots = [float(point.weight) ** 0.5 for point in own]
    rows = [
        [root * (time - times[0]), *(root * (time % 4 == season) for season in range(4))]
        for time, root in zip(times, roots, strict=True)
    ]
    sides = [root * float(point.value) for point, root in zip(own, roots, strict=True)]
    solved, left, *_ = linalg.lstsq(rows, sides)
    at = [18.0, 0.25, 0.25, 0.25, 0.25]
    inverse = linalg.inv([[sum(row[i] * row[j] for row in rows) for j in range(5)] for i in range(5)])
    variance = left / 9 * sum(at[i] * inverse[i][j] * at[j] for i in range(5) for j in range(5))
    middle = sum(a * b for a, b in zip(at, solved, strict=True))
    margin = stats.t.ppf(0.975, 9) * variance**0.5
    assert float(found.value) == pytest.approx(middle)
    assert [found.interval.low, found.interval.high] == pytest.approx([middle - margin, middle + margin], rel=1e-6)


def test_the_date_lies_between_those_of_the_two_edges() -> None:
    found = projection(points("-0.10", Fraction(1, 50)), REHOSPITALIZATIONS, Fraction(12))
    assert found is not None
    assert found.earliest is not None
    assert found.reaches is not None
    assert found.latest is not None
    assert found.earliest < found.reaches < found.latest


def test_a_measure_that_runs_the_other_way_never_gets_there() -> None:
    found = projection(points("0.10"), REHOSPITALIZATIONS, Fraction(12))
    assert found is not None
    assert (found.reaches, found.earliest, found.latest) == (None, None, None)


def test_a_slope_that_could_be_none_has_no_latest_date() -> None:
    found = projection(points("-0.01", Fraction(1, 20)), REHOSPITALIZATIONS, Fraction("14.8"))
    assert found is not None
    assert found.earliest is not None
    assert found.latest is None


def test_too_few_quarters_say_nothing() -> None:
    own = points("-0.10")
    assert projection(own[:5], REHOSPITALIZATIONS, Fraction(12)) is None
    assert projection(own[:6], REHOSPITALIZATIONS, Fraction(12)) is not None
    assert (
        projection([point for point in own if not point.quarter.endswith("Q2")], REHOSPITALIZATIONS, Fraction(12))
        is None
    )
    with pytest.raises(ValueError, match="one value"):
        projection([*own, own[0]], REHOSPITALIZATIONS, Fraction(12))


def paid(cents: int, person_time: int) -> Paid:
    return Paid(cents, Fraction(person_time))


def test_spending_avoided_is_the_fall_of_payments_per_person_times_the_persons_now() -> None:
    before = {"zip:1": paid(300_000, 100), "zip:2": paid(900_000, 300)}
    now = {"zip:1": paid(290_000, 100), "zip:2": paid(810_000, 300)}
    found = avoided(before, now)
    assert found is not None
    assert found.cents == 100_000
    # By hand: 3,000 then and 2,750 now a quarter; each area is 15,000 off, one up, one down; t(1) is 12.7062.
    margin = 12.7062047 * (2 * 15_000**2 * 2) ** 0.5
    assert [found.interval.low, found.interval.high] == pytest.approx([100_000 - margin, 100_000 + margin], rel=1e-6)


def test_areas_that_all_fall_alike_leave_no_doubt() -> None:
    before = {f"zip:{number}": paid(3000 * number, number) for number in range(1, 9)}
    now = {area: paid(one.cents - 100 * int(one.person_time), int(one.person_time)) for area, one in before.items()}
    found = avoided(before, now)
    assert found is not None
    assert found.cents == 100 * 36
    assert found.interval == Interval(3600.0, 3600.0)


def test_one_area_has_no_interval_and_nobody_no_spending() -> None:
    one = {"zip:1": paid(300, 1)}
    found = avoided(one, {"zip:1": paid(500, 1)})
    assert found is not None
    assert found.cents == -200
    assert found.interval == Interval(None, None)
    assert avoided(one, {}) is None
