"""Units and quarters whose results are to be looked at again, and how far time has come in the claims."""

from collections.abc import Collection
from typing import Final, NamedTuple

import asyncpg

_TAKE: Final = """
    DELETE FROM due WHERE id IN (SELECT id FROM due ORDER BY id LIMIT $1) RETURNING unit_type, unit, quarter
"""
_PUT: Final = """
    INSERT INTO due (unit_type, unit, quarter) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
    ON CONFLICT DO NOTHING
"""
_PROGRESS: Final = "SELECT watermark, release FROM progress"
_MOVE: Final = "UPDATE progress SET watermark = $1, release = $2"


class Due(NamedTuple):
    """A unit in a quarter; every result that counts months of the quarter is meant."""

    unit_type: str
    unit: str
    quarter: str


class Progress(NamedTuple):
    """``watermark``: latest received day (ordinal), 0 for none; ``release``: of the value sets results rest on."""

    watermark: int
    release: int


async def take(conn: asyncpg.Connection, limit: int) -> list[Due]:
    """Take the oldest out of the table."""
    return [Due(*row) for row in await conn.fetch(_TAKE, limit)]


async def put(conn: asyncpg.Connection, wanted: Collection[Due]) -> None:
    """Leave for later; one that waits already keeps its place."""
    if wanted:
        await conn.execute(_PUT, *map(list, zip(*sorted(wanted), strict=True)))


async def progress(conn: asyncpg.Connection) -> Progress:
    """How far time has come."""
    return Progress(*await conn.fetchrow(_PROGRESS))


async def move(conn: asyncpg.Connection, to: Progress) -> None:
    """Time has come further; the caller is the one leader."""
    await conn.execute(_MOVE, *to)
