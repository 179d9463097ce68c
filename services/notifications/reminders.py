"""Fires rows for what time alone leads to: deliverables that are due soon, pledges whose day is over."""

import datetime as dt
from collections.abc import Callable
from typing import Final

import asyncpg

from services.notifications.domain.roster.dues import DUE, FallsDue, arrived
from services.notifications.domain.rules.firing import Table
from services.notifications.heard.facts import Fact, fired
from services.notifications.repository import roster
from shared.messaging import locks, outbox
from shared.records.kinds import Record
from shared.records.store import RecordStore

SECONDS: Final = 300.0
AT_ONCE: Final = 200
# A day is over when it is over everywhere in the program: American Samoa is 11 hours behind UTC.
_LAST: Final = dt.timedelta(hours=11)


class Reminders:
    """Called now and then; each call tells what has become due since the last, once, in one transaction.

    ``clock`` gives the time in UTC.
    """

    def __init__(self, pool: asyncpg.Pool, store: RecordStore, table: Table, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._store = store
        self._table = table
        self._clock = clock

    async def __call__(self) -> None:
        """Take up to 200; the rest is for the next call."""
        now = self._clock()
        today = (now - _LAST).date()
        found = await roster.due(self._pool, today, AT_ONCE)
        if found:
            async with self._pool.acquire() as conn, conn.transaction():
                await self._remind(conn, [DUE.key(one) for one in found], today, now)

    async def _remind(self, conn: asyncpg.Connection, keys: list[str], today: dt.date, now: dt.datetime) -> None:
        await locks.lock(conn, keys)
        # Loaded after the lock: what was said meanwhile, that it is done, is seen.
        changed: dict[str, Record] = {}
        facts = []
        for key, due in (await self._store.load(conn, keys)).items():
            assert isinstance(due, DUE.state)
            changed[key], told = arrived(due, today)
            if told is not None:
                facts.append(Fact(told, _since(told)))
        await self._store.save(conn, changed, now)
        await locks.raise_versions(conn, changed)
        await outbox.append(conn, await fired(conn, self._store, self._table, facts, now), now=now)


def _since(told: FallsDue) -> dt.datetime:
    occasion = told.due_on - dt.timedelta(days=told.days)
    return dt.datetime.combine(occasion, dt.time(), dt.UTC) + _LAST
