"""The folding leader: deltas into rollups, rollups into results, in one transaction."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from services.measures import publishing
from services.measures.repository import communities, rollups
from shared.messaging import crash
from shared.messaging.leader import lead, wait
from shared.runtime import metrics

LEADER: Final = "measures-folder"
DELTAS_PER_FOLD: Final = 200_000
COMMUNITIES_PER_FOLD: Final = 20  # each may have hundreds of cells
LONGEST_WAIT: Final = 5.0
REST: Final = 4.0  # times its own duration, so that folding takes at most a fifth of a busy machine

crash.declare("folder-folded", "folder-published", "folder-committed")


class Folder:
    """Folds at once when there is something after a pause, and at most every ``interval`` seconds under load (less
    often where a fold takes long, until nothing has come for half an ``interval``).

    What came in between is coalesced: a result tells the state at its revision, not every step to it.
    """

    def __init__(self, clock: Callable[[], dt.datetime], stop: asyncio.Event, *, interval: float, poll: float) -> None:
        self._clock = clock
        self._stop = stop
        self._interval = interval
        self._poll = poll
        self._earliest = 0.0
        self._newest: int | None = None
        self._since = 0.0

    async def step(self, conn: asyncpg.Connection) -> None:
        """Fold once if there is anything and it is time, else wait a little."""
        begin = time.monotonic()
        if begin < self._earliest and not await self._calm(conn, begin):
            await wait(self._stop, min(self._earliest - begin, max(self._poll, self._interval / 8)))
            return
        if await fold_once(conn, self._clock()):
            ended = time.monotonic()
            self._earliest = max(begin + self._interval, ended + REST * (ended - begin))
        else:
            await wait(self._stop, self._poll)

    async def _calm(self, conn: asyncpg.Connection, now: float) -> bool:
        """Whether no delta has come for half an interval: then there is no load to make room for."""
        newest = await rollups.newest(conn)
        if newest != self._newest:
            self._newest, self._since = newest, now
        return now - self._since >= self._interval / 2


async def fold_once(conn: asyncpg.Connection, now: dt.datetime) -> bool:
    """Fold what waits and publish what changed, in one transaction; False when nothing waited."""
    async with conn.transaction():
        anew = await communities.unpublished(conn, COMMUNITIES_PER_FOLD)
        folded, changed = await rollups.fold(conn, DELTAS_PER_FOLD)
        if not folded and not anew:
            return False
        crash.point("folder-folded")
        quarters = await rollups.affected(conn, changed)
        # Definitions are held from here on; one that changed before is still unpublished and comes with the next fold.
        versions = await communities.hold(conn, {quarter.community for quarter in quarters} | set(anew))
        quarters |= await rollups.all_quarters(conn, anew)
        published = await publishing.publish(conn, quarters, versions, now)
        await communities.mark_published(conn, {community: versions[community] for community in anew})
        crash.point("folder-published")
    crash.point("folder-committed")
    metrics.DELTAS_FOLDED.inc(folded)
    metrics.MEASURES_PUBLISHED.inc(published)
    return True


def worker(
    dsn: str, clock: Callable[[], dt.datetime], stop: asyncio.Event, *, interval: float, poll: float
) -> Callable[[], Awaitable[None]]:
    """The folder as a worker of the service."""

    async def run() -> None:
        folder = Folder(clock, stop, interval=interval, poll=poll)
        await lead(dsn, LEADER, folder.step, stop=stop)

    return run
