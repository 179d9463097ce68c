"""qio measures chart, gaps, tap: pictures of facilities as the read API has them, one or a whole cohort at once."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from services.measures.commands.pictures import sources
from shared.runtime.settings import Settings
from tests.measures.test_pictures_cli import DAY, done, qio


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
