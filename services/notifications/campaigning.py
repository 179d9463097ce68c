"""Sends the stages of campaigns as they fall due: requests of notices, through the outbox."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import asyncpg

from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.sending import Member, over, portion, time_over
from services.notifications.domain.campaigns.state import Campaign, State
from services.notifications.repository import audiences
from shared.contracts.notifications import REQUESTS
from shared.messaging.handling import Emit, Work
from shared.records.commands import happen
from shared.records.due import Group, carried_out
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore

# In seconds. With AT_ONCE it is the pace of a campaign, slow enough for legal notices to pass between.
EVERY: Final = 1.0
# Contacts looked at in one transaction; their requests are some megabytes.
AT_ONCE: Final = 1_000

_DUE: Final = """
    SELECT state FROM record
    WHERE kind = 'campaign'
      AND ((state @> '{"state": "RUNNING"}' AND (state ->> 'next_at')::timestamptz <= $1)
           OR ((state @> '{"state": "RUNNING"}' OR state @> '{"state": "PAUSED"}')
               AND (state ->> 'ends_at')::timestamptz <= $1))
    ORDER BY id
"""


class Campaigning:
    """Called every second; each call takes every campaign that is due one part further.

    ``clock`` gives the time in UTC; the day on which parts are held is the day in UTC. Any number may run: the one that
    comes second sees that the cursor has moved and requests nothing.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        kinds: Kinds,
        store: RecordStore,
        clock: Callable[[], dt.datetime],
        at_once: int = AT_ONCE,
    ) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock
        self._at_once = at_once

    async def __call__(self) -> None:
        """Send the next part of every campaign that is due; what is left of a large stage is for the next call."""
        for campaign in await self._due():
            await self._part(campaign)

    async def _due(self) -> list[Campaign]:
        rows = await self._pool.fetch(_DUE, self._clock())
        return [Campaign.model_validate_json(row["state"]) for row in rows]

    async def _part(self, seen: Campaign) -> None:
        now = self._clock()
        async with self._pool.acquire() as conn, conn.transaction():
            population, members = seen.population or 0, list[Member]()
            if not over(seen, now):
                population, members = await self._audience(conn, seen, now)
            decide = partial(self._decide, seen=seen, population=population, members=members, now=now)
            await carried_out(conn, self._store, [(CAMPAIGN.key(str(seen.id)),)], decide, now)

    async def _audience(
        self, conn: asyncpg.Connection, campaign: Campaign, now: dt.datetime
    ) -> tuple[int, list[Member]]:
        meant = campaign.audience, campaign.list_id, now.date()
        population = campaign.population
        if population is None:
            population = (await audiences.size(conn, *meant)).reached
        return population, await audiences.behind(conn, *meant, campaign.cursor, self._at_once)

    def _decide(
        self,
        group: Group,
        work: Work[Record],
        *,
        seen: Campaign,
        population: int,
        members: Sequence[Member],
        now: dt.datetime,
    ) -> list[Emit]:
        campaign = work.get(group[0])
        if not isinstance(campaign, Campaign) or campaign != seen:
            return []  # another worker or a command came first; the next round sees what is due then
        if over(campaign, now):
            made = time_over(campaign, now)
        else:
            assert campaign.state is State.RUNNING
            made = portion(campaign, population, members, now, more=len(members) == self._at_once)
        requests = [Emit(REQUESTS.name, str(one.notice_id), one) for one in made.requests]
        return [*happen(made.happened, work, self._kinds), *requests]
