"""FHIR reports by the read API and the command: valid, and without numbers that may not leave."""

import datetime as dt
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from fhir.resources.R4B.measurereport import MeasureReport

from services.measures.domain import kinds
from services.measures.domain.panel import outward
from services.measures.domain.panel.published import Published
from services.measures.repository import figures
from shared.runtime.settings import Settings
from tests.measures.reading import reading
from tests.measures.test_pictures_cli import done, qio
from tests.measures.test_reads_facilities import FALLS, INFECTIONS, published
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

PRESSURE = "practice-blood-pressure"


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    rows = [
        published("365001", "2018Q1", numerator=12, denominator=60, value="20.0000"),
        published("365001", "2018Q2"),
        published("365001", "2018Q3", numerator=0, denominator=60, value="0.0000"),
        published("365001", "2018Q4", numerator=55, denominator=60, value="91.6667"),
        published("365001", "2018", numerator=70, denominator=240, value="29.1667"),
        published("330001", "2018Q1", kind="infections", measure=INFECTIONS, numerator=11, denominator=5_200_000),
        published("330002", "2018Q1", kind="infections", measure=INFECTIONS, denominator=5_200_000),
        published("1234567893", "2024", kind="patients", measure=PRESSURE, numerator=30, denominator=45, value="66.6"),
    ]
    async with app_pool(database, "measures") as opened:
        async with opened.acquire() as conn:
            await figures.save(conn, rows)
        yield opened


def counts(told: dict[str, Any]) -> dict[str, int | None]:
    """As it travels, and valid by the base specification."""
    MeasureReport.model_validate_json(json.dumps(told))
    (group,) = told["group"]
    return {one["code"]["coding"][0]["code"]: one.get("count") for one in group["population"]}


async def test_small_counts_their_rests_and_what_gives_them_away_do_not_leave(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    async with reading(pool, tmp_path) as reader:
        found = await reader.get("/facilities/reports", **FALLS, unit=["365001"])
        assert [(one["period"]["start"], one["period"]["end"], counts(one)) for one in found] == [
            ("2018-01-01", "2018-12-31", {"denominator": None, "numerator": None}),  # less three quarters it is 3
            ("2018-01-01", "2018-03-31", {"denominator": 60, "numerator": 12}),
            ("2018-04-01", "2018-06-30", {"denominator": None, "numerator": None}),
            ("2018-07-01", "2018-09-30", {"denominator": 60, "numerator": 0}),
            ("2018-10-01", "2018-12-31", {"denominator": None, "numerator": None}),  # 5 without a fall
        ]
        masked = found[2]["group"][0]
        assert masked["measureScore"]["extension"][0]["valueCode"] == "masked"
        assert masked["population"][0]["_count"]["extension"][0]["valueCode"] == "masked"
        assert "withheld: a count of 1 to 10" in found[2]["text"]["div"]
        assert "5.0000" not in json.dumps(found[2])


async def test_inside_every_number_is_told_and_one_period_can_be_asked_for(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with reading(pool, tmp_path) as reader:
        (one,) = await reader.get("/facilities/reports", **FALLS, unit=["365001"], period="2018Q2", view="inside")
    assert counts(one) == {"denominator": 60, "numerator": 3}
    assert one["group"][0]["measureScore"] == {"value": 0.05}


async def test_infections_and_practices_are_reported_as_what_they_are(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with reading(pool, tmp_path) as reader:
        many, few = await reader.get("/facilities/reports", measure=INFECTIONS, unit=["330001", "330002"])
        assert (counts(many), counts(few)) == ({"numerator": 11}, {"numerator": None})
        (practice,) = await reader.get("/facilities/reports", measure=PRESSURE, unit=["1234567893"])
        assert counts(practice) == {"denominator": 45, "numerator": 30}
        assert practice["reporter"]["identifier"]["system"] == "http://hl7.org/fhir/sid/us-npi"


async def test_reports_are_for_staff_and_what_is_asked_wrongly_names_the_field(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    async with reading(pool, tmp_path) as reader:
        assert (await reader.refused("/facilities/reports", measure="falls", unit=["1"]))[:2] == (
            404,
            "unknown-measure",
        )
        wrong = await reader.refused("/facilities/reports", **FALLS, unit=["365001"], period="spring")
        assert (wrong[:2], wrong[2][:7]) == ((422, "invalid-period"), "period:")
        assert (await reader.refused("/facilities/reports", **FALLS))[0] == 422
    async with reading(pool, tmp_path, roles=("partner",)) as outside:
        assert (await outside.refused("/facilities/reports", **FALLS, unit=["365001"]))[:2] == (403, "inside-only")


def test_periods_that_share_their_data_do_not_leave() -> None:
    composite = kinds.MEASURES["nursing-home-composite"]
    assert outward.withheld(composite, "2018Q1", 200, 4000, quarters=True) == outward.ROLLING


@pytest.mark.parametrize(("numerator", "leaves"), [(0, True), (1, False), (10, False), (11, True)])
def test_counts_of_one_to_ten_are_small(numerator: int, leaves: bool) -> None:
    falls = kinds.MEASURES[FALLS["measure"]]
    assert (outward.withheld(falls, "2018Q1", numerator, 100, quarters=True) is None) is leaves


def test_the_command_writes_one_document_or_a_line_for_each(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from services.measures.fhir import measure_report  # noqa: PLC0415

    definition = kinds.MEASURES[FALLS["measure"]]

    def told(unit: str, why: str | None) -> dict[str, Any]:
        row: Published = published(unit, "2018Q1", as_of=dt.datetime(2018, 9, 1, tzinfo=dt.UTC))
        return measure_report(definition, "nursing_home", row, withheld=why)

    asked: list[Any] = []

    def get(url: str, *, params: Any, headers: Any, timeout: float) -> httpx.Response:
        asked.append(params)
        rows = [told(unit, "a count of 1 to 10" if params["view"] == "external" else None) for unit in params["unit"]]
        return httpx.Response(200, json=rows, request=httpx.Request("GET", url))

    monkeypatch.setattr("httpx.get", get)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    monkeypatch.setenv("QIO_API_MEASURES", "http://measures")
    monkeypatch.setenv("QIO_TOKEN", "not-looked-at")
    one = json.loads(done("report", "--measure", FALLS["measure"], "--unit", "365001", "--inside"))
    assert counts(one) == {"denominator": 60, "numerator": 3}
    out = tmp_path / "falls.ndjson"
    said = done("report", "--measure", FALLS["measure"], "--unit", "365001", "--unit", "365002", "--out", out)
    assert said == "Wrote 2 reports: falls.ndjson; 2 without numbers, because they may not leave.\n"
    assert [counts(json.loads(line))["numerator"] for line in out.read_text().splitlines()] == [None, None]
    assert [params["view"] for params in asked] == ["inside", "external"]
    ended = qio("report", "--measure", FALLS["measure"])
    assert (ended.exit_code, ended.stderr) == (2, "Unit: name facilities, a file of them, a state or a network.\n")
