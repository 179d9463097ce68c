"""Looks again at members of facilities whom time or new rules change, and at periods that have become final."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import asyncpg

from services.measures.charting import Baseline
from services.measures.domain.panel.kind import Kind
from services.measures.panels import apply, settle
from services.measures.repository import panels
from shared.messaging import outbox
from shared.messaging.leader import lead, wait

LEADER: Final = "measures-panel-reviser"
PORTION: Final = 500  # members, or periods of units, in one transaction
REST: Final = 2.0  # times the duration of a portion, so that records that arrive go first


async def revise_once(conn: asyncpg.Connection, kind: Kind, baseline: Baseline, now: dt.datetime) -> int:
    """Count a portion anew and settle a portion, in one transaction; how many there were, 0 when nothing waits."""
    async with conn.transaction():
        whose = await panels.woken(conn, kind.name, now.date(), PORTION)
        whose += await panels.outdated(conn, kind.name, kind.rules, PORTION - len(whose))
        emits = await apply(conn, kind, dict.fromkeys(whose, ()), baseline, now) if whose else []
        settled, final = (0, []) if whose else await settle(conn, kind, baseline, PORTION, now)
        await outbox.append(conn, [*emits, *final], now=now)
    return len(whose) + settled


def worker(
    dsn: str,
    kinds: Sequence[Kind],
    baseline: Baseline,
    clock: Callable[[], dt.datetime],
    stop: asyncio.Event,
    *,
    idle: float,
) -> Callable[[], Awaitable[None]]:
    """The reviser as a worker of the service, in one process of all; ``idle``: seconds after finding nothing."""

    async def step(conn: asyncpg.Connection) -> None:
        begin = time.monotonic()
        found = sum([await revise_once(conn, kind, baseline, clock()) for kind in kinds])
        await wait(stop, REST * (time.monotonic() - begin) if found else idle)

    async def run() -> None:
        await lead(dsn, LEADER, step, stop=stop)

    return run
