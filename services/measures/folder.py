"""The folding leader: when to fold."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Collection
from typing import Final

import asyncpg

from services.measures.charting import THREE_YEARS, Baseline
from services.measures.domain.goals import Goal
from services.measures.fold import GetValues, fold_once
from services.measures.repository import rollups
from shared.messaging.leader import lead, wait

LEADER: Final = "measures-folder"
# Times its own duration, so that folding takes at most a twentieth of a busy process. A unit and month costs the same
# to read and write for one change as for a hundred that came meanwhile.
REST: Final = 19.0


class Folder:
    """Folds at once when there is something after a pause, and at most every ``interval`` seconds under load (less
    often where a fold takes long, until nothing has come for half an ``interval``).

    What came in between is coalesced: a result tells the state at its revision, not every step to it.
    """

    def __init__(
        self,
        clock: Callable[[], dt.datetime],
        values: GetValues,
        goals: Collection[Goal],
        stop: asyncio.Event,
        *,
        baseline: Baseline,
        interval: float,
        poll: float,
    ) -> None:
        self._clock = clock
        self._values = values
        self._goals = goals
        self._stop = stop
        self._baseline = baseline
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
        if await fold_once(conn, self._clock(), self._values, self._goals, self._baseline):
            ended = time.monotonic()
            self._earliest = max(begin + self._interval, ended + REST * (ended - begin))
        else:
            await wait(self._stop, self._poll)

    async def _calm(self, conn: asyncpg.Connection, now: float) -> bool:
        """Whether no delta has come for half an interval: then there is no load to make room for."""
        newest = await rollups.newest(conn)
        if newest is not None and newest != self._newest:  # none is left where the last fold took all
            self._newest, self._since = newest, now
        return now - self._since >= self._interval / 2


def worker(
    dsn: str,
    clock: Callable[[], dt.datetime],
    values: GetValues,
    goals: Collection[Goal],
    stop: asyncio.Event,
    *,
    interval: float,
    poll: float,
    baseline: Baseline = THREE_YEARS,
) -> Callable[[], Awaitable[None]]:
    """The folder as a worker of the service."""

    async def run() -> None:
        folder = Folder(clock, values, goals, stop, baseline=baseline, interval=interval, poll=poll)
        await lead(dsn, LEADER, folder.step, stop=stop)

    return run
