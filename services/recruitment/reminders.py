"""Tells participants of sessions and reminds them of assignments, as the hour of each comes."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

import asyncpg

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.telling import Directory, remind, tell
from services.recruitment.repository import sessions
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

# In seconds.
EVERY: Final = 60.0
AT_ONCE: Final = 20


class Reminders:
    """Called now and then; what a call tells is told with its record in one transaction, and so once.

    ``clock`` gives the time in UTC.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Take up to 20 sessions and as many action periods; the rest is for the next call."""
        now = self._clock()
        due = await sessions.to_tell(self._pool, now, AT_ONCE)
        periods = await sessions.to_remind(self._pool, today_anywhere(now), AT_ONCE)
        if not due and not periods:
            return
        groups = [
            *((SESSION.key(one.id), *map(COHORT.key, one.cohorts)) for one in due),
            *((ACTION_PERIOD.key(one.id), *map(COHORT.key, one.cohorts)) for one in periods),
        ]
        known = await sessions.directory(self._pool, (*due, *periods))
        async with self._pool.acquire() as conn, conn.transaction():
            await carried_out(conn, self._store, groups, partial(self._tell, known=known, now=now), now)

    def _tell(self, group: Group, work: Work[Record], *, known: Directory, now: dt.datetime) -> list[Emit]:
        held = work.get(group[0])
        cohorts = [one for key in group[1:] if isinstance(one := work.get(key), COHORT.state)]
        if isinstance(held, SESSION.state):
            told = tell(held, cohorts, known, now)
        else:
            assert isinstance(held, ACTION_PERIOD.state)
            told = remind(held, cohorts[0], known, now)
        return [*happen(told.events, work, self._kinds), *told.notices]
