"""Reads coalitions, and who is in them, for questions and for the clock."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import asyncpg

_OVERDUE: Final = """
    SELECT DISTINCT id FROM record, jsonb_each(state -> 'infrastructure') AS item
    WHERE kind = 'coalition' AND state -> 'ended_on' = 'null'::jsonb AND item.value ->> 'state' = 'DONE'
      AND (item.value -> 'evidence' ->> 'review_by')::date < $1
    ORDER BY id LIMIT $2
"""
_LIST: Final = """
    SELECT state FROM record
    WHERE kind = 'coalition' AND ($1::text IS NULL OR state ->> 'task' = $1)
      AND ($2::boolean IS NULL OR (state -> 'ended_on' = 'null'::jsonb) = $2)
      AND ($3::boolean IS NULL OR (state -> 'equipped_on' <> 'null'::jsonb) = $3)
      AND ($4::boolean IS NULL OR (state -> 'patient_seat' -> 'holder' = 'null'::jsonb) = $4)
      AND ($5::text IS NULL OR EXISTS (
          SELECT FROM jsonb_each(state -> 'members') AS one
          WHERE one.key = $5 AND one.value -> 'left_on' = 'null'::jsonb))
      AND ($6::text IS NULL OR id > $6)
    ORDER BY id LIMIT $7
"""
_NAMES: Final = """
    SELECT id, state ->> 'name' AS name, state ->> 'state' AS state, state ->> 'closed_on' AS closed_on,
           state ->> 'merged_into' AS merged_into
    FROM record WHERE kind = 'participant' AND id = ANY($1::text[])
"""


async def overdue(pool: asyncpg.Pool, today: dt.date, limit: int) -> list[str]:
    """Coalitions at work with an item that counts as done and should have been reviewed before a day."""
    return [row["id"] for row in await pool.fetch(_OVERDUE, today, limit)]


async def some(
    pool: asyncpg.Pool,
    *,
    task: str | None,
    at_work: bool | None,
    equipped: bool | None,
    seat_vacant: bool | None,
    participant: str | None,
    after: str | None,
    limit: int,
) -> list[str]:
    """States of coalitions as JSON, by community id, after an id: those that fit every filter that is given."""
    rows = await pool.fetch(_LIST, task, at_work, equipped, seat_vacant, participant, after, limit)
    return [row["state"] for row in rows]


async def participants(pool: asyncpg.Pool, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Name, state and whether they closed or merged, of those of these participants that are known."""
    return {row["id"]: dict(row) for row in await pool.fetch(_NAMES, ids)}
