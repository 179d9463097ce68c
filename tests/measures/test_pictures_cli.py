"""qio measures chart, gaps, impact, tap: from spreadsheets and from the read API, for one facility and for a cohort."""

import builtins
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pytest
from typer.testing import CliRunner, Result

from services.measures import cli
from services.measures.commands.pictures import sources
from services.measures.commands.pictures.sending import MISSING, file_names
from shared.runtime.settings import Settings
from tests.measures.methods.charts.figures import AFTER, BASELINE

FALLS = "period,events,exposure\n" + "".join(
    f"{point.period},{point.events},{float(point.exposure)}\n" for point in (*BASELINE, *AFTER)
)
COHORT = "unit," + FALLS.splitlines()[0] + "\n" + "".join(
    f"{unit},{line}\n" for unit in ("River Home", "../Hill/Home") for line in FALLS.splitlines()[1:]
)  # fmt: skip
UNITS = "unit,events,exposure\nA,30,2000\nB,420,30000\nC,9,400\nD,140,10000\n"
DAY = ("--as-of", "2020-05-01")


def qio(*arguments: str | Path, table: str = "") -> Result:
    return CliRunner().invoke(cli.app, list(map(str, arguments)), input=table)


def done(*arguments: str | Path, table: str = "") -> str:
    ended = qio(*arguments, table=table)
    assert ended.exit_code == 0, ended.output
    return ended.stdout


