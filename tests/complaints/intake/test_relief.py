"""An outage declared while windows are open moves them to noon of the next open day (42 CFR 405.1204(b)(1))."""

import datetime as dt
from uuid import UUID

import asyncpg

from services.complaints.domain.case import Case
from services.complaints.intake.relief import Relief
from shared.contracts.complaints import CASES, Role
from tests.complaints.cases import utc
from tests.complaints.conftest import ANNOUNCER, Desk
from tests.complaints.test_store import opened, review, told

WINDOW = "QR-REQUEST"
NOON = utc("2026-07-05T12:00:00-05:00")
NEXT_NOON = utc("2026-07-06T12:00:00-05:00")
# After midnight in Chicago, before the noon by which the patient may ask for the reconsideration.
MORNING = utc("2026-07-05T11:30:00-05:00")


async def decided(desk: Desk) -> UUID:
    case_id = await opened(desk)
    await desk.ask(*review(case_id), *(told(case_id, role) for role in (Role.BENEFICIARY, Role.PROVIDER)))
    await desk.ask(told(case_id, Role.PRACTITIONER))
    desk.now = MORNING
    return case_id


async def declare(pool: asyncpg.Pool, since: str, until: str) -> None:
    await pool.execute(
        "INSERT INTO intake_outage VALUES ($1, $2, 'supervisor', $3) ON CONFLICT (since) DO UPDATE SET until = $2",
        utc(since),
        utc(until),
        MORNING,
    )


async def given(desk: Desk) -> int | None:
    async with desk.pool.acquire() as conn:
        return await Relief(desk.store, ANNOUNCER).give(conn, desk.now)


async def window(desk: Desk, case_id: UUID) -> dt.datetime:
    case: Case = await desk.case(case_id)
    running = case.open_deadline(WINDOW)
    assert running is not None
    return running.due_at


async def test_an_open_window_that_ends_in_an_outage_is_moved_once_and_told(desk: Desk) -> None:
    case_id = await decided(desk)
    assert await window(desk, case_id) == NOON
    await declare(desk.pool, "2026-07-05T11:00:00-05:00", "2026-07-05T13:00:00-05:00")
    before = len(await desk.events(CASES.name))
    assert await given(desk) == 1
    assert await window(desk, case_id) == NEXT_NOON
    told_now = [row["type"] for row in (await desk.events(CASES.name))[before:]]
    assert told_now == ["complaints.DeadlineSet.v1"]
    assert await given(desk) is None
    actions = await desk.pool.fetch("SELECT action FROM audit WHERE case_id = $1 ORDER BY number", case_id)
    assert actions[-1]["action"] == "outage relief"


async def test_a_window_that_ends_outside_the_outage_stays(desk: Desk) -> None:
    case_id = await decided(desk)
    await declare(desk.pool, "2026-07-05T11:00:00-05:00", "2026-07-05T11:20:00-05:00")
    assert await given(desk) == 0
    assert await window(desk, case_id) == NOON


async def test_an_outage_that_lasted_longer_than_declared_is_followed_again(desk: Desk) -> None:
    case_id = await decided(desk)
    await declare(desk.pool, "2026-07-05T11:00:00-05:00", "2026-07-05T11:20:00-05:00")
    assert await given(desk) == 0
    await declare(desk.pool, "2026-07-05T11:00:00-05:00", "2026-07-05T18:00:00-05:00")
    assert await given(desk) == 1
    assert await window(desk, case_id) == NEXT_NOON
