"""Lets the broker clean away what was erased: a record a day, because it cleans behind later ones only."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import asyncpg

from shared.contracts.message import Event
from shared.messaging import locks, outbox
from shared.messaging.handling import Work
from shared.records.commands import happen
from shared.records.kinds import Kind, Kinds, Record
from shared.records.store import RecordStore, count
from shared.records.tidied import TIDIED, Tidied

HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Erasable:
    """A kind whose records are erased, the JSON of one that was, and what a day's record behind it is."""

    kind: Kind[Any]
    erased: str
    tidied: Kind[Tidied]
    event: Callable[[dt.date], Event]


class Tidying:
    """Called now and then; says once a day (UTC) that a topic is tidied, from the first that was erased on.

    ``clock`` gives the time in UTC. What was erased in the day before is behind the record from then on.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        kinds: Kinds,
        store: RecordStore,
        clock: Callable[[], dt.datetime],
        erasable: Iterable[Erasable],
    ) -> None:
        self._erasable = tuple(erasable)
        self._pool = pool
        self._kinds = kinds
        self._store = store
        self._clock = clock

    async def __call__(self) -> None:
        """Say it of each kind, unless it was said today or there is nothing to clean away."""
        for one in self._erasable:
            if await count(self._pool, one.kind.name, one.erased):
                async with self._pool.acquire() as conn, conn.transaction():
                    await self._tidy(conn, one, self._clock())

    async def _tidy(self, conn: asyncpg.Connection, one: Erasable, now: dt.datetime) -> None:
        key = one.tidied.key(TIDIED)
        await locks.lock(conn, [key])
        work: Work[Record] = Work(now, await self._store.load(conn, [key]))
        work.begin((key,))
        last = work.get(key)
        assert last is None or isinstance(last, Tidied)
        if last is not None and last.on >= now.date():
            return
        emits = happen([one.event(now.date())], work, self._kinds)
        work.keep()
        await self._store.save(conn, work.changes(), now)
        await locks.raise_versions(conn, work.changes())
        await outbox.append(conn, emits, now=now)
