"""Lets homes that closed or go on in another out of the campaign and of LANEs."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

import asyncpg

from services.recruitment.domain.campaign.leaving import left
from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.repository import campaign
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.deciding import Held
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

ACTOR: Final = "clock"
AT_ONCE: Final = 200


class Withdrawals:
    """Called now and then; each call takes up to 200 places, the rest is for the next call. ``clock`` is in UTC."""

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """End what those who are gone still take part in."""
        now = self._clock()
        found = await campaign.places_of_the_gone(self._pool, today_everywhere(now), AT_ONCE)
        if not found:
            return
        groups: list[Group] = [(place, PARTICIPANT.key(participant)) for place, participant in found]
        async with self._pool.acquire() as conn, conn.transaction():
            await carried_out(conn, self._store, groups, partial(self._end, now=now), now)

    def _end(self, group: Group, work: Work[Record], *, now: dt.datetime) -> list[Emit]:
        place, of = group
        events = left(place, of.partition(":")[2], today_everywhere(now), Held(work.get), ACTOR)
        return happen(events, work, self._kinds)
