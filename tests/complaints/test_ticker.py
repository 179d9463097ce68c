"""The ticker fires each clock once, never early, also with another ticker beside it and after a kill."""

import asyncio
import datetime as dt
import json
import os
import sys
from collections import Counter
from dataclasses import replace
from uuid import UUID, uuid5

import pytest

from services.complaints.domain.states import State
from services.complaints.handlers import case_key
from shared.contracts.complaints import CASES, How, Party, RecordPartyNotified
from shared.messaging import locks
from shared.messaging.crash import EXIT_STATUS
from tests.complaints.cases import opened as new_case
from tests.complaints.cases import utc
from tests.complaints.conftest import Desk
from tests.complaints.test_store import ACTOR, opened, review
from tests.support.stack import Database

DUE = utc("2026-07-05T04:59:59Z")  # the day of the request ends in Chicago
FIRES = DUE + dt.timedelta(seconds=1)
TIMERS = 10_000


async def fill(desk: Desk, count: int) -> None:
    """Store cases whose first clocks are all due at one instant."""
    desk.now = utc("2026-07-05T04:41:00Z")
    one = new_case(desk.now)
    cases = {}
    for number in range(count):
        case_id = UUID(int=number, version=4)
        (deadline,) = one.deadlines
        cases[case_key(case_id)] = replace(
            one, id=case_id, deadlines=(replace(deadline, id=uuid5(case_id, "first clock")),)
        )
    async with desk.pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, cases)
        await desk.store.save(conn, cases, desk.now)


async def said(desk: Desk) -> Counter[str]:
    """How often each kind of clock fact was told, and that no clock said the same twice."""
    facts = [(row["type"], json.loads(row["payload"])) for row in await desk.events(CASES.name)]
    told = Counter((kind, fact["deadline_id"], fact.get("percent")) for kind, fact in facts if "deadline_id" in fact)
    assert max(told.values(), default=1) == 1
    return Counter(kind for kind, _ in facts)


async def test_soft_limits_come_once_each_and_the_deadline_is_missed_only_when_its_second_is_over(desk: Desk) -> None:
    desk.now = utc("2026-07-05T04:40:00Z")
    case_id = await opened(desk)
    received, span = utc("2026-07-05T04:40:00Z"), dt.timedelta(minutes=19, seconds=59)
    ticker = desk.ticker()
    percents = []
    for share in (0.499, 0.501, 0.6, 0.751, 0.8, 0.901, 0.95):
        desk.now = received + span * share
        percents.append(await ticker.tick())
    assert percents == [0, 1, 0, 1, 0, 1, 0]
    desk.now = FIRES - dt.timedelta(microseconds=1)
    assert await ticker.tick() == 0
    desk.now = FIRES
    assert (await ticker.tick(), await ticker.tick()) == (1, 0)
    assert (await desk.case(case_id)).deadlines[0].status == "MISSED"
    facts = [row for row in await desk.events(CASES.name) if "Approaching" in row["type"] or "Missed" in row["type"]]
    assert [json.loads(row["payload"]).get("percent") for row in facts] == [50, 75, 90, None]


async def test_limits_slept_through_are_told_as_the_last_one_only(desk: Desk) -> None:
    desk.now = utc("2026-07-05T04:40:00Z")
    await opened(desk)
    desk.now = DUE - dt.timedelta(seconds=60)
    assert await desk.ticker().tick() == 1
    desk.now = FIRES + dt.timedelta(days=3)
    assert await desk.ticker().tick() == 1
    assert (await said(desk))["complaints.DeadlineMissed.v1"] == 1


async def test_ten_thousand_timers_of_one_instant_fire_once_each_with_two_tickers_at_work(desk: Desk) -> None:
    await fill(desk, TIMERS)
    desk.now = FIRES

    async def drain(batch: int) -> int:
        ticker, total, idle = desk.ticker(batch), 0, 0
        while idle < 5:  # the other may hold everything for a moment
            fired = await ticker.tick()
            total, idle = total + fired, 0 if fired else idle + 1
            await asyncio.sleep(0)
        return total

    totals = list(await asyncio.gather(drain(700), drain(1_100)))
    while rest := await desk.ticker().tick():
        totals.append(rest)
    assert sum(totals) == TIMERS
    assert (await said(desk))["complaints.DeadlineMissed.v1"] == TIMERS
    assert await desk.pool.fetchval("SELECT count(*) FROM deadline WHERE status = 'PENDING'") == 0


@pytest.mark.parametrize("point", ["ticker-claimed", "ticker-fired"])
async def test_a_ticker_killed_in_the_middle_loses_nothing_and_repeats_nothing(
    desk: Desk, database: Database, point: str
) -> None:
    await fill(desk, 60)
    killed = await run_ticker(database, {"QIO_CRASH_AT": f"{point}:2"})
    assert killed.returncode == EXIT_STATUS
    assert (await said(desk))["complaints.DeadlineMissed.v1"] == 25
    survivor = await run_ticker(database, {})
    assert survivor.returncode == 0
    assert (await said(desk))["complaints.DeadlineMissed.v1"] == 60


async def run_ticker(database: Database, environment: dict[str, str]) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.complaints.tick_until_quiet",
        FIRES.isoformat(),
        "25",
        env={**os.environ, "TICKER_DSN": database.dsn("qio_complaints_app"), **environment},
        stdout=asyncio.subprocess.DEVNULL,
    )
    await asyncio.wait_for(process.wait(), 60)
    return process


async def test_a_case_in_a_handlers_hands_is_left_alone_and_fired_afterwards(desk: Desk) -> None:
    desk.now = utc("2026-07-05T04:40:00Z")
    case_id = await opened(desk)
    desk.now = FIRES
    async with desk.pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, [case_key(case_id)])
        assert await asyncio.wait_for(desk.ticker().tick(), 10) == 0
    assert await desk.ticker().tick() == 1


async def test_when_the_time_for_reconsideration_is_over_the_case_closes_by_itself(desk: Desk) -> None:
    case_id = await closed_but_for_time(desk)
    desk.now = utc("2026-07-05T17:00:00Z")
    await desk.ticker().tick()
    assert (await desk.case(case_id)).state is State.NOTIFIED
    desk.now = utc("2026-07-05T17:00:01Z")
    await desk.ticker().tick()
    assert (await desk.case(case_id)).state is State.CLOSED
    kinds = [row["type"] for row in await desk.events(CASES.name)]
    assert kinds[-2:] == ["complaints.WindowLapsed.v1", "complaints.CaseClosed.v1"]


async def closed_but_for_time(desk: Desk) -> UUID:
    case_id = await opened(desk)
    desk.now = utc("2026-07-05T05:10:00Z")
    await desk.ask(*review(case_id))
    at = utc("2026-07-05T04:55:00Z")
    base = {"actor": ACTOR, "case_id": case_id, "at": at}
    calls = [RecordPartyNotified(**base, party=party, how=How.PHONE) for party in Party]
    letters = [RecordPartyNotified(**base, party=party, how=How.LETTER) for party in Party]
    await desk.ask(*calls, *letters)
    assert (await desk.case(case_id)).state is State.NOTIFIED
    return case_id
