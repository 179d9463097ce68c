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
    """Sessions with something to tell by ``now`` (UTC), the longest due first."""
    return [Due(row) for row in await pool.fetch(_TELL, now, limit)]


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
