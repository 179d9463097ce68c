"""Participants and owners in PostgreSQL, as questions and lists need them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import asyncpg
import orjson

from services.recruitment.domain.participants import ratings
from services.recruitment.domain.participants.state import Standing
from services.recruitment.repository import attention
from services.recruitment.repository.owners import OWNED, PARENT
from shared.contracts.feeds import HOSPITALS, NURSING_HOMES
from shared.contracts.recruitment.ids import Setting

# A certification number is the further identifier only of participants that have none as their id: few.
_HOLDERS: Final = """
    SELECT identifier, id FROM record, jsonb_array_elements_text(state -> 'identifiers') AS identifier
    WHERE kind = 'participant' AND id LIKE '%:%' AND identifier = ANY($1)
"""
_MEMBERS: Final = """ARRAY(
    SELECT e.state ->> 'collaborative' FROM record e
    WHERE e.kind = 'engagement' AND e.state @> jsonb_build_object('participant', p.id)
      AND e.state ->> 'membership_id' IS NOT NULL ORDER BY 1
)"""
_STANDING: Final = """CASE
    WHEN p.state ->> 'merged_into' IS NOT NULL THEN 'MERGED'
    WHEN p.state ->> 'closed_on' <= $1 THEN 'CLOSED' ELSE 'OPEN'
END"""
_LIST: Final = f"""
    WITH RECURSIVE chain AS (
        SELECT $8::text AS id WHERE $8::text IS NOT NULL
        UNION
        SELECT o.id FROM record o JOIN chain c ON {PARENT} = c.id WHERE o.kind = 'owner'
    )
    SELECT p.id, p.id AS ccn, p.state ->> 'setting' AS setting, p.state ->> 'name' AS name,
           p.state ->> 'city' AS city, p.state ->> 'state' AS state,
           (p.state ->> 'overall_rating')::integer AS overall_rating,
           (p.state ->> 'special_focus')::boolean AS special_focus, p.state ->> 'qin_qio' AS qin_qio,
           {_STANDING} AS standing, p.state ->> 'merged_into' AS merged_into, {OWNED} AS owner,
           {_MEMBERS} AS collaboratives
    FROM record p
    WHERE p.kind = 'participant'
      AND p.state @> $2::jsonb
      AND ($3::text IS NULL OR position(lower($3) IN lower(p.state ->> 'qin_qio')) > 0)
      AND ($4::text IS NULL OR {_STANDING} = $4)
      AND ($5::text IS NULL OR p.id > $5)
      AND ($6::text IS NULL OR position(lower($6) IN lower(p.state ->> 'name')) > 0)
      AND ($8::text IS NULL OR {OWNED} IN (SELECT id FROM chain))
    ORDER BY p.id LIMIT $7
"""  # noqa: S608 - made of constants of this module
_ONE: Final = """
    WITH RECURSIVE named AS (
        SELECT $1::text AS id, 0 AS place
        UNION ALL
        (SELECT id, 1 FROM record
         WHERE kind = 'participant' AND state @> jsonb_build_object('identifiers', jsonb_build_array($1::text)))
    ), found AS (
        SELECT r.id, r.state FROM named n JOIN record r ON r.kind = 'participant' AND r.id = n.id
        ORDER BY n.place LIMIT 1
    ), onward AS (
        SELECT id, state ->> 'merged_into' AS into_id FROM found
        UNION
        SELECT r.id, r.state ->> 'merged_into' FROM onward o
        JOIN record r ON r.kind = 'participant' AND r.id = o.into_id
    )
    SELECT found.id, found.state, (SELECT id FROM onward WHERE into_id IS NULL) AS goes_on_in,
           ARRAY(SELECT r.id FROM record r WHERE r.kind = 'participant'
                 AND r.state @> jsonb_build_object('merged_into', found.id) ORDER BY 1) AS came_from
    FROM found
"""
_MEMBERSHIPS: Final = """
    SELECT state ->> 'membership_id' AS membership_id, state ->> 'collaborative' AS collaborative,
           state ->> 'recruited_on' AS recruited_on, state ->> 'qin_qio' AS qin_qio
    FROM record
    WHERE kind = 'engagement' AND state @> jsonb_build_object('participant', $1::text)
      AND state ->> 'membership_id' IS NOT NULL
    ORDER BY 3, 2
