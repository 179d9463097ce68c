"""Random schedules, random times to look, two tickers, a clock that jumps: none early, none twice, none forgotten."""

import asyncio
import datetime as dt
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest

from benchmarks.timers.rows import Timer, plant, timer, wake_nobody
from services.complaints.auditing import chain as audit
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.ticking.lanes import Lanes
from shared.contracts.complaints import CASES
from tests.complaints.tick_until_quiet import until_quiet
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

START = dt.datetime(2026, 7, 5, tzinfo=dt.UTC)
END = START + dt.timedelta(days=2)
JUMP = dt.timedelta(minutes=10)
SEEDS = range(6)


class Said(NamedTuple):
    """What a clock said: the limit in percent, or 100 for its end."""

    deadline_id: UUID
    percent: int
    type: str


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Complaints on a database of its own."""
    await migrated(database, "complaints")
    async with app_pool(database, "complaints") as opened:
        yield opened


def schedule(random: Random, cases: int = 20) -> list[Timer]:
    """Cases of one to four clocks each, from a microsecond to a day long, some windows, some not to be told."""
    timers = []
    for _ in range(cases):
        case_id = UUID(int=random.getrandbits(128), version=4)
        for number in range(random.randint(1, 4)):
            trigger_at = START + dt.timedelta(microseconds=random.randrange(24 * 3600 * 10**6))
            length = dt.timedelta(microseconds=10 ** random.uniform(0, 10.9))
            changes = {"window": random.random() < 0.3, "announced": random.random() < 0.8}
            timers.append(timer(case_id, number, trigger_at, trigger_at + length, **changes))
    return timers


def moments(random: Random, timers: Sequence[Timer]) -> list[dt.datetime]:
    """Times to look, most of them right at, before or after something is due; now and then ten minutes off."""
    now, told = START, []
    while now < END:
        told.append(now + random.choice([-1, 0, 0, 0, 1]) * JUMP)
        ahead = [one.due_at for _, one in timers if one.due_at > now] or [END]
        near = random.choice(ahead) + dt.timedelta(seconds=1, microseconds=random.choice([-1, 0, 1]))
        now = max(now + JUMP, min(near, now + dt.timedelta(hours=3)))
    return [*told, END]


async def said(pool: asyncpg.Pool) -> list[Said]:
    rows = await pool.fetch(
        "SELECT type, payload FROM outbox WHERE aggregatetype = $1 ORDER BY position",
        CASES.name,
    )
    facts = [(row["type"], json.loads(row["payload"])) for row in rows]
    return [Said(UUID(fact["deadline_id"]), fact.get("percent", 100), kind) for kind, fact in facts]


def by_clock(facts: Iterable[Said]) -> dict[UUID, list[int]]:
    told = defaultdict(list)
    for fact in facts:
        told[fact.deadline_id].append(fact.percent)
    return told


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_ticker_says_exactly_what_the_domain_says_of_each_clock(pool: asyncpg.Pool, seed: int) -> None:
    random = Random(seed)
    timers = schedule(random)
    await plant_all(pool, timers)
    running = {one.deadline.id: one.deadline for one in timers}
    expected: dict[UUID, list[int]] = defaultdict(list)
    now = START
    ticker = Lanes(pool, wake_nobody, lambda: now, cases=7, clocks=7)
    for now in moments(random, timers):
        spoken = 0
        for key, deadline in running.items():
            running[key], percent = deadline.fire(now)
            if running[key] != deadline:
                spoken += 1
                expected[key] += [percent or 100] if deadline.announced else []
        assert await until_quiet(ticker) == spoken
    assert by_clock(await said(pool)) == {key: told for key, told in expected.items() if told}
    stored = await pool.fetch("SELECT deadline_id, status, warned, next_fire_at FROM deadline")
    assert {row[0]: tuple(row)[1:] for row in stored} == {
        key: (one.status, one.warned, one.next_fire_at()) for key, one in running.items()
    }


@pytest.mark.parametrize("seed", SEEDS)
async def test_two_tickers_whose_clocks_differ_and_jump_fire_nothing_early_twice_or_never(
    pool: asyncpg.Pool, seed: int
) -> None:
    random = Random(seed)
    timers = schedule(random)
    known = {one.deadline.id: one.deadline for one in timers}
    await plant_all(pool, timers)
    now = latest = START
    tickers = (
        Lanes(pool, wake_nobody, lambda: now, cases=5, clocks=5),
        Lanes(pool, wake_nobody, lambda: now - JUMP, cases=11, clocks=11),
    )
    before = 0
    for now in moments(random, timers):
        latest = max(latest, now)
        await asyncio.gather(*map(until_quiet, tickers))
        facts = await said(pool)
        assert all(latest >= instant(known[fact.deadline_id], fact.percent) for fact in facts[before:])
        before = len(facts)
    facts = await said(pool)
    for key, percents in by_clock(facts).items():
        assert percents == sorted(set(percents))
        assert percents[-1] == 100
        assert known[key].announced
    assert {fact.deadline_id for fact in facts} == {key for key, one in known.items() if one.announced}
    assert all((fact.type == "complaints.WindowLapsed.v1") == known[fact.deadline_id].window for fact in facts)
    assert await pool.fetchval("SELECT count(*) FROM deadline WHERE status <> $1", Status.MISSED) == 0
    await in_order(pool, timers)


def instant(deadline: Deadline, percent: int) -> dt.datetime:
    """From when the clock may say this."""
    if percent == 100:
        return deadline.due_at + dt.timedelta(seconds=1)
    return deadline.trigger_at + (deadline.due_at - deadline.trigger_at) * percent / 100


async def in_order(pool: asyncpg.Pool, timers: Sequence[Timer]) -> None:
    """Sequences without gaps, audit chains whole."""
    rows = await pool.fetch("SELECT aggregateid, array_agg(sequence ORDER BY position) AS told FROM outbox GROUP BY 1")
    assert all(row["told"] == [f"1:{number}" for number in range(1, len(row["told"]) + 1)] for row in rows)
    async with pool.acquire() as conn:
        for case_id in {one.case_id for one in timers}:
            assert await audit.broken_at(conn, case_id) is None


async def plant_all(pool: asyncpg.Pool, timers: Sequence[Timer]) -> None:
    async with pool.acquire() as conn:
        await plant(conn, timers)


async def test_one_line_of_audit_and_one_turn_of_the_head_for_all_a_case_had_to_say(pool: asyncpg.Pool) -> None:
    case_id = UUID(int=7, version=4)
    timers = [timer(case_id, number, START, START + JUMP, warned=90) for number in range(3)]
    other = timer(UUID(int=8, version=4), 0, START, START + 2 * JUMP, warned=90)
    await plant_all(pool, [*timers, other])
    now = START + JUMP + dt.timedelta(seconds=1)
    assert await Lanes(pool, wake_nobody, lambda: now, cases=9, clocks=9).tick() == 3
    rows: Sequence[Any] = await pool.fetch(
        "SELECT h.version AS head, a.number, (SELECT actor || ' ' || action FROM audit "
        "WHERE case_id = f.case_id AND number = a.number) AS line FROM case_file f JOIN audit_head a USING (case_id) "
        "JOIN heads h ON h.key = 'case:' || f.case_id ORDER BY f.case_id"
    )
    assert [tuple(row) for row in rows] == [(1, 2, "clock time passed"), (0, 1, "intake planted")]
