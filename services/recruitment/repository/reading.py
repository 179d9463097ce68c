"""Reads recruitment tables for questions; nothing here locks or changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from services.recruitment.domain.targeting import Candidate

_LIST = """
    SELECT f.ccn, f.name, f.city, f.state, f.overall_rating, f.special_focus, f.qin_qio,
           ARRAY(SELECT m.collaborative FROM membership m WHERE m.ccn = f.ccn ORDER BY 1) AS collaboratives
    FROM facility f
    WHERE ($1::text IS NULL OR f.state = $1) AND ($2::text IS NULL OR f.ccn > $2)
    ORDER BY f.ccn LIMIT $3
"""
_ONE = """
    SELECT ccn, as_of, name, address, city, state, zip_code, county, ownership, certified_beds, residents,
           special_focus, overall_rating, health_inspection_rating, staffing_rating, rn_staffing_rating,
           quality_rating, qin_qio
    FROM facility WHERE ccn = $1
"""
_MEMBERSHIPS = """
    SELECT membership_id, collaborative, recruited_on, qin_qio FROM membership WHERE ccn = $1
    ORDER BY recruited_on, collaborative
"""
_CANDIDATES = """
    SELECT f.ccn, f.name, f.state, f.overall_rating, f.special_focus,
           ARRAY(SELECT m.collaborative FROM membership m WHERE m.ccn = f.ccn ORDER BY 1) AS experience
    FROM facility f
    WHERE ($1::text IS NULL OR f.state = $1)
      AND NOT EXISTS (SELECT FROM membership m WHERE m.ccn = f.ccn AND m.collaborative = $2)
"""
_COMMUNITIES = """
    SELECT c.community, c.name, c.version, count(a.area)::integer AS areas
    FROM community c LEFT JOIN community_area a USING (community)
    GROUP BY c.community ORDER BY c.community
"""
_COMMUNITY = "SELECT community, name, version, defined_at FROM community WHERE community = $1"
_AREAS = "SELECT area FROM community_area WHERE community = $1 ORDER BY area"
_SUMMARY = """
    SELECT (SELECT count(*) FROM facility) AS facilities,
           (SELECT count(*) FROM facility WHERE overall_rating = 1) AS one_star,
           (SELECT count(*) FROM facility WHERE special_focus) AS special_focus,
           (SELECT count(DISTINCT state) FROM facility) AS states,
           (SELECT count(*) FROM facility WHERE qin_qio = 'UNKNOWN') AS without_qin_qio,
           (SELECT count(*) FROM membership) AS memberships,
           (SELECT count(DISTINCT ccn) FROM membership) AS recruited,
           (SELECT count(*) FROM community) AS communities,
           (SELECT count(*) FROM community_area) AS areas
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
    row = await pool.fetchrow(_ONE, ccn)
    return None if row is None else {**row, "memberships": _dicts(await pool.fetch(_MEMBERSHIPS, ccn))}


async def candidates(pool: asyncpg.Pool, collaborative: str, state: str | None) -> list[Candidate]:
    """Every listed home that is not yet in the collaborative."""
    rows = await pool.fetch(_CANDIDATES, state, collaborative)
    return [Candidate(**{**row, "experience": tuple(row["experience"])}) for row in rows]


async def communities(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """All communities with the number of their areas."""
    return _dicts(await pool.fetch(_COMMUNITIES))


async def community(pool: asyncpg.Pool, name: str) -> dict[str, Any] | None:
    """One community with its areas."""
    row = await pool.fetchrow(_COMMUNITY, name)
    return None if row is None else {**row, "areas": [area["area"] for area in await pool.fetch(_AREAS, name)]}


async def summary(pool: asyncpg.Pool) -> Summary:
    """Counts of everything."""
    row = await pool.fetchrow(_SUMMARY)
    assert row is not None, "a query of counts has one row"
    return Summary(**row)


def _dicts(rows: Sequence[asyncpg.Record]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]
