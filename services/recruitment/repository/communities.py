"""Reads communities for questions."""

from typing import Any, Final

import asyncpg

_LIST: Final = """
    SELECT id AS community, state ->> 'name' AS name, (state ->> 'version')::integer AS version,
           jsonb_array_length(state -> 'areas') AS areas, state -> 'history' -> -1 ->> 'since' AS effective_from,
           state ->> 'dissolved_on' AS dissolved_on
    FROM record
    WHERE kind = 'community' AND ($1 OR state ->> 'dissolved_on' IS NULL) AND ($2::text IS NULL OR id > $2)
    ORDER BY id LIMIT $3
"""
# Communities that hold the area, held it once, or had it in an earlier version.
_OF: Final = """
    SELECT state FROM record
    WHERE kind = 'community' AND (
        state @> jsonb_build_object('areas', jsonb_build_array($1::text))
        OR state @> jsonb_build_object('history', jsonb_build_array(
            jsonb_build_object('added', jsonb_build_array($1::text))))
        OR state -> 'given_up' ? $1)
    ORDER BY id
"""


async def communities(pool: asyncpg.Pool, *, dissolved: bool, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Communities by id, after an id, with the number of their areas; those dissolved only where asked for."""
    return [dict(row) for row in await pool.fetch(_LIST, dissolved, after, limit)]


async def holding(pool: asyncpg.Pool, area: str) -> list[str]:
    """States (JSON) of the communities that hold an area, or did once."""
    return [row["state"] for row in await pool.fetch(_OF, area)]
