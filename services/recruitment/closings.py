"""Ends the engagements of participants as the day of a closing that was recorded ahead comes."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import NAMESPACE_OID, uuid5

import asyncpg

from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.pipeline import leaving
from services.recruitment.repository import pipeline
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.deciding import Asked, Held
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

ACTOR: Final = "clock"
# In seconds.
EVERY: Final = 600.0
AT_ONCE: Final = 200


class Closings:
    """Called now and then; each call ends, once, what runs with those whose closing has come everywhere.

    ``clock`` gives the time in UTC. A closing that was called off before its day ends nothing.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Take up to 200 participants; the rest is for the next call."""
        now = self._clock()
        found = await pipeline.closed_with_running(self._pool, today_everywhere(now), AT_ONCE)
        if found:
            groups = [(PARTICIPANT.key(one), *leaving.keys(one)) for one in found]
            async with self._pool.acquire() as conn, conn.transaction():
                await carried_out(conn, self._store, groups, partial(self._end, now=now), now)

    def _end(self, group: Group, work: Work[Record], *, now: dt.datetime) -> list[Emit]:
        held = work.get(group[0])
        assert isinstance(held, PARTICIPANT.state)
        if held.closed_on is None or held.closed_on > today_everywhere(now):
            return []
        asked = Asked(ACTOR, now, partial(uuid5, NAMESPACE_OID))
        ended = leaving.closed(held, held.closed_on, Held(work.get), asked)
        return [*happen(ended.events, work, self._kinds), *ended.also]