"""
_KEPT: Final = """
    SELECT split_part(listed, ':', 1) AS list, count(DISTINCT listed) AS facilities
    FROM record, jsonb_array_elements_text(state -> 'listed_as') AS listed WHERE kind = 'participant' GROUP BY 1
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which participants a list is to have; what is None does not matter. ``on`` is the day that standing and owners
    are asked for, ``chain`` an owner: everything that is its own or of those that belong to it.
    """

    on: dt.date
    setting: Setting | None = None
    state: str | None = None
    rating: int | None = None
    special_focus: bool | None = None
    qin: str | None = None
    name: str | None = None
    standing: Standing | None = None
    chain: str | None = None
    after: str | None = None
    limit: int = 100

    def like(self) -> str:
        """What a state has to contain, as JSON."""
        fields = {
            "setting": self.setting,
            "state": self.state,
            "overall_rating": self.rating,
            "special_focus": self.special_focus,
        }
        return orjson.dumps({field: value for field, value in fields.items() if value is not None}).decode()


async def holders(conn: asyncpg.Connection | asyncpg.Pool, identifiers: Sequence[str]) -> Mapping[str, str]:
    """Which participants have these certification numbers as further identifiers, by number."""
    return dict(tuple(row) for row in await conn.fetch(_HOLDERS, identifiers))


async def some(pool: asyncpg.Pool, wanted: Wanted) -> list[dict[str, Any]]:
    """Participants by id, a page at a time."""
    rows = await pool.fetch(
        _LIST,
        wanted.on.isoformat(),
        wanted.like(),
        wanted.qin,
        wanted.standing,
        wanted.after,
        wanted.name,
        wanted.limit,
        wanted.chain,
    )
    return [dict(row) for row in rows]


async def one(pool: asyncpg.Pool, identifier: str, on: dt.date) -> dict[str, Any] | None:
    """All that is known of one participant, found by its id or a further identifier; None when there is none.

    ``goes_on_in`` is the one that goes on in its place, itself where it was not merged; ``came_from`` are those that
    were merged into it. ``standing`` is of the day ``on``. ``needs_attention`` is what one that is closed or merged is
    still in: coalitions, LANEs that it convenes, and caseloads of staff.
    """
    row = await pool.fetchrow(_ONE, identifier)
    if row is None:
        return None
    found: dict[str, Any] = orjson.loads(row["state"])
    found["ratings"] = rated(found.get("ratings", {}))
    standing = _standing(found.get("merged_into"), found.get("closed_on"), on)
    return {
        "ccn": row["id"],
        **found,
        "standing": standing,
        "needs_attention": [] if standing is Standing.OPEN else await attention.still_in(pool, row["id"]),
        "goes_on_in": row["goes_on_in"],
        "came_from": row["came_from"],
        "memberships": [dict(one) for one in await pool.fetch(_MEMBERSHIPS, row["id"])],
    }


def _standing(merged_into: str | None, closed_on: str | None, on: dt.date) -> Standing:
    if merged_into is not None:
        return Standing.MERGED
    return Standing.CLOSED if closed_on is not None and closed_on <= on.isoformat() else Standing.OPEN


def rated(history: Mapping[str, str]) -> list[dict[str, Any]]:
    """A history of ratings as it is read, the newest list first."""
    read = ((day, ratings.read(history[day])) for day in sorted(history, reverse=True))
    return [
        {
            "as_of": day,
            "overall": rating.overall,
            "health_inspection": rating.health_inspection,
            "staffing": rating.staffing,
            "rn_staffing": rating.rn_staffing,
            "quality": rating.quality,
            "special_focus": rating.special_focus,
        }
        for day, rating in read
    ]


async def listed(pool: asyncpg.Pool) -> Mapping[str, int]:
    """How many facilities each provider feed has told of, by topic."""
    found = {row["list"]: row["facilities"] for row in await pool.fetch(_KEPT)}
    return {
        NURSING_HOMES.name: found.get(Setting.NURSING_HOME, 0),
        HOSPITALS.name: found.get(Setting.HOSPITAL, 0),
    }
