"""Figures of facilities by the read API: as published last, for staff alone, by unit and period."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.measures.domain import kinds
from services.measures.domain.panel.measure import Form
from services.measures.domain.panel.published import Published
from services.measures.repository import figures
from tests.measures.folding import NOW
from tests.measures.reading import reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

FALLS = {"measure": "nursing-home-falls"}
INFECTIONS = next(one.id for one in kinds.MEASURES.values() if one.form is Form.STANDARDIZED)


def published(unit: str, period: str, **changed: Any) -> Published:
    row = Published(
        kind="residents",
        unit=unit,
        measure=FALLS["measure"],
        period=period,
        specification=1,
        numerator=3,
        denominator=60,
        value="5.0000",
        low="1.7149",
        high="13.6995",
        reason=None,
        status="FINAL",
        revision=2,
        settles_on=dt.date(2018, 8, 14),
        as_of=NOW,
    )
    return row._replace(**changed)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        async with opened.acquire() as conn:
            await figures.save(
                conn,
                [
                    published("365002", "2018Q1"),
                    published("365001", "2018Q2", numerator=0, denominator=0, value=None, low=None, high=None,
                              reason="nothing is counted", status="PROVISIONAL"),
                    published("365001", "2018Q1"),
                    published("330001", "2018Q1", kind="infections", measure=INFECTIONS, denominator=5_200_001),
                ],
            )  # fmt: skip
        yield opened


async def test_figures_come_by_unit_and_period_as_they_were_published(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with reading(pool, tmp_path) as reader:
        every = await reader.get("/facilities/figures", **FALLS)
        assert [(row["unit"], row["period"]) for row in every] == [
            ("365001", "2018Q1"),
            ("365001", "2018Q2"),
            ("365002", "2018Q1"),
        ]
        first, second, _ = every
        assert {name: first[name] for name in ("numerator", "denominator", "predicted", "value", "low", "high")} == {
            "numerator": 3,
            "denominator": 60,
            "predicted": None,
            "value": "5.0000",
            "low": "1.7149",
            "high": "13.6995",
        }
        assert (first["status"], first["revision"], first["reason"]) == ("FINAL", 2, None)
        assert (second["value"], second["reason"], second["status"]) == (None, "nothing is counted", "PROVISIONAL")
        assert await reader.get("/facilities/figures", **FALLS, unit=["365002", "999999"]) == [every[2]]
        assert await reader.get("/facilities/figures", **FALLS, period="2018Q2") == [every[1]]
        assert await reader.get("/facilities/figures", **FALLS, limit=1, offset=1) == [every[1]]


async def test_predicted_infections_are_told_as_a_number_and_not_in_millionths(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    async with reading(pool, tmp_path) as reader:
        (one,) = await reader.get("/facilities/figures", measure=INFECTIONS)
    assert (one["predicted"], one["denominator"]) == ("5.200001", None)


async def test_what_is_asked_wrongly_names_the_field_and_outsiders_see_nothing(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    async with reading(pool, tmp_path) as reader:
        assert (await reader.refused("/facilities/figures", measure="falls"))[:2] == (404, "unknown-measure")
        assert (await reader.refused("/facilities/figures", **FALLS, period="spring"))[:2] == (422, "invalid-period")
    async with reading(pool, tmp_path, roles=("partner",)) as outside:
        assert (await outside.refused("/facilities/figures", **FALLS))[:2] == (403, "inside-only")


async def test_what_each_measure_of_facilities_is_is_told_to_everybody(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with reading(pool, tmp_path, roles=()) as reader:
        every = {row["id"]: row for row in await reader.get("/facilities/measures")}
    assert every.keys() == kinds.MEASURES.keys()
    falls, defined = every[FALLS["measure"]], kinds.MEASURES[FALLS["measure"]]
    assert (falls["title"], falls["form"], falls["better"]) == (defined.title, "share", "lower")
    assert falls["scale"] == str(defined.scale) == "100"


async def test_years_and_the_days_of_a_file_are_periods_that_can_be_asked_for(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    year, file = published("365001", "2018"), published("365001", "2014-01-01/2014-12-31")
    async with pool.acquire() as conn:
        await figures.save(conn, [year, file])
    async with reading(pool, tmp_path) as reader:
        for one in (year, file):
            (row,) = await reader.get("/facilities/figures", **FALLS, period=one.period)
            assert row["period"] == one.period
