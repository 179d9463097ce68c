"""Reads what coalitions owe and were promised by a day; nothing here locks or changes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import asyncpg

_DUE: Final = """
    SELECT state FROM record
    WHERE kind = $1 AND state ->> 'status' = ANY ($2::text[]) AND state ->> $3 < $4
      AND state @> $5::jsonb
      AND ($6::text IS NULL OR (state ->> $3, id) > (SELECT state ->> $3, id FROM record WHERE kind = $1 AND id = $6))
    ORDER BY state ->> $3, id LIMIT $7
"""


async def overdue(
    pool: asyncpg.Pool,
    kind: str,
    statuses: Sequence[str],
    field: str,
    today: dt.date,
    like: str,
    after: str | None,
    limit: int,
) -> list[Any]:
    """States (JSON texts) in one of these statuses whose day in ``field`` is over, the longest overdue first."""
    rows = await pool.fetch(_DUE, kind, list(statuses), field, today.isoformat(), like, after, limit)
    return [row["state"] for row in rows]
