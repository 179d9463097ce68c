"""Ends pairings of peers that cannot go on: without consent, or with one of the two gone."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final

import asyncpg

from services.recruitment.domain.communities.days import today_anywhere
from services.recruitment.domain.peers.lapsing import lapsed
from services.recruitment.domain.peers.pairing import two_keys
from services.recruitment.domain.peers.pairing_kind import PAIRING, two_of
from services.recruitment.repository import peers
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.deciding import Held
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

ACTOR: Final = "clock"
# In seconds.
EVERY: Final = 60.0
AT_ONCE: Final = 200


class Unpairings:
    """Called now and then; each call ends up to 200 pairings, the rest is for the next call.

    ``clock`` gives the time in UTC. Nobody meets without consent meanwhile: each step asks for it on its day.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """End what cannot go on."""
        now = self._clock()
        found = await peers.lapsing(self._pool, today_anywhere(now), AT_ONCE)
        if not found:
            return
        groups: list[Group] = [(PAIRING.key(one), *two_keys(*two_of(one))) for one in found]
        async with self._pool.acquire() as conn, conn.transaction():
            await carried_out(conn, self._store, groups, partial(self._end, now=now), now)

    def _end(self, group: Group, work: Work[Record], *, now: dt.datetime) -> list[Emit]:
        identifier = group[0].partition(":")[2]
        return happen(lapsed(identifier, today_anywhere(now), Held(work.get), ACTOR), work, self._kinds)
