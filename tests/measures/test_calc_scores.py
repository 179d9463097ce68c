"""qio measures calc: progress, payments and ratings, as people and machines get them, and what is refused."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from services.measures import cli

HOME = (
    "falls-major-injury=2/80 urinary-infection=4/80 pain=3/60 pressure-ulcers=5/55 bowel-or-bladder=18/40 "
    "catheter=2/76 restraints=0/80 more-help=12/70 weight-loss=6/78 depressive-symptoms=3/75 antipsychotic=14/68 "
    "influenza-vaccine=74/80 pneumococcal-vaccine=72/80"
)


def calc(arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["calc", *arguments.split()])


def machine(arguments: str) -> dict[str, Any]:
    ended = calc(f"{arguments} --json")
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_improvement_is_relative_to_the_baseline_in_the_direction_that_is_better() -> None:
    assert machine("rir --baseline 20 --current 16") == {"rir_percent": 20.0}
    assert machine("rir --baseline 20 --current 16 --better higher") == {"rir_percent": -20.0}
    assert calc("rir --baseline 3 --current 4").stdout == "-33.33 %\n"


def test_national_harm_stands_against_the_goal_of_87() -> None:
    # AHRQ national scorecard: 145 in 2010, 115 in 2015.
    found = machine("harm --rate 115")
    assert (found["target"], found["change_percent"], found["reached"]) == (87.0, -20.7, False)
    assert "goal 87.0 not reached" in calc("harm --rate 115").stdout


def test_national_harm_counted_anew_has_its_own_baseline_of_2014() -> None:
    # HHS: 20 % less than 99 in 2014.
    found = machine("harm --rate 86 --since 2014")
    assert (found["series"], found["target"], found["reached"]) == ("all harm, baseline 2014", 79.2, False)


def test_the_goal_for_tracked_harms_is_forty_percent_less_unless_another_is_given() -> None:
    # Measures research §5.3: 145 x 0.6 = 87.0.
    found = machine("harm falls=87 --discharges 1000 --baseline 145")
    assert (found["target"], found["change_percent"], found["reached"]) == (87.0, -40.0, True)


def test_harms_that_are_tracked_have_a_baseline_of_their_own() -> None:
    found = machine("harm CLABSI=12 CAUTI=20 falls=4 --discharges 9000 --baseline 5 --reduction 0.1")
    assert (found["series"], found["rate_per_1000"]) == ("tracked HAC subset", 4.0)
    assert (found["target"], found["change_percent"], found["reached"]) == (4.5, -20.0, True)
    assert machine("harm CLABSI=12 --discharges 6000")["target"] is None
    assert calc("harm CLABSI=12 --discharges 6000").stdout == "2.0 per 1,000 discharges (tracked HAC subset)\n"


def test_points_follow_the_published_standard_or_the_one_given() -> None:
    # CMS, hvbp_safety of fiscal year 2024, hospital 010001: 3 out of 10, 0 out of 9.
    found = machine("points --performance 0.437 --baseline 0.324 --measure HAI-2 --year 2024")
    assert (found["achievement"], found["improvement"], found["score"]) == (3, 0, 3)
    assert machine("points --performance 0.437 --baseline 0.324 --threshold 0.650 --benchmark 0") == found
    assert calc("points --performance 0.437 --measure HAI-2 --year 2024").stdout == (
        "3 points: achievement 3, improvement -\n"
    )


def test_the_excess_ratio_is_the_published_one() -> None:
    # CMS, fiscal year 2024, hospital 010001, heart failure.
    assert machine("excess --predicted 23.1263 --expected 21.0184") == {"ratio": 1.1003, "excess": True}


def test_stars_follow_the_rule_of_the_day() -> None:
    # Measures research §6.5, example 2.
    ratings = "stars --health-inspection 2 --staffing 4 --quality 5"
    assert machine(f"{ratings} --on 2022-07-01")["overall"] == 3
    assert machine(f"{ratings} --on 2022-06-30")["overall"] == 4
    assert machine(f"{ratings} --on 2022-06-30 --special-focus")["overall"] == 3


def test_the_composite_of_the_worked_example_needs_28_events_less() -> None:
    # Measures research §6.5, example 1.
    found = machine(f"composite {HOME}")
    assert (found["composite"], found["fewer_needed"], found["missing"]) == (9.0, 28, [])
    few = calc("composite falls-major-injury=2/80").stdout
    assert few.startswith("2.50 (2 of 80); 0 fewer for 6.00; not given: urinary-infection,")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("rir --baseline 0 --current 16", "From a baseline of 0 there is no relative improvement."),
        ("rir --baseline 20 --current -1", "A rate cannot be below 0."),
        ("rir --baseline many --current 1", "Baseline must be a number such as 1.25."),
        ("harm", "Harms need --discharges."),
        ("harm --rate 115 --since 2012", "Since is 2010 or 2014, the years of the national baselines."),
        ("harm --discharges 5", "A rate of harm needs at least one kind of harm that is counted."),
        ("harm CLABSI=1 --discharges 0", "A rate of harm needs discharges above 0."),
        ("harm CLABSI=1 CLABSI=2 --discharges 5", "CLABSI is given twice."),
        ("harm CLABSI=1/2 --discharges 5", "Harm 1 must look like NAME=NUMBER, such as CLABSI=12."),
        (
            "harm CLABSI=1 --rate 115",
            "Give either a national rate, or harms with discharges and their own baseline.",
        ),
        ("points --performance 1", "Give either --threshold and --benchmark, or --measure and --year."),
        (
            "points --performance 1 --threshold 1 --benchmark 2 --measure HAI-1 --year 2024",
            "Give either --threshold and --benchmark, or --measure and --year.",
        ),
        ("points --performance -1 --threshold 1 --benchmark 0", "A rate cannot be below 0."),
        ("points --performance 1 --threshold 1 --benchmark 1", "A benchmark differs from its threshold."),
        (
            "points --performance 1 --measure HAI-1 --year 2012",
            "Standards of fiscal year 2012 are not known, only of 2024: give them.",
        ),
        (
            "excess --predicted 4 --expected 0",
            "An expected readmission rate lies above 0 and at most at 100 percent.",
        ),
        (
            "stars --health-inspection 6 --staffing 4 --quality 5 --on 2022-07-01",
            "The rating of health inspection is 1 to 5 stars.",
        ),
        (
            "stars --health-inspection 2 --staffing 4 --quality 5 --on yesterday",
            "On must be a day such as 2022-08-01.",
        ),
        (
            "stars --health-inspection 2 --staffing 4 --quality 5 --on 2001-01-01",
            "There were no ratings before 2008-12-18.",
        ),
        ("composite", "A composite needs residents in a denominator."),
        (
            "composite pain=9/8",
            "Pain has 0 or more in the numerator, and no more than in the denominator.",
        ),
    ],
)
def test_bad_input_is_answered_in_one_sentence(arguments: str, sentence: str) -> None:
    ended = calc(f"{arguments} --json")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == f"{sentence}\n"
