"""Lets the broker clean away names that were erased: a record a day, because it cleans behind later ones only."""

import datetime as dt
from collections.abc import Callable
from typing import Final

import asyncpg

from services.recruitment.domain.kernel.records import Kinds, Record
from services.recruitment.domain.participants.kinds import NAMES_TIDIED, PARTNER_NAME, TIDIED
from services.recruitment.handlers.commands import happen
from services.recruitment.repository.records import RecordStore, count
from shared.contracts.recruitment.family_partners import PartnerNamesTidied
from shared.messaging import locks, outbox
from shared.messaging.handling import Work

HOUR: Final = 3600.0
_ERASED: Final = '{"display_name": null}'


class Tidying:
    """Called now and then; says once a day (UTC) that names are tidied, from the first that was erased on.

    ``clock`` gives the time in UTC. What was erased in the day before is behind the record from then on.
    """

    def __init__(self, pool: asyncpg.Pool, kinds: Kinds, store: RecordStore, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Say it, unless it was said today or there is nothing to clean away."""
        if await count(self._pool, PARTNER_NAME.name, _ERASED):
            async with self._pool.acquire() as conn, conn.transaction():
                await self._tidy(conn, self._clock())

    async def _tidy(self, conn: asyncpg.Connection, now: dt.datetime) -> None:
        key = NAMES_TIDIED.key(TIDIED)
        await locks.lock(conn, [key])
        work: Work[Record] = Work(now, await self._store.load(conn, [key]))
        work.begin((key,))
        last = work.get(key)
        assert last is None or isinstance(last, NAMES_TIDIED.state)
        if last is not None and last.on >= now.date():
            return
        emits = happen([PartnerNamesTidied(on=now.date())], work, self._kinds)
        work.keep()
        await self._store.save(conn, work.changes(), now)
        await locks.raise_versions(conn, work.changes())
        await outbox.append(conn, emits, now=now)
