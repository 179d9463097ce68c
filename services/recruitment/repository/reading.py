"""Reads recruitment tables for questions; nothing here locks or changes."""

from dataclasses import dataclass

import asyncpg

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
           (SELECT count(*) FROM record WHERE kind = 'community' AND state ->> 'dissolved_on' IS NULL) AS communities,
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


async def summary(pool: asyncpg.Pool) -> Summary:
    """Counts of everything."""
    row = await pool.fetchrow(_SUMMARY)
    assert row is not None, "a query of counts has one row"
    return Summary(**row)
