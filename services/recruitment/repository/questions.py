"""Reads questions to networks and their answers, as others see them; nothing here locks or changes."""

from typing import Any, Final

import asyncpg
import orjson

# The same words as the index of published questions.
_WORDS: Final = """
    to_tsvector('english'::regconfig, state ->> 'text')
    || to_tsvector('english'::regconfig,
                   jsonb_path_query_array(state, '$.answers[*] ? (@.status == "PUBLISHED").text'))
"""
SEARCH: Final = f"""
    SELECT state FROM record, websearch_to_tsquery('english'::regconfig, $1) AS wanted
    WHERE kind = 'network-question' AND state ->> 'status' = 'PUBLISHED'
      AND ({_WORDS}) @@ wanted AND state @> $2::jsonb
    ORDER BY ts_rank_cd(({_WORDS}), wanted) DESC, id LIMIT $3
"""  # noqa: S608 - constants only


async def search(pool: asyncpg.Pool, words: str, like: dict[str, object], limit: int) -> list[dict[str, Any]]:
    """Published questions whose own words, or those of their published answers, fit; the best first."""
    given = orjson.dumps({field: value for field, value in like.items() if value is not None}).decode()
    return [orjson.loads(row["state"]) for row in await pool.fetch(SEARCH, words, given, limit)]
