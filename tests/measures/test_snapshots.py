"""Public snapshots as the service takes them: followed-up quarters only, small numbers withheld, once a day."""

import datetime as dt
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.measures.domain.values import NO_VALUE_SETS
from services.measures.snapshots import is_due, take
from shared.contracts.measures import PUBLIC, MeasuresSnapshotPublished
from tests.measures.folding import NOW, append, cell, define, fold
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

RIVER, HILL = "zip:15001", "zip:44130"
LATER = NOW + dt.timedelta(days=90)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def shown(conn: asyncpg.Connection, day: dt.date) -> dict[tuple[str, str, str], MeasuresSnapshotPublished]:
    rows = await conn.fetch("SELECT payload FROM outbox WHERE aggregatetype = $1", PUBLIC.name)
    found = [MeasuresSnapshotPublished.model_validate_json(row["payload"]) for row in rows]
    return {(one.measure, one.unit, one.period): one for one in found if one.snapshot == f"{day:%Y-%m}"}


async def test_small_numbers_and_what_gives_them_away_are_withheld(conn: asyncpg.Connection) -> None:
    await define(conn, "river", 1, RIVER)
    await define(conn, "hill", 1, HILL)
    await append(
        conn,
        cell(RIVER, 201801, days=90_000, hospitalizations=4),
        cell(HILL, 201801, days=90_000, hospitalizations=400),
        cell(HILL, 201904, days=90_000, hospitalizations=400),
        received="2019-07-01",
    )
    await fold(conn)
    assert await take(conn, NOW, NO_VALUE_SETS.has)
    found = await shown(conn, NOW.date())
    assert {period for _, _, period in found} == {"2018Q1"}  # the other is not followed up
    small = found["hospitalizations", "river", "2018Q1"]
    assert (small.suppressed, small.numerator, small.value) == (True, None, None)
    assert found["hospitalizations", "PA", "2018Q1"].numerator is None
    known = [found["hospitalizations", unit, "2018Q1"].numerator for unit in ("US", "hill", "OH")]
    assert 404 not in known or 400 not in known
    assert not [one for one in found.values() if one.measure.startswith("payments")]


async def test_a_day_has_one_snapshot_and_a_small_change_is_not_shown_in_the_next(conn: asyncpg.Connection) -> None:
    await append(conn, cell(RIVER, 201801, days=90_000, hospitalizations=400), received="2019-01-01")
    await fold(conn)
    assert await take(conn, NOW, NO_VALUE_SETS.has)
    assert await take(conn, NOW, NO_VALUE_SETS.has) is None
    await append(conn, cell(RIVER, 201801, hospitalizations=3))
    await fold(conn)
    assert await take(conn, LATER, NO_VALUE_SETS.has)
    found = await shown(conn, LATER.date())
    kept = found["hospitalizations", "US", "2018Q1"]
    assert (kept.suppressed, kept.numerator) == (False, 400)


@pytest.mark.parametrize(
    ("today", "last", "expected"),
    [
        ("2020-02-13", None, False),
        ("2020-02-14", None, True),
        ("2020-02-20", "2020-02-14", False),
        ("2020-02-20", "2019-11-14", True),
        ("2020-04-01", "2020-02-14", False),
    ],
)
def test_a_snapshot_is_due_on_its_day_of_the_quarter(today: str, last: str | None, expected: bool) -> None:
    before = dt.date.fromisoformat(last) if last else None
    assert is_due(dt.date.fromisoformat(today), (45,), before) is expected
