"""One rebuild from start to end: refuse, read, refuse again, fill everything in one transaction."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import asyncpg

from shared.messaging import inbox
from shared.messaging.handling import AnySubscription
from shared.messaging.rebuild.log import Log
from shared.messaging.rebuild.path import refuse_unless_empty, restore
from shared.messaging.rebuild.reading import Book, Reading


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was found and restored: events that made aggregates, answers to commands, sequences that go on."""

    events: int
    aggregates: int
    answers: int
    streams: int
    epoch: int


class Rebuild:
    """The rebuild of one service, which is stopped.

    Everything is written in one transaction after everything was read, so that one that was interrupted has left
    nothing and is simply run again. Nothing is published: the outbox stays empty, no notice is asked for anew.
    """

    def __init__(
        self, service: str, subscriptions: Sequence[AnySubscription], book: Book, tick: Callable[[int], None]
    ) -> None:
        self._book = book
        self._reading = Reading(service, subscriptions, book, tick)
        self._keep_days = inbox.keep_days(subscription.topic for subscription in subscriptions)

    @property
    def topics(self) -> frozenset[str]:
        """What its log must have."""
        return self._reading.topics

    async def run(self, pool: asyncpg.Pool, log: Log, today: dt.date) -> Rebuilt:
        """Read and fill; ``today`` in UTC. Raises NotEmpty or Unfit, and then nothing is changed."""
        async with pool.acquire() as conn, conn.transaction():
            await refuse_unless_empty(conn)
        await self._reading.run(log)
        async with pool.acquire() as conn, conn.transaction():
            await refuse_unless_empty(conn)
            heads = await self._book.save(conn)
            await inbox.keep_partitions(conn, today, self._keep_days)
            path = self._reading.path(heads, today - dt.timedelta(days=self._keep_days))
            await restore(conn, path)
        return Rebuilt(self._reading.events, len(heads), len(path.answers), len(path.sequences), path.epoch)
