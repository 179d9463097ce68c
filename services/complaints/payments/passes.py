"""Work that is looked at now and then by one process of all: the leader, on the leader's connection."""

import time
from collections.abc import Awaitable, Callable
from typing import Final

import asyncpg

from shared.messaging.leader import lead, wait
from shared.runtime.service import Context

PASS_SECONDS: Final = 600.0
POLL_SECONDS: Final = 2.0  # a leader that is silent for long is no leader any more
_PING: Final = "SELECT 1"


async def passes(context: Context, name: str, once: Callable[[asyncpg.Connection], Awaitable[None]]) -> None:
    """Call ``once`` at the start of a leadership and every ten minutes, until the process shall stop."""
    following = 0.0

    async def body(conn: asyncpg.Connection) -> None:
        nonlocal following
        if time.monotonic() >= following:
            await once(conn)
            following = time.monotonic() + PASS_SECONDS
        await conn.execute(_PING)
        await wait(context.stop, POLL_SECONDS)

    await lead(context.dsn, name, body, stop=context.stop)
