"""The worker of reminders tells what is due, once, and the view of memberships is what events make it."""

import datetime as dt

import asyncpg

from services.recruitment.domain.registry import KINDS
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.spells import MEMBERSHIP
from services.recruitment.reminders import Reminders
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from tests.recruitment.desk import NOW
from tests.recruitment.sessions.cast import BOSTON, ELM, GUEST, joined, left, opened, register, start
from tests.recruitment.support import STORE
from tests.recruitment.test_commands import types

_INVITED = ["recruitment.SessionTold.v1", *["notifications.NoticeRequested.v1"] * 3]


async def test_what_is_due_is_told_once_and_reminders_follow_on_their_day(pool: asyncpg.Pool) -> None:
    at, name = opened()
    at.done(register(name, GUEST))
    at.done(start())
    async with pool.acquire() as conn:
        kept = {key: one for key, one in at.records.items() if not key.startswith("network-membership:")}
        await RecordStore(KINDS, VIEWS).save(conn, kept, NOW)
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


async def test_memberships_are_loaded_as_events_make_them(pool: asyncpg.Pool) -> None:
    at, _ = opened()
    at.has(left(BOSTON, ELM, dt.date(2015, 2, 1)), joined("nnhqcc.c2", ELM, dt.date(2015, 2, 2)))
    made = {key: one for key, one in at.records.items() if key.startswith("network-membership:")}
    kept = {key: one for key, one in at.records.items() if key not in made}
    assert len(made) == 3
    async with pool.acquire() as conn:
        store = RecordStore(KINDS, VIEWS)
        await store.save(conn, kept, NOW)
        assert await store.load(conn, list(made)) == made
        assert await store.load(conn, [MEMBERSHIP.key(f"cusp|{ELM}"), MEMBERSHIP.key("nnhqcc|229999")]) == {}
