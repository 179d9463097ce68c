"""Shows as metrics how much work stands in each queue, and how much of it is overdue."""

import datetime as dt
from collections.abc import Callable
from typing import Final

import asyncpg

from shared.contracts.work import WorkRole
from shared.messaging.leader import wait
from shared.runtime import metrics
from shared.runtime.service import Context

PAUSE: Final = 15.0  # seconds: as often as metrics are read

_COUNTS = """
    SELECT role, count(*) AS items, count(*) FILTER (WHERE claimed_by IS NULL) AS unclaimed,
           count(*) FILTER (WHERE due_at < $1) AS overdue
    FROM work_item WHERE role IS NOT NULL GROUP BY role
"""


class Gauges:
    """Counts the queues again and again; ``clock`` gives aware instants."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], dt.datetime]) -> None:
        self._pool = pool
        self._clock = clock

    async def run(self, context: Context) -> None:
        """Count until the process shall stop."""
        while not context.stop.is_set():
            await self.show()
            await wait(context.stop, PAUSE)

    async def show(self) -> None:
        """Count once; a queue without work shows zero."""
        counts = {row["role"]: row for row in await self._pool.fetch(_COUNTS, self._clock())}
        for role in WorkRole:
            row = counts.get(role.value)
            metrics.WORK_ITEMS.labels(role.value).set(0 if row is None else row["items"])
            metrics.WORK_UNCLAIMED.labels(role.value).set(0 if row is None else row["unclaimed"])
            metrics.WORK_OVERDUE.labels(role.value).set(0 if row is None else row["overdue"])
