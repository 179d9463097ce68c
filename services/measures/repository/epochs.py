"""How often the schema was begun."""

from typing import Final

import asyncpg

_EPOCH: Final = "SELECT epoch FROM stream_epoch"


async def current(conn: asyncpg.Connection) -> int:
    """1, and one more for each time the schema was restored or rebuilt."""
    found: int = await conn.fetchval(_EPOCH)
    return found
