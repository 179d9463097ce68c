"""qio measures chart, gaps, tap: pictures of facilities as the read API has them, one or a whole cohort at once."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from services.measures.commands.pictures import platform
from shared.runtime.settings import Settings
from tests.measures.test_pictures_cli import DAY, done, qio, texts


def charts(units: Any) -> list[dict[str, Any]]:
    """The chart of 365001 as the platform follows it: the second version of its baseline, a signal taken back."""
    if "365001" not in units:
        return []
    first = {"version": 1, "first": "2015Q1", "last": "2017Q4", "chart": "p", "centre": "1/25", "spread": "1"}
    version = {**first, "version": 2, "centre": "6/100", "frozen_at": "2018-06-01T00:00:00Z", "until": None}
    earlier = {**first, "frozen_at": "2018-01-01T00:00:00Z", "until": "2018-06-01T00:00:00Z"}
    points: list[dict[str, Any]] = [
        {"period": f"{2015 + number // 4}Q{number % 4 + 1}", "events": 5 + number % 3, "exposure": "100",
         "revision": 1, "provisional": False}
        for number in range(12)
    ]  # fmt: skip
    late = [dict(points[0], period="2018Q1", events=40), dict(points[0], period="2018Q2", provisional=True)]
    signal: dict[str, Any] = {"period": "2018Q1", "rule": "WE1", "side": "high", "revision": 1, "version": 2,
              "raised_at": "2018-07-01T00:00:00Z", "retracted_at": None, "because": None}  # fmt: skip
    gone: dict[str, Any] = {**signal, "period": "2017Q4", "retracted_at": "2018-07-02T00:00:00Z",
            "because": "the baseline was restated"}  # fmt: skip
    return [
        {"unit_type": "nursing_home", "unit": "365001", "chart": "p", "first": "2015Q1", "last": "2017Q4",
         "points": [*points, *late], "baseline": version, "earlier": [earlier], "signals": [signal],
         "retracted": [gone]}
    ]  # fmt: skip


def locations(units: Any) -> list[dict[str, Any]]:
    """Two locations of 330001; 330002 is told of as a whole, and one of its locations is not predicted."""
    days = {"device_days": 1900, "patient_days": 2600}
    rows: list[dict[str, Any]] = [
        {"unit": "330001", "location": "ICU-A", "observed": 8, "predicted": "5.2", **days},
        {"unit": "330001", "location": "Ward", "observed": 0, "predicted": "0.4", **days},
        {"unit": "330002", "location": "FACILITY", "observed": 2, "predicted": "1.5", **days},
        {"unit": "330002", "location": "NICU", "observed": 1, "predicted": None, **days},
    ]
    return [row for row in rows if row["unit"] in units]


def places(params: Any) -> list[dict[str, Any]]:
    """Recruitment knows two homes of Ohio, one of them without figures."""
    assert params["standing"] == "OPEN"
    if params.get("state") != "OH" and params.get("qin") != "Health Services":
        return []
    return [{"ccn": "365001", "name": "River Home"}, {"ccn": "365002", "name": "Hill Home"},
            {"ccn": "365777", "name": "New Home"}]  # fmt: skip


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
    known += [
        figure(unit, 12, numerator=8, denominator=None, predicted="5.6", measure="sir") for unit in ("330001", "330002")
    ]
    known += [figure("365002", 12, numerator=0, denominator=0, reason="nothing is counted")]

    def get(url: str, *, params: Any, headers: Any, timeout: float) -> httpx.Response:
        questions.append(params | {"path": url.removeprefix("http://measures/api")})
        units = params.get("unit")
        if url.endswith("/charts"):
            return httpx.Response(200, json=charts(units), request=httpx.Request("GET", url))
        if url.endswith("/facilities/locations"):
            return httpx.Response(200, json=locations(units), request=httpx.Request("GET", url))
        if url == "http://recruitment/api/facilities":
            return httpx.Response(200, json=places(params), request=httpx.Request("GET", url))
        assert url == "http://measures/api/facilities/figures"
        infections = params["measure"].startswith("clabsi")
        rows = [row for row in known if (units is None or row["unit"] in units) and ("measure" in row) is infections]
        page = rows[params["offset"] :][: params["limit"]]
        return httpx.Response(200, json=page, request=httpx.Request("GET", url))

    monkeypatch.setattr("httpx.get", get)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    monkeypatch.setenv("QIO_API_MEASURES", "http://measures")
    monkeypatch.setenv("QIO_TOKEN", "not-looked-at")
    return questions


FALL = ("--measure", "nursing-home-falls")


def test_a_facility_is_charted_as_the_platform_follows_it_with_the_words_of_its_measure(
    asked: list[dict[str, Any]],
) -> None:
    said = done("chart", *FALL, "--unit", "365001", *DAY)
    assert "Signal of change for the worse since Q1 2018." in said
    assert "365001: Long-stay residents who had a fall, percent. ↓ Lower is better." in said
    assert "Centre 6 (Percent)." in said
    assert "Q1 2018: 40, limits 0 to 13.1, signal" in said  # 6 % of 100: 3 sigma are 7.1
    assert "Q2 2018: 5, provisional" in said
    assert "Baseline Q1 2015 to Q4 2017, version 2, frozen; p chart" in said
    assert "Centre in earlier versions of the baseline: 1 (4) until 2018-06-01." in said
    assert "Signal there was at Q4 2017: a point beyond 3 sigma, high; taken back on 2018-07-02" in said
    assert [one["path"] for one in asked] == ["/facilities/figures", "/charts"]


def test_another_baseline_than_the_one_followed_has_no_version(asked: list[dict[str, Any]]) -> None:
    said = done("chart", *FALL, "--unit", "365001", "--baseline", "2015Q1..2016Q4", *DAY)
    assert "Baseline Q1 2015 to Q4 2016, frozen; p chart" in said
    assert [one["path"] for one in asked] == ["/facilities/figures"]


def test_figures_of_one_kind_of_period_are_shown_and_quarters_unless_asked(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("2018-03", 3), ("2018Q1", 9), ("2018", 30), ("2017-01-01/2017-12-31", 28)]
    nothing = dict.fromkeys(("predicted", "value", "low", "high", "reason"))
    told = [
        {"unit": "365001", "period": period, "numerator": events, "denominator": 100, "status": "FINAL", "revision": 1}
        | nothing
        for period, events in rows
    ]
    monkeypatch.setattr(platform, "figures", lambda units, measure: told)
    for every, events in ((None, "9"), ("month", "3"), ("year", "30"), ("span", "28")):
        more = ("--every", every) if every else ()
        said = done("chart", "--as", "goal", "--goal", "1", *FALL, "--unit", "365001", *more)
        assert said.startswith(f"{events} in "), said
    assert "28 in 2017-01-01 to 2017-12-31" in done("chart", "--as", "goal", "--goal", "1", *FALL, "--every", "span")


def test_a_whole_cohort_is_charted_at_once_and_who_is_missing_is_said(
    asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    cohort = tmp_path / "cohort.txt"
    cohort.write_text("365001\n365002\n\n365001\n365999\n")
    ended = qio("chart", *FALL, "--units", cohort, "--svg", tmp_path / "charts")
    assert (ended.exit_code, ended.stderr) == (1, "365999: there are no figures of it.\n")
    assert sorted(path.name for path in (tmp_path / "charts").iterdir()) == ["365001.svg", "365002.svg", "index.html"]
    assert asked[0]["unit"] == ["365001", "365002", "365999"]


def test_a_large_cohort_is_asked_for_in_parts(asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "PAGE", 10)
    found = platform.figures([f"{number:06}" for number in range(250)] + ["365001"], "nursing-home-falls")
    assert [len(question["unit"]) for question in asked] == [100, 100, 51, 51]
    assert len(found) == 14


def test_facilities_are_compared_in_the_latest_period_or_in_one_that_is_named(asked: list[dict[str, Any]]) -> None:
    said = done("chart", "--as", "funnel", *FALL, "--period", "2017Q4")
    assert "2 facilities, Q4 2017: " in said
    assert "unit" not in {name for name, value in asked[0].items() if value}
    ranked = done("gaps", *FALL, "--benchmark", "3", "--period", "2017Q4")
    assert "1. 365001: " in ranked


def test_a_state_or_network_is_a_cohort_whose_facilities_are_named(
    asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QIO_API_RECRUITMENT", "http://recruitment")
    ranked = done("gaps", *FALL, "--benchmark", "3", "--period", "2017Q4", "--state", "OH")
    assert "2 facilities of OH, Q4 2017: " in ranked
    assert "1. River Home (365001): " in ranked
    assert "Hill Home (365002): " in done(
        "gaps", *FALL, "--benchmark", "3", "--period", "2017Q4", "--network", "Health Services"
    )
    ended = qio("gaps", *FALL, "--benchmark", "3", "--state", "TX")
    assert (ended.exit_code, ended.stderr) == (2, "State: no open facility of TX is known.\n")
    ended = qio("gaps", *FALL, "--benchmark", "3", "--state", "OH", "--unit", "365001")
    assert (ended.exit_code, ended.stderr[:30]) == (2, "Unit and units cannot be given")


def test_gaps_of_a_cohort_are_one_picture_a_facility_in_a_folder_with_an_index(
    asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    done("gaps", *FALL, "--benchmark", "3", "--period", "2017Q4", "--each", "--svg", tmp_path / "gaps", *DAY)
    assert sorted(path.name for path in (tmp_path / "gaps").iterdir()) == ["365001.svg", "365002.svg", "index.html"]
    own = texts(tmp_path / "gaps" / "365002.svg")
    assert "365002, among 2 facilities, Q4 2017" in own
    assert any(text.startswith("▶ ") and "365002" in text for text in own)
    index = (tmp_path / "gaps" / "index.html").read_text()
    assert index.index("365001.svg") < index.index("365002.svg")


def test_hospitals_named_are_assessed_by_location_and_all_of_them_by_hospital(
    asked: list[dict[str, Any]], tmp_path: Path
) -> None:
    ratio = ("--measure", "clabsi-sir-2022", "--goal", "0.5", *DAY)
    said = done("tap", *ratio, "--unit", "330001")
    assert "330001, Q1 2018: " in said
    assert "1. ICU-A: 5.4 to prevent, SIR 1.54, DUR 0.731, flagged" in said
    assert {one["path"]: one.get("period") for one in asked}["/facilities/locations"] == "2018Q1"
    ended = qio("tap", *ratio, "--unit", "330002")
    assert "1. Whole hospital: 1.25 to prevent" in ended.stdout
    assert ended.stderr == "330002: some of its locations are left out: no model predicts their infections.\n"
    assert "1. 330001: 5.2 to prevent" in done("tap", *ratio, "--facilities", "--unit", "330001")
    assert "2 facilities, Q1 2018: " in done("tap", *ratio)


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
