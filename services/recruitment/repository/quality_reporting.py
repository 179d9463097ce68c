"""Reads which hospitals are behind with their reporting, and how often resources were used."""

import datetime as dt
from typing import Any, Final

import asyncpg

# Each hospital that is open on the last day is to send what is due, unless it is said that nothing is asked of it.
_BEHIND: Final = """
    SELECT d.id AS due, d.state ->> 'program' AS program, (d.state ->> 'due_on')::date AS due_on,
        h.id AS hospital, h.state ->> 'name' AS name, h.state ->> 'state' AS state,
        coalesce(last.status, 'NOTHING') AS status, last.as_of::date AS as_of,
        coalesce(help.requests, 0) AS requests, coalesce(help.minutes, 0) AS minutes
    FROM record d
    JOIN record h ON h.kind = 'participant' AND h.state ->> 'setting' = 'HOSPITAL'
        AND h.state ->> 'merged_into' IS NULL
        AND (h.state ->> 'closed_on' IS NULL OR h.state ->> 'closed_on' > d.state ->> 'due_on')
    LEFT JOIN record s ON s.kind = 'submission' AND s.id = d.id || '|' || h.id
    LEFT JOIN LATERAL (
        SELECT a ->> 'status' AS status, a ->> 'as_of' AS as_of
        FROM jsonb_array_elements(s.state -> 'accounts') AS a
        WHERE a ->> 'as_of' <= $1 ORDER BY a ->> 'as_of' DESC LIMIT 1
    ) AS last ON true
    LEFT JOIN LATERAL (
        SELECT count(DISTINCT r.id) AS requests, sum((g ->> 'minutes')::int) AS minutes
        FROM record r LEFT JOIN LATERAL jsonb_array_elements(r.state -> 'helps') AS g ON true
        WHERE r.kind = 'assistance-request' AND r.state ->> 'reporting' = d.id
          AND r.state ->> 'asked_by' = 'participant:' || h.id
    ) AS help ON true
    WHERE d.kind = 'reporting-due' AND d.state ->> 'due_on' < $1
      AND coalesce(last.status, 'NOTHING') NOT IN ('SUBMITTED', 'NOT_REQUIRED')
      AND ($2::text IS NULL OR d.state ->> 'program' = $2) AND ($3::text IS NULL OR h.state ->> 'state' = $3)
      AND ($4::text IS NULL OR (d.state ->> 'due_on', d.id || '|' || h.id) >
           (SELECT state ->> 'due_on', $4 FROM record WHERE kind = 'reporting-due' AND id = split_part($4, '|', 1)))
    ORDER BY d.state ->> 'due_on', d.id || '|' || h.id LIMIT $5
"""
_USES: Final = """
    SELECT r.id AS resource, r.state ->> 'title' AS title, r.state ->> 'status' AS status,
        (SELECT count(DISTINCT q.id) FROM record q CROSS JOIN LATERAL jsonb_array_elements(q.state -> 'helps') AS g
         WHERE q.kind = 'assistance-request' AND g -> 'resources' ? r.id) AS requests,
        (SELECT count(*) FROM record l WHERE l.kind = 'learning-session'
         AND l.state -> 'materials' @> jsonb_build_array(jsonb_build_object('kept_at', r.id))) AS sessions
    FROM record r WHERE r.kind = 'resource' AND ($1::text IS NULL OR r.id > $1) ORDER BY r.id LIMIT $2
"""


async def behind(
    pool: asyncpg.Pool, day: dt.date, program: str | None, state: str | None, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Hospitals that had not sent all by ``day`` of what was due before, the longest due first, with the help given."""
    return [dict(row) for row in await pool.fetch(_BEHIND, day.isoformat(), program, state, after, limit)]


async def uses(pool: asyncpg.Pool, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Resources by id with the requests whose help used them, and the sessions that have them as a material."""
    return [dict(row) for row in await pool.fetch(_USES, after, limit)]
