"""qio measures chart and impact: communities and interventions as the read API has them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import BaseModel

from services.measures.reads.figures import FigureView
from services.measures.reads.impact import EffectView, GroupView, InterventionView, LeftOutView, PointView
from services.measures.reads.ratios import RatioView
from shared.runtime.settings import Settings
from tests.measures.test_pictures_cli import DAY, done, qio

READMISSIONS = "rehospitalizations-30d"
Answer = Callable[[str, Any], Any]


def figure(period: str, value: str, **changed: Any) -> FigureView:
    return FigureView(
        measure=READMISSIONS, specification=1, unit_type="community", unit="river", unit_version=1, period=period,
        stratum="all", numerator=120, denominator=900_000, beneficiary_quarters="10000", value=value,
        low=None, high=None, status="FINAL", reason=None, watermark=None,
    ).model_copy(update=changed)  # fmt: skip


def effect(**changed: Any) -> EffectView:
    quarters = [f"{year}Q{quarter}" for year in (2016, 2017) for quarter in (1, 2, 3, 4)]
    groups = tuple(
        GroupView(
            name=name,
            communities=communities,
            values=tuple(PointView(period=quarter, value=f"{start - 2 * (quarter > '2017')}") for quarter in quarters),
        )
        for name, communities, start in (("river", ("river",), 16), ("communities compared", ("a", "b"), 15))
    )
    return EffectView(
        measure=READMISSIONS, title="Readmissions", better="lower", estimable=True, reason=None,
        method="beside_communities", wording="impact", scale="ratio", none="1", estimate="0.8000", error="0.0500",
        low="0.7000", high="0.9000", hoped="0.8000", clear=True, compared=("a", "b"),
        left_out=(LeftOutView(community="c", reason="it has an intervention too"),), first="2016Q1",
        first_with="2017Q1", last="2017Q4", flags=(), sentence="The impact of the intervention: 0.8 (0.7 to 0.9).",
        groups=groups, revision=1,
    ).model_copy(update=changed)  # fmt: skip


def intervention(*effects: EffectView, **changed: Any) -> InterventionView:
    return InterventionView(
        intervention="i-1", name="Nurses call at home", community="river", kind="coaching", stratum="all",
        comparison="others", started_on=dt.date(2017, 1, 9), ended_on=None, void=False, paused=(), redefined=True,
        effects=effects, not_counted=("seats",),
    ).model_copy(update=changed)  # fmt: skip


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the read API answers, by path."""
    known: dict[str, Any] = {}

    def get(url: str, *, params: Any, headers: Any, timeout: float) -> httpx.Response:
        found = known[url.removeprefix("http://measures/api")]
        answer = found(params) if callable(found) else found
        body = answer.model_dump(mode="json") if isinstance(answer, BaseModel) else answer
        return httpx.Response(200, json=body, request=httpx.Request("GET", url))

    monkeypatch.setattr("httpx.get", get)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    monkeypatch.setenv("QIO_API_MEASURES", "http://measures")
    monkeypatch.setenv("QIO_TOKEN", "not-looked-at")
    return known


def test_an_intervention_is_shown_measure_by_measure_with_what_may_be_said(answers: dict[str, Any]) -> None:
    few = effect(measure="hospitalizations", estimable=False, reason="there are too few settled quarters", groups=())
    answers["/impact"] = intervention(effect(), few)
    ended = qio("impact", "--intervention", "i-1", *DAY)
    assert ended.exit_code == 1
    assert ended.stdout.startswith("Impact of the intervention: for the better.\nNurses call at home, river: All-cause")
    for said in (
        "The impact of the intervention: 0.8 (0.7 to 0.9).",
        "Intervention from Q1 2017",
        "river: Q1 2016 16, ",
        "2 communities compared: Q1 2016 15, ",
        "Not compared: c, it has an intervention too",
        "The community has other areas today",
    ):
        assert said in ended.stdout, said
    assert ended.stderr == (
        "seats: it is no measure of communities.\nhospitalizations: there are too few settled quarters.\n"
    )


def test_without_others_beside_it_impact_is_not_said(answers: dict[str, Any]) -> None:
    alone = effect(
        compared=(), wording="association", scale="difference", none="0", estimate="-2", low="-3", high="-1",
        left_out=(), groups=effect().groups[:1],
        sentence="An association with the intervention, without others to compare: -2 (-3 to -1).",
    )  # fmt: skip
    answers["/impact"] = intervention(alone, not_counted=(), redefined=False)
    said = done("impact", "--intervention", "i-1", "--measure", READMISSIONS, *DAY)
    assert said.startswith("A change for the better goes along with the intervention (association).")
    assert "impact" not in said.lower()
    assert "Nobody else is compared" in said


