"""The ticker: says what time did to the cases, once, never early, through the outbox."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Final

import asyncpg
import structlog

from services.complaints.announcements import Announcer
from services.complaints.domain import conclusion
from services.complaints.domain.appeal import Appeal, Entry
from services.complaints.repository import CaseStore
from shared.contracts.complaints import DeadlineApproaching, DeadlineMissed, WindowLapsed
from shared.messaging import crash, locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.leader import wait
from shared.runtime import metrics
from shared.runtime.service import Context

log = structlog.get_logger()
crash.declare("ticker-claimed", "ticker-fired")

LONGEST_SLEEP: Final = 1.0  # seconds: a clock started meanwhile may be due before the one waited for
_FIRED: Final = (DeadlineApproaching, DeadlineMissed, WindowLapsed)

_DUE = "SELECT case_id FROM deadline WHERE status = 'PENDING' AND next_fire_at <= $1 ORDER BY next_fire_at LIMIT $2"
# The case before its deadlines, as handlers do; whoever holds a case now will be asked again in a moment.
_CLAIM = "SELECT key FROM heads WHERE key = ANY($1::text[]) ORDER BY key FOR UPDATE SKIP LOCKED"
_NEXT = "SELECT min(next_fire_at) FROM deadline WHERE status = 'PENDING'"


class Ticker:
    """Fires due clocks set-wise; any number may run at once."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        store: CaseStore,
        announcer: Announcer,
        clock: Callable[[], dt.datetime],
        batch: int,
    ) -> None:
        self._pool = pool
        self._store = store
        self._announcer = announcer
        self._clock = clock
        self._batch = batch

    async def run(self, context: Context) -> None:
        """Fire what is due, sleep until the next is due, until the process shall stop."""
        while not context.stop.is_set():
            if await self.tick() == 0:
                await wait(context.stop, await self._sleep_seconds())

    async def tick(self) -> int:
        """Fire one batch in one transaction; the number of clocks that spoke."""
        async with self._pool.acquire() as conn, conn.transaction():
            now = self._clock()
            due = await conn.fetch(_DUE, now, self._batch)
            wanted = sorted({f"case:{row['case_id']}" for row in due})
            claimed = [row["key"] for row in await conn.fetch(_CLAIM, wanted)] if wanted else []
            if not claimed:
                return 0
            crash.point("ticker-claimed")
            fired = await self._fire(conn, await self._store.load(conn, claimed), now)
            crash.point("ticker-fired")
        for kind, count in fired.items():
            metrics.DEADLINES_FIRED.labels(kind).inc(count)
        return fired.total()

    async def _fire(self, conn: asyncpg.Connection, cases: Mapping[str, Appeal], now: dt.datetime) -> Counter[str]:
        changed: dict[str, Appeal] = {}
        emits: list[Emit] = []
        for key, before in cases.items():
            step = conclusion.time_passed(before, now)
            if step.appeal == before:
                continue  # another ticker was here between the look and the claim
            changed[key] = step.appeal.noted(Entry(now, "clock", "time passed"))
            emits += self._announcer.changes(before, step.appeal, step.facts, now)
        if changed:
            await self._store.save(conn, changed, now)
            await locks.raise_versions(conn, changed)
            await outbox.append(conn, emits, now=now)
        return Counter(type(emit.event).__name__ for emit in emits if isinstance(emit.event, _FIRED))

    async def _sleep_seconds(self) -> float:
        following = await self._pool.fetchval(_NEXT)
        if following is None:
            return LONGEST_SLEEP
        left: float = (following - self._clock()).total_seconds()
        # A due clock that could not be claimed is held by a handler for a moment.
        return min(max(left, 0.05), LONGEST_SLEEP)
