"""Readers outside: the last public snapshot and what is no secret; small numbers nowhere."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from services.measures.domain.declared.kinds import DECLARED_MEASURE
from services.measures.domain.values import NO_VALUE_SETS
from services.measures.repository.declared import store
from services.measures.snapshots import take
from tests.measures.declared.commands import WHO, Desk
from tests.measures.folding import NOW, append, cell, define, fold
from tests.measures.reading import reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

SHARE = "local-avoidable-share"
PLACE = {"measure": "hospitalizations", "unit_type": "community", "unit": "river", "period": "2018Q1"}


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        yield opened


async def test_a_reader_outside_sees_only_the_last_public_snapshot(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with pool.acquire() as conn:
        await define(conn, "river", 1, "zip:15001")
        await append(
            conn,
            cell("zip:15001", 201801, days=90_000, hospitalizations=4),
            cell("zip:44130", 201801, days=90_000, hospitalizations=400),
            received="2019-07-01",
        )
        await fold(conn)
    async with reading(pool, tmp_path, roles=("partner",)) as outside:
        assert await outside.get("/snapshots") == {"snapshot": None, "figures": []}
        async with pool.acquire() as conn:
            await take(conn, NOW, NO_VALUE_SETS.has)
        shown = await outside.get("/snapshots", **PLACE)
        assert shown["snapshot"] == "2020-01"
        (river,) = shown["figures"]
        assert (river["suppressed"], river["numerator"], river["value"]) == (True, None, None)
        assert set(river) == {
            "measure",
            "unit_type",
            "unit",
            "period",
            "numerator",
            "denominator",
            "value",
            "suppressed",
        }
        for path in ("/values", "/compare", "/disparities", "/series", "/goals", "/explain"):
            assert (await outside.refused(path, **PLACE))[:2] == (403, "inside-only"), path
        for path in ("/results", "/summary", "/audit", "/activity/facilities", "/activity/communities"):
            assert (await outside.refused(path))[:2] == (403, "inside-only"), path
        assert await outside.get("/measures")
        assert await outside.get("/value-sets")
    async with reading(pool, tmp_path) as inside:
        assert (await inside.get("/values", **PLACE))["numerator"] == 4


async def test_every_route_but_those_named_here_is_for_staff_alone(pool: asyncpg.Pool, tmp_path: Path) -> None:
    open_to_readers = {
        "/measures",
        "/facilities/measures",
        "/value-sets",
        "/snapshots",
        "/declared",
        "/declared/parts",
    }
    async with reading(pool, tmp_path, roles=("partner",)) as outside:
        told = (await outside.client.get("/openapi.json")).json()
        paths = {path.removeprefix("/api") for path in told["paths"]}
        assert paths > open_to_readers | {"/facilities/figures", "/charts", "/impact", "/activity/facilities"}
        for path in open_to_readers:
            await outside.get(path)
        for path in paths - open_to_readers:
            assert (await outside.refused(path))[:2] == (403, "inside-only"), path


async def test_who_of_the_staff_declared_a_measure_is_shown_to_staff_alone(pool: asyncpg.Pool, tmp_path: Path) -> None:
    desk = Desk()
    desk.declare()
    async with pool.acquire() as conn, conn.transaction():
        await store().save(conn, {DECLARED_MEASURE.key(SHARE): desk.measure()}, NOW)
    async with reading(pool, tmp_path, roles=("partner",)) as outside, reading(pool, tmp_path) as within:
        (hidden,), (shown,) = await outside.get("/declared"), await within.get("/declared")
    assert hidden["versions"][0]["actor"] is None
    assert shown["versions"][0]["actor"] == WHO
    assert hidden["versions"][0]["title"] == shown["versions"][0]["title"]


async def test_a_figure_that_moved_too_little_is_shown_as_before(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with pool.acquire() as conn, reading(pool, tmp_path, roles=()) as outside:
        await append(conn, cell("zip:15001", 201801, days=90_000, hospitalizations=400), received="2019-01-01")
        await fold(conn)
        await take(conn, NOW, NO_VALUE_SETS.has)
        asked = {"measure": "hospitalizations", "unit_type": "nation"}
        before = (await outside.get("/snapshots", **asked))["figures"]
        await append(conn, cell("zip:15001", 201801, hospitalizations=3))
        await fold(conn)
        assert await take(conn, NOW.replace(month=4), NO_VALUE_SETS.has)
        after = await outside.get("/snapshots", **asked)
        assert (after["snapshot"], after["figures"]) == ("2020-04", before)
        assert before[0]["numerator"] == 400
