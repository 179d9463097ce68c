"""Reads people, caseloads and contacts for questions; nothing here locks or changes."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

_PEOPLE: Final = """
    SELECT p.state || jsonb_build_object('serving', serving.roles) AS found
    FROM record p, LATERAL (
        SELECT coalesce(jsonb_agg(role), '[]') AS roles FROM jsonb_array_elements(p.state -> 'roles') AS role
        WHERE role ->> 'since' <= $1 AND coalesce(role ->> 'until' > $1, true)
          AND ($2::text IS NULL OR role -> 'states' ? $2)
          AND ($3::text IS NULL OR position(lower($3) IN lower(role ->> 'qio')) > 0)
    ) AS serving
    WHERE p.kind = 'person' AND ($4::text IS NULL OR p.state ->> 'kind' = $4)
      AND ($5::text IS NULL OR p.state -> 'profile' -> 'expertise' ? $5)
      AND ($6 OR jsonb_array_length(serving.roles) > 0)
      AND ($7::text IS NULL OR p.id > $7)
    ORDER BY p.id LIMIT $8
"""
_CHARGES: Final = """
    SELECT c.id AS subject, coalesce(s.state ->> 'name', '') AS name, s.state ->> 'state' AS state,
           charge ->> 'person' AS person, p.state -> 'profile' ->> 'name' AS person_name, charge ->> 'part' AS part,
           charge ->> 'since' AS since, charge ->> 'until' AS until, EXISTS (
               SELECT FROM jsonb_array_elements(p.state -> 'roles') AS role
               WHERE role ->> 'since' <= $1 AND coalesce(role ->> 'until' > $1, true)
           ) AS serving
    FROM record c CROSS JOIN LATERAL jsonb_array_elements(c.state -> 'charges') AS charge
    LEFT JOIN record p ON p.kind = 'person' AND p.id = charge ->> 'person'
    LEFT JOIN record s ON s.kind = split_part(c.id, ':', 1) AND s.id = substr(c.id, strpos(c.id, ':') + 1)
    WHERE c.kind = 'caseload' AND charge ->> 'since' <= $1 AND coalesce(charge ->> 'until' > $1, true)
      AND ($2::text IS NULL OR charge ->> 'person' = $2)
      AND ($3::text IS NULL OR charge ->> 'part' = $3)
      AND ($4::text IS NULL OR s.state ->> 'state' = $4)
"""
# Pages are made of whole subjects, so that none is cut in two.
_CASELOADS: Final = f"""
    SELECT subject, name, state, person, person_name, part, since, until, serving FROM (
        SELECT charged.*, dense_rank() OVER (ORDER BY subject) AS place FROM ({_CHARGES}) AS charged
        WHERE ($5::boolean IS NULL OR serving <> $5) AND ($6::text IS NULL OR subject > $6)
    ) AS placed
    WHERE place <= $7 ORDER BY subject, part, person
"""  # noqa: S608 - a constant within a constant
_CONTACTS: Final = """
    SELECT id AS contact, state ->> 'state' AS state, jsonb_array_length(state -> 'versions') AS version,
           state -> 'versions' -> -1 -> 'facts' AS facts
    FROM record
    WHERE kind = 'contact'
      AND ($1::text IS NULL OR state -> 'versions' -> -1 -> 'facts' ->> 'person' = $1)
      AND ($2::text IS NULL OR state -> 'versions' -> -1 -> 'facts' ->> 'subject' = $2)
      AND ($3::text IS NULL OR state -> 'versions' -> -1 -> 'facts' ->> 'on' >= $3)
      AND ($4::text IS NULL OR state -> 'versions' -> -1 -> 'facts' ->> 'on' <= $4)
      AND ($5 OR state ->> 'state' <> 'WITHDRAWN')
      AND ($6::text IS NULL OR (state -> 'versions' -> -1 -> 'facts' ->> 'on', id) <
           (SELECT state -> 'versions' -> -1 -> 'facts' ->> 'on', id FROM record WHERE kind = 'contact' AND id = $6))
    ORDER BY state -> 'versions' -> -1 -> 'facts' ->> 'on' DESC, id DESC LIMIT $7
"""
_DUE: Final = """
    SELECT c.id AS contact, jsonb_array_length(c.state -> 'versions') AS version, facts ->> 'person' AS person,
           p.state -> 'profile' ->> 'name' AS person_name, facts ->> 'subject' AS subject, facts ->> 'on' AS on,
           facts ->> 'next_step' AS next_step, facts ->> 'next_step_on' AS next_step_on,
           facts ->> 'next_step_on' < $2 AS overdue
    FROM record c CROSS JOIN LATERAL (SELECT c.state -> 'versions' -> -1 -> 'facts' AS facts) AS last
    LEFT JOIN record p ON p.kind = 'person' AND p.id = facts ->> 'person'
    WHERE c.kind = 'contact' AND c.state @> '{"state": "STEP_DUE"}' AND facts ->> 'next_step_on' <= $1
      AND ($3::text IS NULL OR facts ->> 'person' = $3) AND ($4::text IS NULL OR facts ->> 'subject' = $4)
      AND ($5::text IS NULL OR (facts ->> 'next_step_on', c.id) >
           (SELECT state -> 'versions' -> -1 -> 'facts' ->> 'next_step_on', id FROM record
            WHERE kind = 'contact' AND id = $5))
    ORDER BY facts ->> 'next_step_on', c.id LIMIT $6
"""


async def people(
    pool: asyncpg.Pool,
    on: dt.date,
    state: str | None,
    qio: str | None,
    kind: str | None,
    expertise: str | None,
    after: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    """People by id with the roles they hold on a day; only those who serve then where a state or QIO is asked for.

    ``qio`` is part of its name, in any case of letters.
    """
    everyone = state is None and qio is None
    rows = await pool.fetch(_PEOPLE, on.isoformat(), state, qio, kind, expertise, everyone, after, limit)
    return [orjson.loads(row["found"]) for row in rows]


async def caseloads(
    pool: asyncpg.Pool,
    on: dt.date,
    person: str | None,
    part: str | None,
    state: str | None,
    orphaned: bool | None,
    after: str | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Who looks after what on a day, by subject; ``orphaned``: only what people hold who do not serve that day.

    ``limit`` counts subjects.
    """
    rows = await pool.fetch(_CASELOADS, on.isoformat(), person, part, state, orphaned, after, limit)
    return [dict(row) for row in rows]


async def contacts(
    pool: asyncpg.Pool,
    person: str | None,
    subject: str | None,
    since: dt.date | None,
    until: dt.date | None,
    withdrawn: bool,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Contacts as they are said now, the latest day first; those in error only when asked for."""
    first, last = (day and day.isoformat() for day in (since, until))
    rows = await pool.fetch(_CONTACTS, person, subject, first, last, withdrawn, after and str(after), limit)
    return [
        {"contact": row["contact"], "state": row["state"], "version": row["version"], **orjson.loads(row["facts"])}
        for row in rows
    ]


async def next_steps(
    pool: asyncpg.Pool,
    by: dt.date,
    today: dt.date,
    person: str | None,
    subject: str | None,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Next steps that are open and due by a day, the most urgent first."""
    rows = await pool.fetch(_DUE, by.isoformat(), today.isoformat(), person, subject, after and str(after), limit)
    return [dict(row) for row in rows]
