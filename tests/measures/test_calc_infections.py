"""qio measures calc: infections, rankings and limits, as people and machines get them, and what is refused."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from services.measures import cli


def calc(*arguments: str) -> Result:
    return CliRunner().invoke(cli.app, ["calc", *arguments])


def machine(*arguments: str) -> dict[str, Any]:
    ended = calc(*arguments, "--json")
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_a_ratio_is_said_with_limits_chance_and_category() -> None:
    # Measures research §5.3.
    ended = calc("sir", "--observed", "3", "--predicted", "1.5")
    assert ended.exit_code == 0
    assert ended.stdout == "2.000 (0.509 to 5.443), P 0.2568. No Different than National Benchmark.\n"


def test_the_exact_limits_of_a_published_file_can_be_asked_for() -> None:
    # CMS Hospital Compare, New York 2015: 124 observed, 107.43 predicted.
    found = machine("sir", "--observed", "124", "--predicted", "107.43", "--exact")
    assert (found["ratio"], found["low"], found["high"]) == (1.154, 0.964, 1.371)
    byar = machine("sir", "--observed", "150", "--predicted", "120")
    assert (byar["low"], byar["high"]) == (1.058, 1.467)


def test_below_one_predicted_the_answer_is_why_there_is_no_ratio() -> None:
    found = machine("sir", "--observed", "1", "--predicted", "0.8")
    assert (found["ratio"], found["category"]) == (None, "Not Available")
    assert found["reason"] == "no ratio: below 1 predicted"
    assert calc("sir", "--observed", "1", "--predicted", "0.8").stdout == "No ratio: below 1 predicted.\n"


def test_a_target_is_answered_without_a_national_category() -> None:
    found = machine("target", "--observed", "2", "--predicted", "2.04", "--target", "0.80")
    assert [found[name] for name in ("ratio", "low", "high", "p")] == [1.225, 0.205, 4.049, 0.7103]
    assert "category" not in found


def test_two_ratios_are_compared() -> None:
    sides = ("--observed", "3", "--predicted", "1.5", "--other-observed", "12", "--other-predicted", "8")
    found = machine("compare", *sides)
    assert found["ratio"] == 1.333
    assert found["low"] < 1 < found["high"]
    assert found["p"] > 0.05
    none = machine("compare", *sides[:-1], "0.5")
    assert none["reason"] == "no ratio: below 1 predicted"


def test_device_use_and_rate_are_those_of_the_icu() -> None:
    # Measures research §5.3: ICU-A, DUR .731, rate 4.21.
    found = machine("dur", "--device-days", "1900", "--patient-days", "2600", "--infections", "8")
    assert found == {"dur": 0.731, "rate_per_1000": 4.21}


def test_the_ranking_shows_both_levels() -> None:
    rows = ("ICU-A=8/5.2/1900/2600", "Ward-C=5/2", "ICU-B=3/4.1", "Ward-D=0/0.4")
    found = machine("tap", *rows, "--goal", "0.5")
    assert [(row["place"], row["location"], row["cad"]) for row in found["locations"]] == [
        (1, "ICU-A", 5.4),
        (2, "Ward-C", 4.0),
        (3, "ICU-B", 0.95),
        (4, "Ward-D", -0.2),
    ]
    assert [row["cad"] for row in found["facilities"]] == [10.15]
    two = machine("tap", "330001:ICU=8/5.2", "330004:ICU=5/2", "--goal", "0.5")
    assert [row["facility"] for row in two["facilities"]] == ["330001", "330004"]
    lines = calc("tap", *rows, "--goal", "0.5").stdout.splitlines()
    assert len(lines) == 5
    assert "CAD     5.40  SIR 1.538, DUR 0.731, rate 4.21" in lines[1]


def test_gaps_are_ranked_by_what_could_be_prevented() -> None:
    # Measures research §8.6.
    asked = ("shrink", "X=30/2000", "Y=420/30000", "Z=9/400", "--mean", "0.014", "--benchmark", "0.012")
    found = machine(*asked)
    assert [(unit["name"], unit["preventable"]) for unit in found["units"]] == [("Y", 60.0), ("X", 5.17), ("Z", 1.54)]
    assert machine(*asked) == found
    assert "flagged" in calc(*asked).stdout


def test_the_achievable_benchmark_is_that_of_the_worked_example() -> None:
    # Measures research §8.2.
    found = machine("benchmark", "p1=9/9", "p2=48/50", "p3=70/80", "p4=150/200", "p5=330/600", "p6=2/2")
    assert found == {"benchmark": 0.9137, "units": ["p2", "p1", "p3"], "patients": 139}
    lower = machine("benchmark", "a=1/50", "b=20/50", "--lower")
    assert lower["units"] == ["a"]


def test_funnel_limits_are_those_of_the_table_and_give_way_to_over_dispersion() -> None:
    # Measures research §8.3.
    (found,) = machine("funnel", "--target", "0.18", "--size", "50")["sizes"]
    limits = list(found["limits"].values())
    assert limits == pytest.approx([0.0228, 0.0687, 0.2822, 0.3549], abs=0.00005)
    (wide,) = machine("funnel", "--target", "0.18", "--size", "50", "--phi", "4")["sizes"]
    assert wide["limits"]["0.975"] == pytest.approx(0.18 + 2 * (limits[2] - 0.18), abs=1e-5)
    (narrow,) = machine("funnel", "--target", "0.18", "--size", "50", "--phi", "0.5")["sizes"]
    assert narrow == found
    (rates,) = machine("funnel", "--target", "0.012", "--size", "2000.5", "--rate")["sizes"]
    assert rates["limits"]["0.025"] < 0.012 < rates["limits"]["0.975"]


def test_over_dispersion_is_told_with_and_without_its_outlier() -> None:
    # Measures research §8.3: 11.22 unwinsorised.
    units = ("20/100", "50/200", "90/600", "160/800", "260/1000")
    found = machine("overdispersion", *units, "--target", "0.18")
    assert found["deviates"] == [0.521, 2.577, -1.913, 1.472, 6.585]
    assert found["phi_unwinsorised"] == 11.22
    assert 1 < found["phi"] < 11.22
    rates = machine("overdispersion", "A=30/2000.5", "B=20/1000", "--target", "0.012", "--rate")
    assert len(rates["deviates"]) == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ("sir --observed 3 --predicted -1.5", "Predicted infections cannot be below 0."),
        ("sir --observed -3 --predicted 1.5", "Observed infections cannot be below 0."),
        ("sir --observed 3.5 --predicted 2", "Observed must be a whole number such as 12."),
        ("sir --observed 3 --predicted nan", "Predicted must be a number such as 1.25."),
        ("sir --observed 3 --predicted 1e9", "Predicted must be a number such as 1.25."),
        ("sir --observed 3 --predicted 1000000001", "Predicted must be at most 1000000000."),
        ("target --observed 3 --predicted 2 --target 0", "A target ratio is above 0."),
        (
            "compare --observed 3 --predicted 2 --other-observed x --other-predicted 2",
            "Other observed must be a whole number such as 12.",
        ),
        ("dur --device-days 5 --patient-days 9 --infections 8", "There cannot be more infections than days."),
        ("dur --device-days 10 --patient-days 9", "Device days cannot be more than patient days."),
        ("tap --goal 1", "A ranking needs at least one location."),
        ("tap ICU=8/5.2/7 --goal 1", "There cannot be more infections than days."),
        ("tap ICU=8 --goal 1", "Location 1 must look like ICU=OBSERVED/PREDICTED, such as ICU=8/5.2."),
        ("tap ICU=8/x --goal 1", "Predicted of ICU must be a number such as 1.25."),
        ("tap ICU=8/2 ICU=8/2 --goal 1", "A location can be ranked only once."),
        ("shrink --mean 1 --benchmark 1", "A ranking needs at least one unit."),
        ("shrink A=1/5 --mean 0 --benchmark 1", "Mean must be above 0."),
        ("benchmark", "A benchmark needs at least one unit."),
        ("benchmark A=3/2", "A needs a patient, and no more in the numerator than in the denominator."),
        ("benchmark 3/2.5", "Trials of unit 1 must be a whole number such as 12."),
        ("benchmark =3/2", "Unit 1 has no name before its equals sign."),
        ("benchmark A=3", "Unit 1 must look like NAME=EVENTS/OF, such as A=3/120."),
        ("funnel --target 1.2 --size 5", "The chance of a trial lies between 0 and 1."),
        ("funnel --target 0.5 --size 0", "A share needs at least one trial."),
        ("overdispersion A=1/5 --target 0.1", "Whether units differ needs at least two of them."),
    ],
)
def test_bad_input_is_answered_in_one_sentence(arguments: str, sentence: str) -> None:
    ended = calc(*arguments.split(), "--json")
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert ended.stderr == f"{sentence}\n"
