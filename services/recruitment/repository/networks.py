"""Reads networks, their cohorts and who is in them; nothing here locks or changes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import asyncpg
import orjson

from services.recruitment.domain.networks.parting import PLACES
from services.recruitment.domain.pipeline.stages import MEMBER
from shared.records import store

# Both cohorts and care teams have members by id with their spells, and a phase of which ENDED is the last.
_GONE: Final = """
    SELECT c.kind || ':' || c.id AS place, m.key AS participant, p.state ->> 'merged_into' AS into
    FROM record c
    CROSS JOIN LATERAL jsonb_each(c.state -> 'members') AS m
    JOIN record n ON n.kind = 'network' AND n.id = c.state ->> 'network'
    LEFT JOIN record p ON p.kind = 'participant' AND p.id = m.key
    LEFT JOIN record e ON e.kind = 'engagement' AND e.id = m.key || '|' || (n.state ->> 'collaborative')
    WHERE c.kind = ANY ($1::text[]) AND c.state ->> 'phase' <> 'ENDED'
      AND m.value -> -1 ->> 'until' IS NULL
      AND ((p.state ->> 'closed_on')::date <= $2 OR p.state ->> 'merged_into' IS NOT NULL
           OR (n.state ->> 'collaborative' IS NOT NULL AND coalesce(e.state ->> 'stage', '') <> ALL ($3::text[])))
    ORDER BY c.kind, c.id, m.key LIMIT $4
"""
_NAMED: Final = """
    SELECT wanted.id AS participant, p.state ->> 'name' AS name, p.state ->> 'state' AS state
    FROM unnest($1::text[]) AS wanted (id) LEFT JOIN record p ON p.kind = 'participant' AND p.id = wanted.id
    ORDER BY wanted.id
"""


async def some(
    pool: asyncpg.Pool, kind: str, like: Mapping[str, object], after: str | None, limit: int
) -> list[dict[str, Any]]:
    """States of a kind, by id after an id, that contain what is given of ``like``: a page at a time."""
    given = orjson.dumps({field: value for field, value in like.items() if value is not None}).decode()
    return [orjson.loads(one) for one in await store.some(pool, kind, given, after, limit)]


async def named(pool: asyncpg.Pool, participants: Sequence[str]) -> list[dict[str, Any]]:
    """Participants by id with their names and states; None for what is not known."""
    return [dict(row) for row in await pool.fetch(_NAMED, participants)]


async def places_of_the_gone(pool: asyncpg.Pool, day: dt.date, limit: int) -> list[tuple[str, str, str | None]]:
    """Places in cohorts and care teams (by key) that nobody has by right on a day: whose, and who goes on instead."""
    rows = await pool.fetch(_GONE, list(PLACES), day, list(MEMBER), limit)
    return [tuple(row) for row in rows]
