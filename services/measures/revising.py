"""Looks again at beneficiaries whose numbers change without a record: notices that expire, and new value sets."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from services.measures.applying import apply
from services.measures.domain.values import ValueSets
from services.measures.repository import timelines
from shared.messaging.leader import lead, wait

LEADER: Final = "measures-reviser"
PORTION: Final = 500  # beneficiaries in one transaction
REST: Final = 2.0  # times the duration of a portion, so that records that arrive go first

GetValues = Callable[[asyncpg.Connection], Awaitable[ValueSets]]


async def revise_once(conn: asyncpg.Connection, now: dt.datetime, get_values: GetValues) -> int:
    """Count a portion anew, in one transaction; how many beneficiaries there were, 0 when nobody waits."""
    async with conn.transaction():
        values = await get_values(conn)
        refs = await timelines.woken(conn, now.date().toordinal(), PORTION)
        refs += await timelines.outdated(conn, values.release, PORTION - len(refs))
        if refs:
            await apply(conn, {ref: [] for ref in refs}, values, now)
    return len(refs)


def worker(
    dsn: str, clock: Callable[[], dt.datetime], values: GetValues, stop: asyncio.Event, *, idle: float
) -> Callable[[], Awaitable[None]]:
    """The reviser as a worker of the service, in one process of all; ``idle``: seconds after finding nobody."""

    async def step(conn: asyncpg.Connection) -> None:
        begin = time.monotonic()
        found = await revise_once(conn, clock(), values)
        await wait(stop, REST * (time.monotonic() - begin) if found else idle)

    async def run() -> None:
        await lead(dsn, LEADER, step, stop=stop)

    return run
