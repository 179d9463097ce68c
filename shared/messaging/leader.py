"""One leader per service and task: a session advisory lock on a direct connection."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg
import structlog

from shared.messaging.failures import DATABASE

log = structlog.get_logger()

RETRY_SECONDS: Final = 1.0
# A leader whose process hangs or is frozen is silent, and PostgreSQL ends its session and with it the leadership.
# Bodies therefore never go without a statement for long while all is well.
SILENT_SECONDS: Final = 20.0

# Advisory locks are database-wide, so the key carries the schema.
_TRY = "SELECT pg_try_advisory_lock(hashtextextended(current_schema() || '.' || $1, 0))"
_EXCLUDE = "SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.' || $1, 0))"


async def exclude(conn: asyncpg.Connection, name: str) -> bool:
    """Keep every process from leading until this transaction ends; False while one leads."""
    free: bool = await conn.fetchval(_EXCLUDE, name)
    return free


async def lead(
    dsn: str,
    name: str,
    body: Callable[[asyncpg.Connection], Awaitable[None]],
    *,
    stop: asyncio.Event,
) -> None:
    """Call ``body`` with the leader's connection again and again while this process is the leader.

    Leadership ends with the connection: whatever ``body`` does must go through that connection, so that a leader
    that lost it cannot write; a leader that is silent for long loses it too. Returns soon after ``stop`` is set.
    ``dsn`` must not go through a pooler.
    """
    while not stop.is_set():
        try:
            limit = {"idle_session_timeout": f"{SILENT_SECONDS:.1f}s"}
            conn = await asyncpg.connect(dsn, command_timeout=60, server_settings=limit)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
            log.warning("leader has no database", task=name, error=type(error).__name__)
            await wait(stop, RETRY_SECONDS)
            continue
        try:
            await _lead_with(conn, name, body, stop)
        except (*DATABASE, OSError, TimeoutError) as error:
            log.warning("leadership lost", task=name, error=type(error).__name__)
            await wait(stop, RETRY_SECONDS)
        finally:
            conn.terminate()


async def _lead_with(
    conn: asyncpg.Connection,
    name: str,
    body: Callable[[asyncpg.Connection], Awaitable[None]],
    stop: asyncio.Event,
) -> None:
    while not stop.is_set() and not await conn.fetchval(_TRY, name):
        await wait(stop, RETRY_SECONDS)
    while not stop.is_set():
        await body(conn)


async def wait(event: asyncio.Event, seconds: float) -> bool:
    """True as soon as the event is set, False after ``seconds`` without it."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
