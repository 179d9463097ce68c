"""Lets those who closed, go on in another or withdrew out of the cohorts and care teams that they are in."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import NAMESPACE_OID, uuid5

import asyncpg

from services.recruitment.domain.communities.days import today_everywhere
from services.recruitment.domain.networks import parting
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.repository import networks
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.deciding import Asked, Held
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

ACTOR: Final = "clock"
AT_ONCE: Final = 200


class Partings:
    """Called now and then; each call takes up to 200 places, the rest is for the next call.

    ``clock`` gives the time in UTC. Until then whoever withdrew counts as in its cohort, and is let out as of its day.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Give up, or pass on, what nobody has by right any more."""
        now = self._clock()
        found = await networks.places_of_the_gone(self._pool, today_everywhere(now), AT_ONCE)
        if not found:
            return
        groups: list[Group] = []
        whose: dict[Group, tuple[str, str, str | None]] = {}
        for place, participant, into in found:
            # The first two name the group; the same key twice is one.
            first = (place, PARTICIPANT.key(participant))
            group = tuple(dict.fromkeys((*first, *parting.keys(place, participant, into))))
            groups.append(group)
            whose[group] = place, participant, into
        async with self._pool.acquire() as conn, conn.transaction():
            await carried_out(conn, self._store, groups, partial(self._end, whose=whose, now=now), now)

    def _end(
        self,
        group: Group,
        work: Work[Record],
        *,
        whose: dict[Group, tuple[str, str, str | None]],
        now: dt.datetime,
    ) -> list[Emit]:
        asked = Asked(ACTOR, now, partial(uuid5, NAMESPACE_OID))
        events = parting.given_up(*whose[group], today_everywhere(now), Held(work.get), asked)
        return happen(events, work, self._kinds)
