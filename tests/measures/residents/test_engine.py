"""Residents of a home through the engine: corrections, and the day that passes at midnight."""

import datetime as dt
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.measures.domain.panel.figures import NONE_LEFT
from services.measures.domain.residents.definitions import COLLABORATIVE
from services.measures.domain.residents.kind import RESIDENTS
from tests.measures.harm.pure import Told
from tests.measures.panel.telling import figures, pass_time, tell
from tests.measures.residents.records import Record, assessed, decoded, entered
from tests.measures.residents.test_examples import ENTRY, STAY, ULCER
from tests.support.service import app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def resident(*records: Record) -> list[Told]:
    return [(record["type"], decoded(record)) for record in records]


async def test_an_inactivated_assessment_leaves_nothing_where_the_one_before_is_too_old(
    conn: asyncpg.Connection,
) -> None:
    # Measures research §6.5, example 3: 1/1, modified 0/1, inactivated 0/0.
    older = assessed("before", "2017-11-21", **ULCER)  # 130 days before the quarter ends
    told = [ENTRY, older, assessed("quarterly", "2018-02-20", **ULCER)]
    name = "nursing-home-pressure-ulcers"
    first = figures(await tell(conn, RESIDENTS, *resident(*told)), name)["2018Q1"]
    assert (first.numerator, first.denominator, first.value) == (1, 1, "100.0000")
    modified = assessed("quarterly", "2018-02-20", 2, "adjust", **ULCER | {"M0300C1": 0})
    second = figures(await tell(conn, RESIDENTS, *resident(modified)), name)["2018Q1"]
    assert (second.numerator, second.denominator, second.status) == (0, 1, "RESTATED")
    inactivated = assessed("quarterly", "2018-02-20", 3, "cancel", **ULCER)
    third = figures(await tell(conn, RESIDENTS, *resident(inactivated)), name)["2018Q1"]
    assert (third.numerator, third.denominator, third.computable, third.reason) == (0, 0, False, NONE_LEFT)


async def test_at_midnight_a_resident_is_long_stay_without_a_record(conn: asyncpg.Connection) -> None:
    # Measures research §6.5, example 4: day 100 is 12 April 2018, day 101 the 13th.
    evening, midnight = (dt.datetime(2018, 4, day, hour, tzinfo=dt.UTC) for day, hour in ((12, 23), (13, 0)))
    assert await tell(conn, RESIDENTS, *resident(*STAY), now=evening) == []
    assert await pass_time(conn, RESIDENTS, evening) == []
    events = await pass_time(conn, RESIDENTS, midnight)
    quarter = [one for one in events if one.period == "2018Q2" and one.spans == 1]
    assert [one.denominator for one in quarter].count(1) >= len(COLLABORATIVE) == 13
    assert await pass_time(conn, RESIDENTS, midnight) == []


async def test_in_a_leap_year_the_101st_day_comes_a_day_earlier(conn: asyncpg.Connection) -> None:
    # January 31, February 29, March 31: 10 April is day 101. In 2019 it is the 11th.
    for year, last in ((2020, 9), (2019, 10)):
        await conn.execute("DELETE FROM panel_member")
        records = resident(entered("in", f"{year}-01-01"), assessed("quarterly", f"{year}-03-25"))
        assert await tell(conn, RESIDENTS, *records, now=dt.datetime(year, 4, last, 23, tzinfo=dt.UTC)) == []
        found = await pass_time(conn, RESIDENTS, dt.datetime(year, 4, last + 1, tzinfo=dt.UTC))
        assert figures(found, "nursing-home-falls")[f"{year}Q2"].denominator == 1
