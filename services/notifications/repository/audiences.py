"""Who is in an audience, found set-wise over the records of contacts, of the roster and of mailing lists."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.audiences.estimates import Alike, Estimate, estimate
from services.notifications.domain.audiences.matching import asks_for_part, own_trait, wanted
from services.notifications.domain.audiences.reach import WAYS, left_out, way, why_not
from services.notifications.domain.campaigns.sending import Member
from shared.contracts.notifications.campaigns import Audience
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Channel, Part

# $1, $2: the traits that are asked for and which group each is of; $3: how many groups; $4: traits that places have by
# their names; $5: parts; $6: whether somebody must have a part; $7: the day; $8: mailing lists one of which they must
# be on; $9: the mailing list it is sent for; $10: behind which contact.
_MEANT: Final = """
    WITH asked (trait, number) AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::int[])),
    fitting AS MATERIALIZED (
        SELECT place FROM (
            SELECT t.place, asked.number
            FROM asked
            JOIN record r ON r.kind LIKE 'roster-%'
             AND r.state @> jsonb_build_object('traits', jsonb_build_array(jsonb_build_object('trait', asked.trait)))
            CROSS JOIN LATERAL jsonb_to_recordset(r.state -> 'traits') AS t (place text, trait text, until text)
            WHERE t.trait = asked.trait AND (t.until IS NULL OR t.until > $7)
            UNION ALL
            SELECT trait, number FROM asked WHERE trait = ANY($4::text[])
        ) AS has (place, number)
        GROUP BY place HAVING count(DISTINCT number) = $3
    ),
    subscribed AS MATERIALIZED (
        SELECT state ->> 'contact' AS contact, array_agg(state ->> 'list_id') AS lists
        FROM record WHERE kind = 'subscription' AND state @> '{"state": "CONFIRMED"}'
          AND (state ->> 'list_id' = ANY($8::text[]) OR state ->> 'list_id' = $9)
        GROUP BY 1
    ),
    meant AS (
        SELECT r.id, r.state -> 'facts' AS facts, held.parts, coalesce(subscribed.lists, '{}') AS lists
        FROM record r
        LEFT JOIN subscribed ON subscribed.contact = r.id
        CROSS JOIN LATERAL (
            SELECT coalesce(array_agg(DISTINCT h.part), '{}') AS parts
            FROM jsonb_to_recordset(r.state #> '{facts,holds}') AS h (part text, place text, since text, until text)
            WHERE h.since <= $7 AND (h.until IS NULL OR h.until > $7)
              AND ($5::text[] = '{}' OR h.part = ANY($5))
              AND ($3 = 0 OR h.place IN (SELECT place FROM fitting))
        ) AS held
        WHERE r.kind = 'contact' AND ($10::text IS NULL OR r.id > $10)
          AND r.state #> '{facts,name}' IS NOT NULL -- not forgotten
          AND (NOT $6::boolean OR held.parts <> '{}')
          AND ($8::text[] = '{}' OR subscribed.lists && $8)
    )
"""
# Those who are alike are counted together; what follows for them is decided once for all of them.
_ALIKE: Final = f"""{_MEANT}
    SELECT parts, facts #>> '{{preferences,language}}' AS language, facts #> '{{preferences,channels}}' AS wished,
           coalesce((facts ->> 'stopped')::boolean, false) AS stopped,
           $9::text IS NULL OR $9 = ANY(lists) AS may_get,
           facts #>> '{{addresses,email}}' IS NOT NULL AS email,
           facts #>> '{{addresses,portal}}' IS NOT NULL AS portal,
           facts #>> '{{addresses,postal}}' IS NOT NULL AS postal,
           count(*) AS count
    FROM meant GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""  # noqa: S608 - made of constants of this module
_NEXT: Final = f"""{_MEANT}
    SELECT id, facts::text AS facts, parts, lists FROM meant ORDER BY id LIMIT $11
"""  # noqa: S608 - made of constants of this module


async def size(conn: asyncpg.Connection, audience: Audience, list_id: str | None, on: dt.date) -> Estimate:
    """How many are meant on a day by ``audience`` with what is sent for ``list_id``, and who is left out."""
    return estimate(map(_alike, await conn.fetch(_ALIKE, *_asked(audience, list_id, on), None)))


async def behind(
    conn: asyncpg.Connection, audience: Audience, list_id: str | None, on: dt.date, cursor: UUID | None, limit: int
) -> list[Member]:
    """The next of an audience behind a contact, in order of id, those included who are left out."""
    rows = await conn.fetch(_NEXT, *_asked(audience, list_id, on), cursor and str(cursor), limit)
    return [_member(row, list_id) for row in rows]


def _member(row: asyncpg.Record, list_id: str | None) -> Member:
    facts = ContactFacts.model_validate_json(row["facts"])
    why = left_out(facts, list_id, frozenset(row["lists"]))
    return Member(UUID(row["id"]), facts, frozenset(map(Part, row["parts"])), why)


def _alike(row: asyncpg.Record) -> Alike:
    addressed = frozenset(need for need in WAYS.values() if row[need])
    by = way([Channel(one) for one in orjson.loads(row["wished"])], addressed)
    why = why_not(by, stopped=row["stopped"], may_get=row["may_get"])
    return Alike(frozenset(map(Part, row["parts"])), by, row["language"], why, row["count"])


def _asked(audience: Audience, list_id: str | None, on: dt.date) -> tuple[Any, ...]:
    groups = wanted(audience)
    asked = [(trait, number) for number, group in enumerate(groups) for trait in group]
    return (
        [trait for trait, _ in asked],
        [number for _, number in asked],
        len(groups),
        [trait for trait, _ in asked if own_trait(trait)],
        [part.value for part in audience.parts],
        asks_for_part(audience),
        on.isoformat(),
        list(audience.lists),
        list_id,
    )
