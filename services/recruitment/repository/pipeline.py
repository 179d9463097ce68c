"""Reads how far participants have come, and how campaigns of invitations were answered."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.recruitment.domain.pipeline.leaving import RUNNING

_LIST: Final = """
    SELECT e.id AS engagement, e.state ->> 'participant' AS participant, p.state ->> 'name' AS name,
           p.state ->> 'state' AS state, p.state ->> 'setting' AS setting, e.state ->> 'collaborative' AS collaborative,
           e.state ->> 'stage' AS stage, e.state ->> 'recruited_on' AS recruited_on,
           (SELECT step ->> 'since' FROM jsonb_array_elements(e.state -> 'steps') WITH ORDINALITY AS s (step, number)
            WHERE NOT coalesce((step ->> 'struck')::boolean, false) ORDER BY number DESC LIMIT 1) AS since
    FROM record e LEFT JOIN record p ON p.kind = 'participant' AND p.id = e.state ->> 'participant'
    WHERE e.kind = 'engagement' AND e.state @> $1::jsonb AND ($2::text IS NULL OR p.state ->> 'state' = $2)
      AND ($3::text IS NULL OR e.id > $3)
    ORDER BY e.id LIMIT $4
"""
_STAGES: Final = """
    SELECT e.state ->> 'stage' AS stage, count(*) AS participants
    FROM record e LEFT JOIN record p ON p.kind = 'participant' AND p.id = e.state ->> 'participant'
    WHERE e.kind = 'engagement' AND e.state ->> 'stage' IS NOT NULL AND e.state @> $1::jsonb
      AND ($2::text IS NULL OR p.state ->> 'state' = $2)
    GROUP BY 1
"""
_ONE: Final = """
    SELECT e.state AS engagement, p.state ->> 'name' AS name, p.state ->> 'state' AS state
    FROM record e LEFT JOIN record p ON p.kind = 'participant' AND p.id = e.state ->> 'participant'
    WHERE e.kind = 'engagement' AND e.id = $1
"""
_CAMPAIGNS: Final = """
    SELECT state FROM record WHERE kind = 'invitation-campaign' AND state @> $1::jsonb
      AND ($2::text IS NULL OR (state ->> 'started_on', id) <
           (SELECT state ->> 'started_on', id FROM record WHERE kind = 'invitation-campaign' AND id = $2))
    ORDER BY state ->> 'started_on' DESC, id DESC LIMIT $3
"""
_CAMPAIGN: Final = "SELECT state FROM record WHERE kind = 'invitation-campaign' AND id = $1"
# Who was invited and went on, or declined, has answered; who closed or was merged meanwhile has not.
_ANSWERS: Final = """
    SELECT (step ->> 'wave')::integer AS wave, count(*) AS invited,
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM jsonb_array_elements(e.state -> 'steps') AS later
               WHERE NOT coalesce((later ->> 'struck')::boolean, false)
                 AND later ->> 'stage' NOT IN ('IDENTIFIED', 'INVITED', 'WITHDRAWN')
           )) AS answered,
           count(*) FILTER (WHERE e.state ->> 'stage' = 'DECLINED') AS declined,
           count(*) FILTER (WHERE e.state ->> 'membership_id' IS NOT NULL) AS members
    FROM record e, jsonb_array_elements(e.state -> 'steps') AS step
    WHERE e.kind = 'engagement' AND e.state @> jsonb_build_object('steps', jsonb_build_array(
              jsonb_build_object('campaign', $1::text)))
      AND step ->> 'campaign' = $1 AND NOT (step ->> 'struck')::boolean
    GROUP BY 1 ORDER BY 1
"""
# Who goes on in another has passed everything on at the merger.
_CLOSED: Final = """
    SELECT p.id FROM record p
    WHERE p.kind = 'participant' AND (p.state ->> 'closed_on')::date <= $1 AND p.state ->> 'merged_into' IS NULL
      AND EXISTS (SELECT FROM record e WHERE e.kind = 'engagement' AND e.state ->> 'stage' = ANY ($2::text[])
                  AND e.state @> jsonb_build_object('participant', p.id))
    ORDER BY p.id LIMIT $3
"""


async def closed_with_running(pool: asyncpg.Pool, day: dt.date, limit: int) -> list[str]:
    """Participants that are closed on a day and have an engagement that runs."""
    return [row["id"] for row in await pool.fetch(_CLOSED, day, list(RUNNING), limit)]


async def engagements(
    pool: asyncpg.Pool, like: dict[str, Any], state: str | None, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Engagements whose record contains ``like``, by id: a page at a time."""
    return _dicts(await pool.fetch(_LIST, orjson.dumps(like).decode(), state, after, limit))


async def stages(pool: asyncpg.Pool, like: dict[str, Any], state: str | None) -> dict[str, int]:
    """How many engagements there are at each stage."""
    rows = await pool.fetch(_STAGES, orjson.dumps(like).decode(), state)
    return {row["stage"]: row["participants"] for row in rows}


async def engagement(pool: asyncpg.Pool, identifier: str) -> dict[str, Any] | None:
    """One engagement with all its steps and corrections."""
    row = await pool.fetchrow(_ONE, identifier)
    if row is None:
        return None
    return {**orjson.loads(row["engagement"]), "name": row["name"], "state": row["state"]}


async def campaigns(
    pool: asyncpg.Pool, collaborative: str | None, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Campaigns, the latest first."""
    like = {} if collaborative is None else {"collaborative": collaborative}
    rows = await pool.fetch(_CAMPAIGNS, orjson.dumps(like).decode(), after and str(after), limit)
    return [orjson.loads(row["state"]) for row in rows]


async def campaign(pool: asyncpg.Pool, identifier: UUID) -> dict[str, Any] | None:
    """One campaign with how each wave was answered."""
    state = await pool.fetchval(_CAMPAIGN, str(identifier))
    if state is None:
        return None
    answers = _dicts(await pool.fetch(_ANSWERS, str(identifier)))
    return {**orjson.loads(state), "by_wave": answers}


def _dicts(rows: Sequence[asyncpg.Record]) -> list[dict[str, Any]]:
    return [dict(row) for row in rows]
