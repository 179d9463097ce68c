"""The project: the ticker's lanes as they run in the service, in one process, with a clock set to the scene."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterable

from benchmarks.timers.rows import wake_nobody
from services.complaints.ticking.lanes import Lanes
from shared.messaging.keyring import Keyring
from shared.postgres.pool import open_pool
from shared.runtime.service import Context
from shared.runtime.settings import Settings

PATIENCE = 300.0  # seconds


async def run(dsn: str, clock: Callable[[], dt.datetime], timers: int) -> list[float]:
    """Run the ticker until every clock has spoken; by how many seconds each was late."""
    pool = await open_pool(dsn, 4)
    stop = asyncio.Event()
    lateness: list[float] = []

    def late(seconds: Iterable[float]) -> None:
        lateness.extend(seconds)
        if len(lateness) >= timers:
            stop.set()

    lanes = Lanes(pool, wake_nobody, clock, cases=500, late=late)
    context = Context(Settings(), pool, clock, dsn, Keyring({1: bytes(32)}), stop)
    try:
        await asyncio.wait_for(lanes.run(context), PATIENCE)
    finally:
        pool.terminate()
    return lateness
