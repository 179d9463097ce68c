"""Thousands of clocks due at one instant: each fires once, with two tickers, after a crash and after kill -9."""

import asyncio
import datetime as dt
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from uuid import UUID, uuid4

import asyncpg
import pytest

from benchmarks.timers.rows import plant, timer, wake_nobody
from services.complaints.ticking.lanes import Lanes
from shared.messaging import locks
from shared.messaging.crash import EXIT_STATUS
from tests.complaints.tick_until_quiet import until_quiet
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

DUE = dt.datetime(2026, 7, 5, 4, 59, 59, tzinfo=dt.UTC)  # the end of a day in Chicago
FIRES = DUE + dt.timedelta(seconds=1)
DAY = dt.timedelta(days=1)
SIZES = [5_000, pytest.param(100_000, marks=[pytest.mark.verify, pytest.mark.timeout(900)])]
PATIENCE = 600.0  # seconds

_FACTS = "SELECT count(*), count(DISTINCT payload), count(DISTINCT id) FROM outbox WHERE type = $1"
_MISSED = "complaints.DeadlineMissed.v1"


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Complaints on a database of its own."""
    await migrated(database, "complaints")
    async with app_pool(database, "complaints") as opened:
        yield opened


async def fill(pool: asyncpg.Pool, count: int, due_at: dt.datetime = DUE, **changes: object) -> list[UUID]:
    cases, changes = [uuid4() for _ in range(count)], {"warned": 90, **changes}
    async with pool.acquire() as conn:
        await plant(conn, [timer(case_id, 0, due_at - DAY, due_at, **changes) for case_id in cases])
    return cases


async def each_once(pool: asyncpg.Pool, count: int) -> None:
    """Every clock has said so, with one fact and one line of audit."""
    assert tuple(await pool.fetchrow(_FACTS, _MISSED)) == (count, count, count)
    assert await pool.fetchval("SELECT count(*) FROM deadline WHERE status = 'MISSED'") == count
    assert await pool.fetchval("SELECT count(*) FROM audit WHERE actor = 'clock'") == count


@pytest.mark.parametrize("count", SIZES)
async def test_timers_of_one_instant_fire_once_each_with_two_tickers_at_work(
    pool: asyncpg.Pool, database: Database, count: int
) -> None:
    await fill(pool, count)
    assert await Lanes(pool, wake_nobody, lambda: FIRES - dt.timedelta(microseconds=1), cases=9).tick() == 0
    tickers = [await start_ticker(database, clocks) for clocks in (count // 16, count // 11)]
    said = [int((await asyncio.wait_for(ticker.communicate(), PATIENCE))[0]) for ticker in tickers]
    said.append(await until_quiet(Lanes(pool, wake_nobody, lambda: FIRES, cases=9)))
    assert sum(said) == count
    await each_once(pool, count)


@pytest.mark.parametrize("count", SIZES)
async def test_a_ticker_killed_while_others_work_loses_nothing_and_repeats_nothing(
    pool: asyncpg.Pool, database: Database, count: int
) -> None:
    await fill(pool, count)
    victim, other = [await start_ticker(database, count // 40) for _ in range(2)]
    await until(pool, "SELECT count(*) > 0 FROM deadline WHERE status = 'MISSED'")
    victim.send_signal(signal.SIGKILL)
    assert await asyncio.wait_for(victim.wait(), PATIENCE) == -signal.SIGKILL
    assert await pool.fetchval("SELECT count(*) FROM deadline WHERE status = 'PENDING'") > 0
    await asyncio.wait_for(other.wait(), PATIENCE)
    again = await start_ticker(database, count // 40)
    assert await asyncio.wait_for(again.wait(), PATIENCE) == 0
    await until(pool, "SELECT count(*) = 0 FROM deadline WHERE status = 'PENDING'")
    await each_once(pool, count)


@pytest.mark.parametrize("point", ["ticker-claimed", "ticker-fired"])
async def test_a_ticker_that_dies_in_the_middle_of_a_transaction_leaves_it_undone(
    pool: asyncpg.Pool, database: Database, point: str
) -> None:
    await fill(pool, 60)
    dead = await start_ticker(database, 25, {"QIO_CRASH_AT": f"{point}:2"})
    assert await asyncio.wait_for(dead.wait(), PATIENCE) == EXIT_STATUS
    await each_once_so_far(pool, 25)
    survivor = await start_ticker(database, 25)
    assert await asyncio.wait_for(survivor.wait(), PATIENCE) == 0
    await each_once(pool, 60)


async def each_once_so_far(pool: asyncpg.Pool, count: int) -> None:
    assert tuple(await pool.fetchrow(_FACTS, _MISSED)) == (count, count, count)
    assert await pool.fetchval("SELECT count(*) FROM audit WHERE actor = 'clock'") == count


async def test_a_case_held_by_a_handler_is_passed_over_and_fired_when_it_is_free(pool: asyncpg.Pool) -> None:
    held, *_ = await fill(pool, 10)
    ticker = Lanes(pool, wake_nobody, lambda: FIRES, cases=3, clocks=3)
    async with pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, [f"case:{held}"])
        assert await asyncio.wait_for(until_quiet(ticker), PATIENCE) == 9
    assert await ticker.tick() == 1
    await each_once(pool, 10)


async def test_a_clock_set_back_after_firing_fires_nothing_again(pool: asyncpg.Pool) -> None:
    await fill(pool, 50)
    now = FIRES
    ticker = Lanes(pool, wake_nobody, lambda: now, cases=20, clocks=20)
    assert await until_quiet(ticker) == 50
    for minutes in (-10, 0, 10, -10, 20):
        now = FIRES + dt.timedelta(minutes=minutes)
        assert await ticker.tick() == 0
    await each_once(pool, 50)


async def test_clocks_whose_end_their_case_decides_are_left_to_it_and_only_these(pool: asyncpg.Pool) -> None:
    waking = await fill(pool, 5, wakes=True)
    quiet = await fill(pool, 7)
    soft = await fill(pool, 3, wakes=True, warned=0, due_at=FIRES + DAY / 3)
    woken: list[str] = []

    async def wake(conn: asyncpg.Connection, keys: Sequence[str], now: dt.datetime) -> Counter[str]:
        woken.extend(keys)
        await conn.execute(
            "UPDATE deadline SET status = 'MISSED', next_fire_at = NULL WHERE wakes AND due_at < $1", now
        )
        return Counter(DeadlineMissed=len(keys))

    assert await until_quiet(Lanes(pool, wake, lambda: FIRES, cases=50)) == 15
    assert woken == sorted(f"case:{case_id}" for case_id in waking)
    rows = await pool.fetch("SELECT type, array_agg(aggregateid) AS keys FROM outbox GROUP BY type ORDER BY type")
    assert [(row["type"], sorted(row["keys"])) for row in rows] == [
        ("complaints.DeadlineApproaching.v1", sorted(map(str, soft))),
        (_MISSED, sorted(map(str, quiet))),
    ]


async def test_a_case_that_cannot_be_woken_holds_up_no_other(pool: asyncpg.Pool) -> None:
    waking = await fill(pool, 20, wakes=True)
    await fill(pool, 5)
    broken = f"case:{waking[3]}"

    async def wake(conn: asyncpg.Connection, keys: Sequence[str], now: dt.datetime) -> Counter[str]:
        ids = [UUID(key.removeprefix("case:")) for key in keys]
        await conn.execute(
            "UPDATE deadline SET status = 'MISSED', next_fire_at = NULL WHERE case_id = ANY($1::uuid[])", ids
        )
        if broken in keys:
            raise ValueError("not a case")
        return Counter(DeadlineMissed=len(keys))

    assert await Lanes(pool, wake, lambda: FIRES, cases=50).tick() == 24
    assert [row[0] for row in await pool.fetch("SELECT case_id FROM deadline WHERE status = 'PENDING'")] == [waking[3]]


async def test_lateness_is_told_from_the_instant_to_the_commit(pool: asyncpg.Pool) -> None:
    cases = await fill(pool, 3)
    late: list[float] = []
    now = FIRES + dt.timedelta(seconds=2.5)
    assert await Lanes(pool, wake_nobody, lambda: now, cases=9, late=late.extend).tick() == len(cases)
    assert late == [2.5] * 3


async def test_of_what_may_not_be_told_nothing_is_told_but_the_clock_stands_as_missed(pool: asyncpg.Pool) -> None:
    await fill(pool, 4, announced=False)
    assert await until_quiet(Lanes(pool, wake_nobody, lambda: FIRES, cases=9)) == 4
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 0
    assert await pool.fetchval("SELECT count(*) FROM deadline WHERE status = 'MISSED'") == 4


async def start_ticker(
    database: Database, clocks: int, environment: dict[str, str] | None = None
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.complaints.tick_until_quiet", FIRES.isoformat(), str(clocks)),
        env={**os.environ, "TICKER_DSN": database.dsn("qio_complaints_app"), **(environment or {})},
        stdout=asyncio.subprocess.PIPE,
    )


async def until(pool: asyncpg.Pool, question: str) -> None:
    """Ask until the answer is yes."""
    give_up = time.monotonic() + PATIENCE
    while not await pool.fetchval(question):
        assert time.monotonic() < give_up
        await asyncio.sleep(0.002)
