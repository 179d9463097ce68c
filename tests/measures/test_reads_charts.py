"""Control charts by the read API: as they are followed, with the baselines and signals that were there before."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import pytest

from services.measures import charting
from services.measures.charting import Charted
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.state import Plan
from services.measures.repository.charts import Whose
from tests.measures.methods.charts.figures import AFTER, BASELINE
from tests.measures.reading import reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

FALLS = "nursing-home-falls"
PLAN = Plan(Kind.U, "2006Q1", "2008Q4")
LATER = dt.datetime(2011, 1, 2, tzinfo=dt.UTC)
FAR = Point(period="2009Q1", events=800, exposure=BASELINE[0].exposure)


async def follow(conn: asyncpg.Connection, *points: Point, unit: str = "365001", now: dt.datetime = LATER) -> list[str]:
    told = [Charted(Whose(FALLS, "nursing_home", unit), PLAN, "lower", point) for point in points]
    async with conn.transaction():
        return [emit.event.wire_type() for emit in await charting.follow_all(conn, told, now)]


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        yield opened


async def test_a_chart_has_its_points_and_the_baseline_and_signals_in_force(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with pool.acquire() as conn:
        await follow(conn, *BASELINE, *AFTER)
        await follow(conn, *BASELINE[:3], unit="365002")
    async with reading(pool, tmp_path) as reader:
        first, second = await reader.get("/charts", measure=FALLS)
        assert await reader.get("/charts", measure=FALLS, unit=["365002"]) == [second]
        assert await reader.get("/charts", measure=FALLS, limit=1, offset=1) == [second]
    assert (first["unit"], first["unit_type"], first["chart"]) == ("365001", "nursing_home", "u")
    assert (first["first"], first["last"], len(first["points"])) == ("2006Q1", "2008Q4", 16)
    # Measures research §1.3, example 3: the centre is 15.1726.
    top, _, bottom = first["baseline"]["centre"].partition("/")
    assert round(int(top) / int(bottom or 1), 4) == 15.1726
    assert first["baseline"]["version"] == 1
    assert {one["period"] for one in first["signals"]} >= {"2009Q2"}
    assert (first["earlier"], first["retracted"]) == ([], [])
    assert (second["baseline"], second["signals"]) == (None, [])


async def test_a_replaced_baseline_and_signals_taken_back_are_told_with_why_and_since_when(
    pool: asyncpg.Pool, tmp_path: Path
) -> None:
    async with pool.acquire() as conn:
        await follow(conn, *BASELINE, FAR, now=LATER)
        await follow(conn, replace(FAR, events=round(15 * FAR.exposure), revision=1), now=LATER + dt.timedelta(days=1))
        await follow(conn, replace(BASELINE[0], events=650, revision=1), now=LATER + dt.timedelta(days=2))
        nothing = replace(BASELINE[0], events=0, exposure=BASELINE[0].exposure * 0, revision=2)
        await follow(conn, nothing, now=LATER + dt.timedelta(days=3))
    async with reading(pool, tmp_path) as reader:
        (chart,) = await reader.get("/charts", measure=FALLS)
    assert chart["baseline"] is None
    assert [(one["version"], one["until"][:10]) for one in chart["earlier"]] == [(1, "2011-01-04"), (2, "2011-01-05")]
    (gone,) = chart["retracted"]
    assert (gone["period"], gone["rule"], gone["side"], gone["retracted_at"][:10]) == (
        "2009Q1",
        "WE1",
        "high",
        "2011-01-03",
    )
    assert gone["because"] == "a figure of the period or of one before it was restated"


async def test_the_same_points_again_add_nothing_to_what_was(pool: asyncpg.Pool) -> None:
    restated = replace(BASELINE[0], events=650, revision=1)
    async with pool.acquire() as conn:
        await follow(conn, *BASELINE)
        for _ in range(3):
            await follow(conn, restated)
        assert await conn.fetchval("SELECT count(*) FROM chart_past") == 1


async def test_charts_are_for_staff_and_a_measure_there_is_none_of_is_named(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with reading(pool, tmp_path) as reader:
        assert (await reader.refused("/charts", measure="falls"))[:2] == (404, "unknown-measure")
        assert await reader.get("/charts", measure="rehospitalizations-30d") == []
        assert await reader.get("/charts", measure="local-declared-by-somebody") == []
    async with reading(pool, tmp_path, roles=("partner",)) as outside:
        assert (await outside.refused("/charts", measure=FALLS))[:2] == (403, "inside-only")