def texts(path: Path) -> list[str]:
    root = ET.fromstring(path.read_text(encoding="utf-8"))
    return ["".join(one.itertext()) for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_spreadsheet_becomes_a_chart_as_svg_and_png(tmp_path: Path) -> None:
    svg, png = tmp_path / "falls.svg", tmp_path / "falls.png"
    said = done("chart", "--name", "River Home", "--what", "Falls", "--goal", "13.5", *DAY,
                "--svg", svg, "--png", png, table=FALLS)  # fmt: skip
    assert said == "Wrote 2 pictures: falls.svg, falls.png.\n"
    found = texts(svg)
    for text in ("Signal of change for the better since Q2 2009", "River Home", "Falls", "Centre 15.2", "Goal 13.5"):
        assert text in found, text
    assert png.read_bytes().startswith(b"\x89PNG")


def test_words_are_told_where_no_file_is_wanted_and_are_those_of_the_picture(tmp_path: Path) -> None:
    said = done("chart", *DAY, table=FALLS)
    assert said.startswith("Signal of change for the better since Q2 2009.\nOwn figures: Events. ↓ Lower is better.\n")
    assert "Signal at Q2 2009: 2 of 3 points beyond 2 sigma on one side, low, for the better.\n" in said
    svg = tmp_path / "falls.svg"
    assert done("chart", *DAY, "--svg", svg, "--text", table=FALLS) == said
    desc = ET.fromstring(svg.read_text(encoding="utf-8")).find("{http://www.w3.org/2000/svg}desc")
    assert desc is not None
    assert desc.text == said.rstrip("\n")


def test_json_has_the_scene_for_machines() -> None:
    found = json.loads(done("chart", "--json", *DAY, table=FALLS))["pictures"]
    (one,) = found
    assert (one["kind"], round(one["scene"]["centre"]["value"], 4)) == ("chart", 15.1726)
    assert [mark["number"] for mark in one["scene"]["marks"]] == [1, 2, 3]


def test_a_baseline_can_be_named_and_the_first_twelve_periods_are_one_otherwise() -> None:
    assert "Baseline Q1 2006 to Q4 2008" in done("chart", table=FALLS)
    assert "Baseline Q1 2006 to Q4 2007" in done("chart", "--baseline", "2006Q1..2007Q4", table=FALLS)
    short = "\n".join(FALLS.splitlines()[:10])
    assert "Baseline Q1 2006 to Q4 2007" in done("chart", table=short)


def test_a_cohort_becomes_one_file_a_facility_in_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "charts"
    done("chart", "--svg", folder, *DAY, table=COHORT)
    assert sorted(path.name for path in folder.iterdir()) == ["Hill-Home.svg", "River-Home.svg"]
    assert "../Hill/Home" in texts(folder / "Hill-Home.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["charts"]


def test_one_facility_that_cannot_be_shown_stops_no_other(tmp_path: Path) -> None:
    ended = qio("chart", "--svg", tmp_path, table=COHORT + "Empty,2018Q1,0,0\n")
    assert (ended.exit_code, ended.stderr) == (1, "Empty: there is no period with a figure.\n")
    assert len(list(tmp_path.iterdir())) == 2


def test_files_of_a_cohort_have_names_of_their_own() -> None:
    names = file_names(["a/b", "a b", "A-B", "..", "", "بيت", "x" * 300])
    assert list(names.values()) == ["a-b", "a-b-2", "A-B-3", "facility", "facility-2", "facility-3", "x" * 80]


@pytest.mark.parametrize(
    ("arguments", "table", "said"),
    [
        (("--as", "run"), FALLS, "Median 15.1 (Value)."),
        (("--as", "goal", "--goal", "14", "--by", "2010-12-31"), FALLS, "14.2 in Q4 2009: 0.217 from the goal"),
        (("--as", "goal", "--goal", "6"), "period,value\n2018Q1,7.5\n2018Q2,6\n", "The goal is reached: 6 in Q2 2018."),
        (("--as", "funnel", "--scale", "1000"), UNITS, "Of 4 facilities none lies beyond what chance gives."),
        (("--as", "funnel", "--share", "--own", "C"), UNITS, "C: 2.25 of 400, inside"),
        (("--as", "disparity", "--share"), "population,events,exposure\nDual,48,200\nOthers,90,700\n",
         "Worse for Dual: 1.87 times as often."),
        (("--share", "--prime"), "period,events,exposure\n2018Q1,1,2\n", "No baseline yet: figures without limits."),
    ],
)  # fmt: skip
def test_every_kind_of_chart_comes_from_a_table(arguments: tuple[str, ...], table: str, said: str) -> None:
    assert said in done("chart", *arguments, table=table)


def test_gaps_are_ranked_as_published() -> None:
    # Measures research §8.6: benchmark 12 per 1,000, prior worth 20 events; Y comes before X.
    said = done("gaps", "--benchmark", "12", "--scale", "1000", table=UNITS)
    assert "1. B: " in said
    assert "To prevent: events expected above the benchmark of 12" in said


def test_where_higher_is_better_those_without_are_to_be_reached() -> None:
    table = "unit,events,exposure\nGood,95,100\nBad,300,600\n"
    said = done("gaps", "--share", "--higher", "--benchmark", "90", table=table)
    assert "1. Bad: " in said
    assert "Bad: 2" in said  # some 240 of the 300 without it


def test_locations_are_ranked_for_prevention_one_picture_a_facility(tmp_path: Path) -> None:
    table = "facility,location,observed,predicted,device_days,patient_days\n" + "".join(
        f"{facility},{row}\n" for facility in ("330001", "330002") for row in ("ICU-A,8,5.2,1900,2600", "Ward,0,0.4,,")
    )
    done("tap", "--goal", "0.5", "--svg", tmp_path, table=table)
    assert "5.4 to prevent, SIR 1.54, DUR 0.731" in texts(tmp_path / "330002.svg")
    assert "1. 330001: 5.2 to prevent" in done("tap", "--goal", "0.5", "--facilities", table=table)


def test_impact_needs_others_without_the_intervention() -> None:
    times = [f"{year}Q{quarter}" for year in (2016, 2017, 2018) for quarter in (1, 2, 3, 4)]
    rows = [(unit, time, (60 if unit in "abcd" and time > "2018" else 100) + 3 * number + ord(unit) % 5, 10)
            for unit in "abcdefgh" for number, time in enumerate(times)]  # fmt: skip
    head = "unit,period,events,exposure,intervention\n"
    both = head + "".join(f"{u},{t},{e},{x},{'yes' if u in 'abcd' else 'no'}\n" for u, t, e, x in rows)
    assert done("impact", "--first-after", "2018Q1", table=both).startswith(
        "Impact of the intervention: for the better"
    )
    alone = head + "".join(f"{u},{t},{e},{x},yes\n" for u, t, e, x in rows if u == "a")
    said = done("impact", "--first-after", "2018Q1", table=alone)
    assert "impact" not in said.lower()
    assert "Nobody else is compared" in said


REFUSED: list[tuple[Sequence[str], str, str]] = [
    (("chart",), "", "Row 1, field period: the header must name it once."),
    (("chart",), "period,events,exposure\n2018Q1,1,0\n",
     "Row 2, field exposure: must be above 0 where there are events."),
    (("chart",), "period,events,exposure\n2018Q1,1,1\n2018Q1,1,1\n", "Row 3, field period: 2018Q1 is told twice."),
    (("chart",), "period,events,exposure\n2018Q1,1,1\n2018-01,1,1\n",
     "Row 3, field period: must be a month or quarter as in the rows before."),
    (("chart",), "period,events,exposure\n2018Q1R4,1,1\n",
     "Period 2018Q1R4: four quarters share their data with the next four; chart quarters."),
    (("chart", "--baseline", "2006Q1"), FALLS, "Baseline must look like FIRST..LAST, such as 2016Q1..2018Q4."),
    (("chart", "--baseline", "2006Q1..2006Q4"), FALLS, "A baseline needs at least 8 periods."),
    (("chart", "--share"), FALLS, "Period 2006Q1: a share has no more events than trials."),
    (("chart", "--goal", "low"), FALLS, "Goal must be a number such as 1.25."),
    (("chart", "--scale", "0"), FALLS, "Scale must be above 0."),
    (("chart", "--as-of", "yesterday"), FALLS, "As-of must be a day such as 2018-03-31."),
    (("chart", "--as", "goal"), FALLS, "A goal line needs --goal."),
    (("chart", "--as", "funnel"), "unit,events,exposure\nA,1,0\n",
     "Row 2: A needs events of at least 0 and an exposure above 0."),
    (("chart", "--as", "funnel"), "unit,events,exposure\nA,1,5\nA,1,5\n", "Row 3, field unit: is told twice."),
    (("chart", "--as", "disparity"), "population,events,exposure\nA,1,5\n", "A disparity is between two populations."),
    (("chart", "--unit", "365001"), "", "Facilities need --measure as well."),
    (("gaps",), UNITS, "Gaps are measured from a --benchmark."),
    (("gaps", "--benchmark", "1"), "unit,events,exposure\nA,0,5\n",
     "No unit has an event: there is nothing to prevent."),
    (("tap",), "location,observed,predicted\nICU,1,-1\n", "Row 2, field predicted: must be at least 0."),
    (("tap",), "location,observed,predicted,device_days\nICU,5,1,2\n",
     "Row 2: there cannot be more infections than days."),
    (("impact", "--first-after", "2030Q1"), FALLS,
     "Period 2030Q1: the first with the intervention is not among the values."),
    (("impact", "--first-after", "2008-01"), FALLS, "Period 2006Q1: must be of the kind of first-after."),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "table", "sentence"), REFUSED)
def test_what_is_wrong_is_one_sentence_with_field_and_rule(arguments: Sequence[str], table: str, sentence: str) -> None:
    ended = qio(*arguments, table=table)
    assert (ended.exit_code, ended.stdout, ended.stderr) == (2, "", sentence + "\n")


def test_without_matplotlib_a_plain_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys  # noqa: PLC0415

    whole = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return whole(name, *rest)

    for name in [name for name in sys.modules if name.startswith("services.measures.pictures.drawing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("services.measures.pictures.drawing", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    ended = qio("chart", "--svg", tmp_path / "falls.svg", table=FALLS)
    assert (ended.exit_code, ended.stderr) == (2, MISSING + "\n")
    assert done("chart", table=FALLS)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A read API that knows two homes; what it was asked."""
    questions: list[dict[str, Any]] = []

    def figure(unit: str, number: int, **more: Any) -> dict[str, Any]:
        quarter = f"{2015 + number // 4}Q{number % 4 + 1}"
        nothing = dict.fromkeys(("predicted", "value", "low", "high", "reason"))
        counts = {"numerator": 5 + number % 3, "denominator": 100}
        return {"unit": unit, "period": quarter, **counts, **nothing, "status": "FINAL", "revision": 1, **more}

    known = [figure(unit, number) for unit in ("365001", "365002") for number in range(12)]
    known += [figure("365001", 12, numerator=40), figure("365001", 13, status="PROVISIONAL")]
    known += [figure("365002", 12, numerator=0, denominator=0, reason="nothing is counted")]

    def get(url: str, *, params: Any, headers: Any, timeout: float) -> httpx.Response:
        assert url == "http://measures/api/facilities/figures"
        questions.append(params)
        units = params.get("unit")
        rows = [row for row in known if units is None or row["unit"] in units]
        page = rows[params["offset"] :][: params["limit"]]
        return httpx.Response(200, json=page, request=httpx.Request("GET", url))

    monkeypatch.setattr("httpx.get", get)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    monkeypatch.setenv("QIO_API_MEASURES", "http://measures")
    monkeypatch.setenv("QIO_TOKEN", "not-looked-at")
    return questions


FALL = ("--measure", "nursing-home-falls")


def test_a_facility_of_the_platform_is_charted_with_the_words_of_its_measure(asked: list[dict[str, Any]]) -> None:
    said = done("chart", *FALL, "--unit", "365001", *DAY)
    assert "Signal of change for the worse since Q1 2018." in said
    assert "365001: Long-stay residents who had a fall, percent. ↓ Lower is better." in said
    assert "Q1 2018: 40, limits " in said
    assert "Q2 2018: 6, provisional" in said
    assert "p chart" in said
    assert asked[0]["measure"] == "nursing-home-falls"


def test_a_whole_cohort_is_charted_at_once_and_who_is_missing_is_said(
    asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    cohort = tmp_path / "cohort.txt"
    cohort.write_text("365001\n365002\n\n365001\n365999\n")
    ended = qio("chart", *FALL, "--units", cohort, "--svg", tmp_path / "charts")
    assert (ended.exit_code, ended.stderr) == (1, "365999: there are no figures of it.\n")
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == ["365001.svg", "365002.svg"]
    assert asked[0]["unit"] == ["365001", "365002", "365999"]


def test_a_large_cohort_is_asked_for_in_parts(asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "PAGE", 10)
    found = sources.figures([f"{number:06}" for number in range(250)] + ["365001"], "nursing-home-falls")
    assert [len(question["unit"]) for question in asked] == [100, 100, 51, 51]
    assert len(found) == 14


def test_facilities_are_compared_in_the_latest_period_or_in_one_that_is_named(asked: list[dict[str, Any]]) -> None:
    said = done("chart", "--as", "funnel", *FALL, "--period", "2017Q4")
    assert "2 facilities, Q4 2017: " in said
    assert "unit" not in {name for name, value in asked[0].items() if value}
    ranked = done("gaps", *FALL, "--benchmark", "3", "--period", "2017Q4")
    assert "1. 365001: " in ranked


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (("chart", "--measure", "falls"), "Measure: there is no such measure of facilities; there are "),
        (("chart", "--measure", "nursing-home-composite", "--unit", "365001"),
         "Periods of this measure share their data"),
        (("gaps", "--measure", "nursing-home-composite"), "A ranking needs events out of an exposure"),
        (("tap", *FALL), "Measure: only infections that are predicted"),
        (("gaps", *FALL, "--benchmark", "3", "--period", "2001Q1"), "Period 2001Q1: no facility has a figure of it."),
        (("chart", *FALL, "--unit", "999999"), "There are no figures of it."),
    ],
)  # fmt: skip
def test_what_a_measure_cannot_show_is_said(
    asked: list[dict[str, Any]], arguments: tuple[str, ...], start: str
) -> None:
    ended = qio(*arguments)
    assert ended.exit_code == 2, ended.output
    assert ended.stderr.startswith(start)
