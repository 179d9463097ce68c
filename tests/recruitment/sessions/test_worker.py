"""The worker of reminders tells what is due, once."""

import datetime as dt

import asyncpg

from services.recruitment.domain.registry import KINDS
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.reminders import Reminders
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from tests.recruitment.desk import NOW
from tests.recruitment.sessions.cast import BOSTON, GUEST, YORK, joined, opened, register, start
from tests.recruitment.support import STORE
from tests.recruitment.test_commands import types

_INVITED = ["recruitment.SessionTold.v1", *["notifications.NoticeRequested.v1"] * 3]


async def test_what_is_due_is_told_once_and_reminders_follow_on_their_day(pool: asyncpg.Pool) -> None:
    at, name = opened()
    at.done(register(name, GUEST))
    at.done(start())
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, at.records, NOW)
    now = [NOW]
    reminders = Reminders(pool, KINDS, STORE, lambda: now[0])
    await reminders()
    await reminders()
    assert await types(pool) == [*_INVITED, "notifications.NoticeRequested.v1"]
    await pool.execute("DELETE FROM outbox")
    now[0] = at.held(SESSION, name).starts_at - dt.timedelta(days=7)
    await reminders()
    await reminders()
    assert await types(pool) == ["recruitment.SessionTold.v1", "notifications.NoticeRequested.v1"]
    await pool.execute("DELETE FROM outbox")
    now[0] = dt.datetime(2015, 3, 13, 12, tzinfo=dt.UTC)
    await reminders()
    await reminders()
    assert sorted(await types(pool)) == [
        *["notifications.NoticeRequested.v1"] * 2,
        "recruitment.AssignmentReminded.v1",
    ]


async def test_whoever_comes_into_a_cohort_later_is_found_and_invited_once(pool: asyncpg.Pool) -> None:
    at, name = opened()
    store = RecordStore(KINDS, VIEWS)

    async def save() -> None:
        async with pool.acquire() as conn:
            await store.save(conn, at.records, NOW)

    reminders = Reminders(pool, KINDS, STORE, lambda: NOW)
    await save()
    await reminders()
    await pool.execute("DELETE FROM outbox")
    kept = await pool.fetchval("SELECT state FROM record WHERE kind = 'learning-session' AND id = $1", name)
    at.records[SESSION.key(name)] = SESSION.state.model_validate_json(kept)
    day = at.held(SESSION, name).day
    at.has(joined(BOSTON, GUEST, day + dt.timedelta(days=1)))
    await save()
    await reminders()
    assert await types(pool) == []
    at.has(joined(YORK, GUEST, NOW.date()))
    await save()
    await reminders()
    await reminders()
    assert await types(pool) == ["recruitment.SessionTold.v1", "notifications.NoticeRequested.v1"]