def test_the_goal_of_the_program_is_drawn_from_its_baseline(answers: dict[str, Any]) -> None:
    base = figure("2014Q2R4", "15.0000").model_dump(mode="json")
    goal = {"measure": READMISSIONS, "target": "12.0000", "aim": "20 % fewer", "target_date": "2019-07-31",
            "baseline": base, "reason": None}  # fmt: skip
    answers["/goals"] = {"goals": [goal], "spending": {}}
    asked: list[Any] = []

    def series(params: Any) -> Any:
        asked.append(params)
        rows = [figure("2014Q2R4", "15.0000"), figure("2015Q2R4", "14.1000", low="13.9000", high="14.3000")]
        return [row.model_dump(mode="json") for row in rows]

    answers["/series"] = series
    said = done("chart", "--as", "goal", "--measure", READMISSIONS, "--unit", "river", *DAY)
    assert said.startswith("14.1 in year to Q2 2015: 2.1 from the goal, 30 % of the way.")
    assert "Goal 12, " in said.replace("Baseline 15, Goal 12 ", "Goal 12, ")
    assert "year to Q2 2015: 14.1 (13.9 to 14.3)" in said
    assert (asked[0]["every"], asked[0]["unit_type"]) == ("rolling", "community")


def test_a_goal_the_program_does_not_have_is_refused_with_those_it_has(answers: dict[str, Any]) -> None:
    answers["/goals"] = {"goals": [{"measure": READMISSIONS}], "spending": {}}
    ended = qio("chart", "--as", "goal", "--measure", "hospitalizations", "--unit", "river")
    assert (ended.exit_code, ended.stderr) == (
        2,
        f"Measure: the program has no goal for it; it has for {READMISSIONS}. Give --goal.\n",
    )


def test_populations_are_shown_beside_everybody_else_of_the_community(answers: dict[str, Any]) -> None:
    ratio = RatioView(numerator=48, denominator=200, value="24.0000", others_numerator=90, others_denominator=700,
                      others_value="12.8571", ratio="1.8667", low="1.3640", high="2.5540")  # fmt: skip
    nobody = ratio.model_copy(update={"value": None, "numerator": 0, "denominator": 0, "ratio": None})
    answers["/disparities"] = {
        "figure": figure("2018Q1R4", "15").model_dump(mode="json"),
        "disparities": [
            {"stratum": "dual_full", "ratio": ratio.model_dump(mode="json")},
            {"stratum": "esrd", "ratio": nobody.model_dump(mode="json")},
        ],
    }
    ended = qio("chart", "--as", "disparity", "--measure", "rehospitalizations-percent", "--unit", "river",
                "--period", "2018Q1R4", *DAY)  # fmt: skip
    assert ended.stdout.startswith("Worse for Dual full: 1.87 times as often.\nriver, year to Q1 2018: Dual full: ")
    assert "Dual full: 24 (of 200)" in ended.stdout
    assert "Ratio: 1.87 times (1.36 to 2.55)." in ended.stdout
    assert (ended.exit_code, ended.stderr) == (1, "esrd: nobody is counted in it, or nobody beside it.\n")


def test_a_ratio_without_an_interval_claims_nothing(answers: dict[str, Any]) -> None:
    ratio = RatioView(numerator=48, denominator=200, value="24.0000", others_numerator=90, others_denominator=700,
                      others_value="12.8571", ratio="1.8667", low=None, high=None)  # fmt: skip
    answers["/disparities"] = {
        "figure": figure("2018Q1R4", "15").model_dump(mode="json"),
        "disparities": [{"stratum": "dual_full", "ratio": ratio.model_dump(mode="json")}],
    }
    said = done("chart", "--as", "disparity", "--measure", "community-tenure", "--unit", "river", "--period",
                "2018Q1R4", *DAY)  # fmt: skip
    assert said.startswith("Dual full: 1.87 times Everybody else, without an interval.")
    assert "No interval: sums of the same persons have none." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("impact",), "First-after: say the first period with the intervention, or give --intervention."),
        (("impact", "--intervention", "i-1", "--first-after", "2017Q1"),
         "Intervention: when it began, who has it and who is compared are known of it already."),
        (("impact", "--intervention", "i-1", "--measure", "hospitalizations"),
         f"Measure: the intervention aims at {READMISSIONS}."),
        (("chart", "--as", "disparity", "--measure", READMISSIONS), "Unit: a disparity is within one unit."),
        (("chart", "--as", "disparity", "--measure", READMISSIONS, "--unit", "river"),
         "Period: a disparity is of one period, such as 2018Q1R4."),
        (("chart", "--measure", READMISSIONS), "Unit: a measure of communities is shown of units that are named."),
        (("chart", "--measure", READMISSIONS, "--unit", "river", "--every", "week"),
         "Every must be one of quarter, month, year, span."),
        (("chart", "--measure", READMISSIONS, "--unit", "river", "--period", "spring"),
         "Period must be a month 2018-03, a quarter 2018Q1, a year, or FIRSTDAY/LASTDAY."),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_one_sentence(
    answers: dict[str, Any], arguments: tuple[str, ...], sentence: str
) -> None:
    answers["/impact"] = intervention(effect(), not_counted=())
    ended = qio(*arguments)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", sentence + "\n")
