"""Reads sessions and action periods, and whom they are about, for questions and for the clock."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import asyncpg

from services.recruitment.domain.sessions.notices import Known
from shared.contracts.recruitment.ids import Setting

_TELL: Final = """
    SELECT id, ARRAY(SELECT jsonb_array_elements_text(state -> 'cohorts')) AS cohorts,
           ARRAY(SELECT jsonb_object_keys(state -> 'registrations')) AS participants
    FROM record WHERE kind = 'learning-session' AND (state ->> 'tell_next')::timestamptz <= $1
    ORDER BY (state ->> 'tell_next')::timestamptz, id LIMIT $2
"""
# Who is in an invited cohort on the day of the session, is not gone by then, and was not invited.
_LATER: Final = """
    WITH open AS (
        SELECT id, state, (state ->> 'starts_at')::timestamptz AS begins,
               ((state ->> 'starts_at')::timestamptz AT TIME ZONE (state ->> 'zone'))::date AS day
        FROM record WHERE kind = 'learning-session' AND state ->> 'phase' = 'OPEN'
         AND state -> 'invited' = state -> 'revision'
    )
    SELECT id, ARRAY(SELECT jsonb_array_elements_text(state -> 'cohorts')) AS cohorts, ARRAY[]::text[] AS participants
    FROM open WHERE begins > $1 AND EXISTS (
        SELECT FROM jsonb_array_elements_text(open.state -> 'cohorts') AS of
        JOIN record c ON c.kind = 'cohort' AND c.id = of
        CROSS JOIN LATERAL jsonb_each(c.state -> 'members') AS m
        CROSS JOIN LATERAL jsonb_array_elements(m.value) AS spell
        JOIN record p ON p.kind = 'participant' AND p.id = m.key
        WHERE NOT coalesce(open.state -> 'invited_whom' ? m.key, false)
          AND (c.state ->> 'opened_on')::date <= day AND coalesce((c.state ->> 'closed_on')::date, day) >= day
          AND (spell ->> 'since')::date <= day AND coalesce((spell ->> 'until')::date > day, true)
          AND coalesce(CASE WHEN p.state ->> 'merged_into' IS NULL THEN (p.state ->> 'closed_on')::date
                            ELSE (p.state ->> 'merged_on')::date END > day, true)
    ) ORDER BY id LIMIT $2
"""
_REMIND: Final = """
    SELECT id, ARRAY[state ->> 'cohort'] AS cohorts, ARRAY[]::text[] AS participants
    FROM record WHERE kind = 'action-period' AND (state ->> 'remind_next')::date <= $1
    ORDER BY (state ->> 'remind_next')::date, id LIMIT $2
"""
_MEMBERS: Final = """
    SELECT DISTINCT jsonb_object_keys(state -> 'members') AS participant
    FROM record WHERE kind = 'cohort' AND id = ANY($1::text[])
"""
_KNOWN: Final = """
    SELECT id, state ->> 'name' AS name, state ->> 'state' AS state, state ->> 'setting' AS setting,
           CASE WHEN state ->> 'merged_into' IS NULL THEN (state ->> 'closed_on')::date
                ELSE (state ->> 'merged_on')::date END AS gone_on
    FROM record WHERE kind = 'participant' AND id = ANY($1::text[])
"""


class Due:
    """A session or action period with something to tell: its cohorts, and who registered besides."""

    def __init__(self, row: asyncpg.Record) -> None:
        self.id: str = row["id"]
        self.cohorts: Sequence[str] = row["cohorts"]
        self.participants: Sequence[str] = row["participants"]


async def to_tell(pool: asyncpg.Pool, now: dt.datetime, limit: int) -> list[Due]:
    """Sessions with something to tell by ``now`` (UTC), the longest due first, or else to those who came later."""
    due = await pool.fetch(_TELL, now, limit)
    return [Due(row) for row in due or await pool.fetch(_LATER, now, limit)]


async def to_remind(pool: asyncpg.Pool, today: dt.date, limit: int) -> list[Due]:
    """Action periods with reminders that are due by a day, the longest due first."""
    return [Due(row) for row in await pool.fetch(_REMIND, today, limit)]


async def directory(pool: asyncpg.Pool, due: Iterable[Due]) -> Mapping[str, Known]:
    """What notices need of everybody who can be told of any of these, by id."""
    held = tuple(due)
    rows = await pool.fetch(_MEMBERS, sorted({cohort for one in held for cohort in one.cohorts}))
    ids = {row["participant"] for row in rows} | {name for one in held for name in one.participants}
    return {
        row["id"]: Known(row["name"], row["state"], Setting(row["setting"]), row["gone_on"])
        for row in await pool.fetch(_KNOWN, sorted(ids))
    }
