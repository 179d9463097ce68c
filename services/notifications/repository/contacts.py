"""Reads contacts: for questions of staff, and for whom a notice goes to. Nothing here locks or changes."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.contacts.parts import counts
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Part

_HELD: Final = """
    EXISTS (
        SELECT FROM jsonb_to_recordset(state -> 'facts' -> 'holds') AS h (part text, place text, since text, until text)
        WHERE h.part = {part} AND ({places}::text[] IS NULL OR h.place = ANY({places}))
          AND h.since <= {day} AND (h.until IS NULL OR h.until > {day})
    )
"""
# Both containments are found by the index of states; which days a part is held on is looked at afterwards.
_HOLDERS: Final = f"""
    SELECT id, (state -> 'facts')::text AS facts FROM record
    WHERE kind = 'contact' AND (state @> $1::jsonb OR state @> $2::jsonb)
      AND {_HELD.format(part="$3", places="$4", day="$5")}
    ORDER BY id
"""  # noqa: S608 - constants within a constant
_LIST: Final = f"""
    SELECT id, (state -> 'facts')::text AS facts FROM record
    WHERE kind = 'contact' AND jsonb_typeof(state -> 'facts') = 'object' AND state @> $1::jsonb
      AND ($2::text IS NULL OR id > $2)
      AND ($4::text IS NULL OR {_HELD.format(part="$4", places="$5", day="$6")})
    ORDER BY id LIMIT $3
"""  # noqa: S608 - constants within a constant
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


async def holders(
    conn: asyncpg.Connection | asyncpg.Pool, part: Part, place: str, day: dt.date
) -> Mapping[UUID, ContactFacts]:
    """The circle of a part at a place: who holds it on a day, by id; of ``any:any`` wherever it is held.

    Staff of the organization who hold a part at ``any:any`` are in its circle at every place.
    """
    places = counts(part, place)
    likes = [_like(part, one) for one in places or (None,)]
    rows = await conn.fetch(_HOLDERS, likes[0], likes[-1], part.value, places, day.isoformat())
    return {UUID(row["id"]): ContactFacts.model_validate_json(row["facts"]) for row in rows}


async def page(
    conn: asyncpg.Connection | asyncpg.Pool,
    like: Mapping[str, Any],
    circle: tuple[Part, str, dt.date] | None,
    after: UUID | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Contacts whose facts contain the JSON ``like`` and, where a circle is given, who are in it; a page by id."""
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


def _like(part: Part, place: str | None) -> str:
    hold = {"part": part.value} if place is None else {"part": part.value, "place": place}
    return orjson.dumps({"facts": {"holds": [hold]}}).decode()


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"contact": row["id"], **orjson.loads(row["facts"])}
