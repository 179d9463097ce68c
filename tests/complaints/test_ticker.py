"""The ticker on real cases: limits told once each, held cases left alone, cases that end by time alone."""

import asyncio
import datetime as dt
import json
from collections import Counter
from uuid import UUID

from benchmarks.timers.rows import plant, timer
from services.complaints.handlers import case_key
from shared.contracts.complaints import CASES, How, RecordStep, Role
from shared.messaging import locks
from tests.complaints.cases import utc
from tests.complaints.conftest import Desk
from tests.complaints.test_store import ACTOR, opened, review

DUE = utc("2026-07-05T04:59:59Z")  # the day of the request ends in Chicago
FIRES = DUE + dt.timedelta(seconds=1)


async def fill(desk: Desk, count: int) -> None:
    """Clocks of as many cases, all due at one instant."""
    desk.now = utc("2026-07-05T04:41:00Z")
    timers = [timer(UUID(int=number, version=4), 0, desk.now, DUE, warned=90) for number in range(count)]
    async with desk.pool.acquire() as conn:
        await plant(conn, timers)


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
    assert (await desk.case(case_id)).state == "NOTIFIED"
    desk.now = utc("2026-07-05T17:00:01Z")
    await desk.ticker().tick()
    assert (await desk.case(case_id)).state == "CLOSED"
    kinds = [row["type"] for row in await desk.events(CASES.name)]
    assert kinds[-2:] == ["complaints.WindowLapsed.v1", "complaints.CaseClosed.v1"]


async def closed_but_for_time(desk: Desk) -> UUID:
    case_id = await opened(desk)
    desk.now = utc("2026-07-05T05:10:00Z")
    await desk.ask(*review(case_id))
    at = utc("2026-07-05T04:55:00Z")
    base = {"actor": ACTOR, "case_id": case_id, "at": at}
    parties = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
    calls = [RecordStep(**base, step="told", party=party, how=How.PHONE) for party in parties]
    letters = [RecordStep(**base, step="letter_left", party=party) for party in parties]
    await desk.ask(*calls, *letters)
    assert (await desk.case(case_id)).state == "NOTIFIED"
    return case_id
