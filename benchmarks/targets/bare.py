"""The yardstick: one row changed, a narrow table read and sorted by a number, fifty rows as JSON; no reasons given."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from operator import itemgetter
from typing import Final

import asyncpg
import orjson

_TABLES: Final = """
    CREATE TABLE bare_target AS
    SELECT id, state ->> 'name' AS name, state ->> 'state' AS state, state ->> 'zip_code' AS zip_code,
           coalesce((state ->> 'overall_rating')::integer, 0) * -100 AS score
    FROM record WHERE kind = 'participant';
    CREATE TABLE bare_signal AS
    SELECT substr(area, 5) AS zip_code, id AS community, 0 AS weight
    FROM record, jsonb_array_elements_text(state -> 'areas') AS area WHERE kind = 'community';
    ANALYZE bare_target; ANALYZE bare_signal;
"""
_CHANGE: Final = "UPDATE bare_signal SET weight = $2 WHERE community = $1"
_READ: Final = """
    SELECT id, name, state, score + coalesce(weight, 0) AS score FROM bare_target LEFT JOIN bare_signal USING (zip_code)
"""

Round = Callable[[str, int], Awaitable[None]]


@asynccontextmanager
async def table(dsn: str) -> AsyncIterator[Round]:
    """The same facilities and communities in two narrow tables of the owner; a round changes, reads and sorts."""
    conn = await asyncpg.connect(dsn)
    await conn.execute("SET search_path = recruitment")
    await conn.execute(_TABLES)

    async def once(community: str, weight: int) -> None:
        await conn.execute(_CHANGE, community, weight)
        rows = [dict(row) for row in await conn.fetch(_READ)]
        rows.sort(key=itemgetter("id"))
        rows.sort(key=itemgetter("score"), reverse=True)
        orjson.dumps(rows[:50])

    try:
        yield once
    finally:
        await conn.close()
