"""Reads recruitment tables for questions; nothing here locks or changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import orjson

_LIST = """
    SELECT p.id AS ccn, p.state ->> 'name' AS name, p.state ->> 'city' AS city, p.state ->> 'state' AS state,
           (p.state ->> 'overall_rating')::integer AS overall_rating,
           (p.state ->> 'special_focus')::boolean AS special_focus, p.state ->> 'qin_qio' AS qin_qio,
           ARRAY(SELECT e.state ->> 'collaborative' FROM record e
                 WHERE e.kind = 'engagement' AND e.state @> jsonb_build_object('participant', p.id)
                   AND e.state ->> 'membership_id' IS NOT NULL ORDER BY 1) AS collaboratives
    FROM record p
    WHERE p.kind = 'participant' AND ($1::text IS NULL OR p.state ->> 'state' = $1) AND ($2::text IS NULL OR p.id > $2)
    ORDER BY p.id LIMIT $3
"""
_ONE = "SELECT state FROM record WHERE kind = 'participant' AND id = $1"
_MEMBERSHIPS = """
    SELECT state ->> 'membership_id' AS membership_id, state ->> 'collaborative' AS collaborative,
           state ->> 'recruited_on' AS recruited_on, state ->> 'qin_qio' AS qin_qio
    FROM record
    WHERE kind = 'engagement' AND state @> jsonb_build_object('participant', $1::text)
      AND state ->> 'membership_id' IS NOT NULL
    ORDER BY 3, 2
"""
_COMMUNITIES = """
    SELECT id AS community, state ->> 'name' AS name, (state ->> 'version')::integer AS version,
           jsonb_array_length(state -> 'areas') AS areas
    FROM record WHERE kind = 'community' ORDER BY id
"""
_COMMUNITY = "SELECT state FROM record WHERE kind = 'community' AND id = $1"
_SUMMARY = """
    WITH home AS (SELECT id, state FROM record WHERE kind = 'participant' AND state @> '{"setting": "NURSING_HOME"}'),
    member AS (
        SELECT state ->> 'participant' AS ccn FROM record
        WHERE kind = 'engagement' AND state ->> 'membership_id' IS NOT NULL
    )
    SELECT (SELECT count(*) FROM home) AS facilities,
           (SELECT count(*) FROM home WHERE state @> '{"overall_rating": 1}') AS one_star,
           (SELECT count(*) FROM home WHERE state @> '{"special_focus": true}') AS special_focus,
           (SELECT count(DISTINCT state ->> 'state') FROM home) AS states,
           (SELECT count(*) FROM home WHERE state @> '{"qin_qio": "UNKNOWN"}') AS without_qin_qio,
           (SELECT count(*) FROM member) AS memberships,
           (SELECT count(DISTINCT ccn) FROM member) AS recruited,
           (SELECT count(*) FROM record WHERE kind = 'community') AS communities,
           (SELECT coalesce(sum(jsonb_array_length(state -> 'areas')), 0)
            FROM record WHERE kind = 'community') AS areas
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts for the board and the audit; ``recruited`` are facilities that are in any collaborative."""

    facilities: int
    one_star: int
    special_focus: int
    states: int
    without_qin_qio: int
    memberships: int
    recruited: int
    communities: int
    areas: int


async def facilities(pool: asyncpg.Pool, state: str | None, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Facilities by certification number, of a state where one is given, after a number where one is given."""
    return _dicts(await pool.fetch(_LIST, state, after, limit))


async def facility(pool: asyncpg.Pool, ccn: str) -> dict[str, Any] | None:
    """All that is known of one facility, with its memberships."""
    state = await pool.fetchval(_ONE, ccn)
    if state is None:
        return None
    found: dict[str, Any] = orjson.loads(state)
    return {"ccn": ccn, **found, "memberships": _dicts(await pool.fetch(_MEMBERSHIPS, ccn))}


async def communities(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """All communities with the number of their areas."""
    return _dicts(await pool.fetch(_COMMUNITIES))


async def community(pool: asyncpg.Pool, name: str) -> dict[str, Any] | None:
    """One community with its areas."""
    state = await pool.fetchval(_COMMUNITY, name)
    return None if state is None else {"community": name, **orjson.loads(state)}


async def summary(pool: asyncpg.Pool) -> Summary:
    """Counts of everything."""
    row = await pool.fetchrow(_SUMMARY)
    assert row is not None, "a query of counts has one row"
    return Summary(**row)


def _dicts(rows: Sequence[asyncpg.Record]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]
