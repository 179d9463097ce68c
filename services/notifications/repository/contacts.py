"""Reads contacts for questions of staff. Nothing here locks or changes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.contacts.parts import counts
from shared.contracts.notifications.terms import Part

_LIST: Final = """
    SELECT id, (state -> 'facts')::text AS facts FROM record
    WHERE kind = 'contact' AND jsonb_typeof(state -> 'facts') = 'object' AND state @> $1::jsonb
      AND ($2::text IS NULL OR id > $2)
      AND ($4::text IS NULL OR EXISTS (
          SELECT FROM jsonb_to_recordset(state -> 'facts' -> 'holds')
                   AS h (part text, place text, since text, until text)
          WHERE h.part = $4 AND ($5::text[] IS NULL OR h.place = ANY($5))
            AND h.since <= $6 AND (h.until IS NULL OR h.until > $6)
      ))
    ORDER BY id LIMIT $3
"""
_FOUND: Final = """
    SELECT id, (state -> 'facts')::text AS facts FROM record
    WHERE kind = 'contact' AND jsonb_typeof(state -> 'facts') = 'object'
      AND ($1::text IS NULL OR lower(state #>> '{facts,addresses,email}') = lower($1))
      AND NOT EXISTS (
          SELECT FROM unnest($2::text[]) AS word WHERE position(lower(word) IN lower(state #>> '{facts,name}')) = 0
      )
      AND ($3::text IS NULL OR id > $3)
    ORDER BY id LIMIT $4
"""


async def page(
    conn: asyncpg.Connection | asyncpg.Pool,
    like: Mapping[str, Any],
    circle: tuple[Part, str, dt.date] | None,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Contacts whose facts contain the JSON ``like`` and, where a circle is given, who are in it; a page by id.

    A circle is who holds a part at a place on a day; of ``any:any`` wherever it is held. Staff of the organization who
    hold a part at ``any:any`` are in its circle at every place.
    """
    part, place, day = circle or (None, "", None)
    places = counts(part, place) if part is not None else None
    text = orjson.dumps({"facts": like}).decode()
    since = day.isoformat() if day else None
    rows = await conn.fetch(_LIST, text, after and str(after), limit, part and part.value, places, since)
    return [_told(row) for row in rows]


async def found(
    conn: asyncpg.Connection | asyncpg.Pool, email: str | None, name: str, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Contacts of this e-mail address with each of these words in their name, in any case of letters; by id."""
    rows = await conn.fetch(_FOUND, email, name.split(), after and str(after), limit)
    return [_told(row) for row in rows]


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"contact": row["id"], **orjson.loads(row["facts"])}
