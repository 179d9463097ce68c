"""Fires due clocks in lanes beside each other, once and never early; any number of tickers may run at once."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final

import asyncpg
import structlog

from services.complaints.domain.deadlines import Status
from services.complaints.ticking.claim import Due, claim
from services.complaints.ticking.tell import tell
from services.complaints.ticking.wake import Wake
from shared.messaging import crash
from shared.messaging.failures import is_content
from shared.messaging.leader import wait
from shared.runtime import metrics
from shared.runtime.service import Context
from shared.runtime.workers import keep_running

log = structlog.get_logger()
crash.declare("ticker-claimed", "ticker-fired")

LONGEST_SLEEP: Final = 1.0  # seconds: a clock started meanwhile may be due before the one waited for
SHORTEST_SLEEP: Final = 0.05  # seconds: a due clock that could not be claimed is held by a handler for a moment
CLOCKS: Final = 5_000
TELLING_LANES: Final = 2  # one computes while the database works for the other

_NEXT = "SELECT min(next_fire_at) FROM deadline WHERE status = 'PENDING'"


class Lanes:
    """``cases`` are woken, or up to ``clocks`` told, in one transaction; ``clock`` gives aware instants.

    ``late`` is told, after each commit, by how many seconds the clocks of it spoke late.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        wake: Wake,
        clock: Callable[[], dt.datetime],
        *,
        cases: int,
        clocks: int = CLOCKS,
        late: Callable[[Iterable[float]], None] | None = None,
    ) -> None:
        self._pool = pool
        self._wake = wake
        self._clock = clock
        self._cases = cases
        self._clocks = clocks
        self._late = late or _observe

    async def run(self, context: Context) -> None:
        """Fire what is due, sleep until the next is due, until the process shall stop."""
        async with asyncio.TaskGroup() as lanes:
            for wakes in (*[False] * TELLING_LANES, True):
                lane = partial(self._lane, context.stop, wakes=wakes)
                # Each by itself: a case that cannot be woken must not hold up what is only to be told.
                lanes.create_task(keep_running("ticker-waking" if wakes else "ticker-telling", lane, context.stop))

    async def tick(self) -> int:
        """One transaction of each kind; the number of clocks that spoke."""
        return await self._batch(wakes=False) + await self._batch(wakes=True)

    async def _lane(self, stop: asyncio.Event, *, wakes: bool) -> None:
        while not stop.is_set():
            if await self._batch(wakes=wakes) == 0:
                await wait(stop, await self._sleep_seconds())

    async def _batch(self, *, wakes: bool) -> int:
        """Fire one batch in one transaction."""
        async with self._pool.acquire() as conn, conn.transaction():
            now = self._clock()
            due = await claim(conn, now, self._cases if wakes else self._clocks, wakes=wakes)
            if not due:
                return 0
            crash.point("ticker-claimed")
            fired = await self._fire(conn, due, now)
            crash.point("ticker-fired")
        told_at = self._clock()
        self._late((told_at - one.since).total_seconds() for one in due)
        for kind, count in fired.items():
            metrics.DEADLINES_FIRED.labels(kind).inc(count)
        return fired.total()

    async def _fire(self, conn: asyncpg.Connection, due: list[Due], now: dt.datetime) -> Counter[str]:
        waking = {
            one.case_id for one in due if one.deadline.wakes and one.deadline.fire(now)[0].status is Status.MISSED
        }
        fired = await tell(conn, [one for one in due if one.case_id not in waking], now)
        if waking:
            fired += await self._woken(conn, [f"case:{case_id}" for case_id in sorted(waking)], now)
        return fired

    async def _woken(self, conn: asyncpg.Connection, keys: Sequence[str], now: dt.datetime) -> Counter[str]:
        """Wake these cases; one that fails by its content is left as it is, and the others are woken all the same."""
        try:
            async with conn.transaction():
                return await self._wake(conn, keys, now)
        except Exception as error:
            if not is_content(error):
                raise
            if len(keys) == 1:
                metrics.CASES_NOT_WOKEN.inc()
                log.exception("a case could not be told that its time is over", error=type(error).__name__)
                return Counter()
        half = len(keys) // 2
        return await self._woken(conn, keys[:half], now) + await self._woken(conn, keys[half:], now)

    async def _sleep_seconds(self) -> float:
        following = await self._pool.fetchval(_NEXT)
        if following is None:
            return LONGEST_SLEEP
        left: float = (following - self._clock()).total_seconds()
        return min(max(left, SHORTEST_SLEEP), LONGEST_SLEEP)


def _observe(seconds: Iterable[float]) -> None:
    for late in seconds:
        metrics.DEADLINE_LATENESS.observe(max(late, 0.0))
