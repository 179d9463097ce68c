"""qio measures chart, gaps, impact, tap: pictures of a facility's or a cohort's own spreadsheet."""

import builtins
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from typer.testing import CliRunner, Result

from services.measures import cli
from services.measures.commands.pictures.sending import MISSING, file_names
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
    assert sorted(path.name for path in folder.iterdir()) == ["Hill-Home.svg", "River-Home.svg", "index.html"]
    assert "../Hill/Home" in texts(folder / "Hill-Home.svg")
    assert [path.name for path in tmp_path.iterdir()] == ["charts"]


def test_the_index_of_a_cohort_has_every_picture_in_words_and_names_are_harmless(tmp_path: Path) -> None:
    table = COHORT.replace("River Home", "River <b>&Home")
    done("chart", "--svg", tmp_path, "--png", tmp_path, *DAY, table=table)
    text = (tmp_path / "index.html").read_text()
    page = ET.fromstring(text.removeprefix("<!doctype html>\n"))
    assert [one.get("src") for one in page.iter("img")] == ["River-b-Home.svg", "Hill-Home.svg"]
    links = [one.get("href") for one in page.iter("a")]
    assert links == ["#1", "#2", "River-b-Home.svg", "River-b-Home.png", "Hill-Home.svg", "Hill-Home.png"]
    assert "River <b>&Home: Signal of change for the better since Q2 2009" in [one.text for one in page.iter("h2")]
    assert "http" not in text


def test_one_facility_that_cannot_be_shown_stops_no_other(tmp_path: Path) -> None:
    ended = qio("chart", "--svg", tmp_path, table=COHORT + "Empty,2018Q1,0,0\n")
    assert (ended.exit_code, ended.stderr) == (1, "Empty: there is no period with a figure.\n")
    assert len(list(tmp_path.glob("*.svg"))) == 2
    assert "Empty: there is no period with a figure." in (tmp_path / "index.html").read_text()


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
    (("chart",), "", "The table is empty: its first row must name the fields period, events, exposure."),
    (("chart",), "Unit,Falls\nA,1\n", "Row 1, field period: the header must name it once."),
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
    (("gaps", "--benchmark", "1"), "unit,events,exposure\nA,1,5\n",
     "A cohort of 1 cannot be ranked: gaps are drawn to the mean of at least two units."),
    (("chart", "--as", "funnel"), "unit,events,exposure\nA,1,5\n",
     "One unit cannot be compared with itself: give a target."),
    (("chart", "--as", "funnel", "--goal", "-1"), UNITS, "A target is above 0."),
    (("chart",), "period,events\n2018Q1,1\n", "Row 1, field exposure: the header must name it once."),
    (("chart",), "period,events,exposure\n", "The table has a header and no rows."),
    (("tap",), "location,observed,predicted\n", "The table has a header and no rows."),
    (("gaps", "--benchmark", "1"), "unit,events,exposure\nA,0,5\nB,0,6\n",
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
