"""Lets items of infrastructure lapse as their review becomes overdue: what time does to coalitions."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

import asyncpg

from services.recruitment.domain.coalitions.consequences import time_passed
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.repository import coalitions
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

ACTOR: Final = "clock"
SECONDS: Final = 60.0
AT_ONCE: Final = 200


class Lapses:
    """Called now and then; each call says what became overdue since the last, once, in one transaction.

    ``clock`` gives the time in UTC. A day is over when it is over everywhere in the program.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Take up to 200 coalitions with something overdue; the rest is for the next call."""
        now = self._clock()
        found = await coalitions.overdue(self._pool, today_everywhere(now), AT_ONCE)
        if found:
            groups = [(COALITION.key(one),) for one in found]
            async with self._pool.acquire() as conn, conn.transaction():
                await carried_out(conn, self._store, groups, partial(self._let_lapse, now=now), now)

    def _let_lapse(self, group: Group, work: Work[Record], *, now: dt.datetime) -> list[Emit]:
        held = work.get(group[0])
        assert isinstance(held, COALITION.state)
        return happen(time_passed(held, now, ACTOR), work, self._kinds)
