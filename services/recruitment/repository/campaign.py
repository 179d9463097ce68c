"""Reads sums of the campaign and its contact list; nothing here locks or changes."""

import datetime as dt
from typing import Any, Final

import asyncpg

_PARTICIPATION: Final = """
    SELECT state ->> 'state' AS state,
        count(*) FILTER (WHERE state ->> 'registrant' = 'HOME') AS homes,
        count(*) FILTER (WHERE state ->> 'registrant' = 'STAFF_MEMBER') AS staff,
        count(*) FILTER (WHERE state ->> 'registrant' = 'CONSUMER') AS consumers
    FROM record WHERE kind = 'campaign-registration' AND state ->> 'taking' = 'REGISTERED'
    GROUP BY 1 ORDER BY 1
"""
_PURSUED: Final = """
    SELECT g.key AS goal,
        count(*) FILTER (WHERE g.value ->> 'state' = 'OPEN') AS open,
        count(*) FILTER (WHERE g.value ->> 'state' = 'REACHED') AS reached
    FROM record r CROSS JOIN LATERAL jsonb_each(r.state -> 'goals') AS g
    WHERE r.kind = 'campaign-registration' GROUP BY 1 ORDER BY 1
"""
_CONTACTS: Final = """
    SELECT r.id AS state, c.key AS member, c.value AS address,
        c.key = r.state -> 'conveners' -> -1 ->> 'member' AS convenes
    FROM record r CROSS JOIN LATERAL jsonb_each_text(r.state -> 'contacts') AS c
    WHERE r.kind = 'lane' AND ($1::text IS NULL OR r.id = $1)
    ORDER BY r.id, convenes DESC, c.key
"""
_REACH: Final = """
    SELECT state ->> 'state' AS state, state ->> 'channel' AS channel, count(*) AS activities,
        sum((state ->> 'reached')::bigint)::bigint AS reached
    FROM record WHERE kind = 'awareness-activity' GROUP BY 1, 2 ORDER BY 1, 2
"""
_GONE: Final = """
    WITH gone AS (
        SELECT id FROM record WHERE kind = 'participant'
         AND ((state ->> 'closed_on')::date <= $1 OR state ->> 'merged_into' IS NOT NULL)
    )
    SELECT r.kind || ':' || r.id AS place, gone.id AS participant FROM gone
    JOIN record r ON r.kind = 'campaign-registration' AND r.id = gone.id AND r.state ->> 'taking' = 'REGISTERED'
    UNION ALL
    SELECT r.kind || ':' || r.id, gone.id FROM record r
    CROSS JOIN LATERAL jsonb_each(r.state -> 'members') AS m
    JOIN gone ON m.key = 'participant:' || gone.id
    WHERE r.kind = 'lane' AND r.state ->> 'phase' = 'AT_WORK' AND m.value -> -1 ->> 'until' IS NULL
      AND m.key <> r.state -> 'conveners' -> -1 ->> 'member'
    ORDER BY 1, 2 LIMIT $2
"""


async def participation(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """How many homes, staff members and consumers take part now, by state."""
    return [dict(row) for row in await pool.fetch(_PARTICIPATION)]


async def pursued(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """How many homes work on each goal, and how many reached it and did not choose it again."""
    return [dict(row) for row in await pool.fetch(_PURSUED)]


async def contacts(pool: asyncpg.Pool, state: str | None) -> list[dict[str, Any]]:
    """Addresses of offices of LANEs at work, by state, who convenes first."""
    return [dict(row) for row in await pool.fetch(_CONTACTS, state)]


async def reach(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """Activities and people reached by state and channel."""
    return [dict(row) for row in await pool.fetch(_REACH)]


async def places_of_the_gone(pool: asyncpg.Pool, day: dt.date, limit: int) -> list[tuple[str, str]]:
    """Registrations and LANEs (by key) with homes in them that are gone by a day; not those that one convenes."""
    return [tuple(row) for row in await pool.fetch(_GONE, day, limit)]
