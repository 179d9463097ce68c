"""Who is in an audience, found set-wise over the records of contacts, of the roster and of mailing lists."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain.audiences.estimates import Alike, Estimate, estimate
from services.notifications.domain.audiences.matching import asks_for_part, own_trait, wanted
from services.notifications.domain.audiences.reach import WAYS, LeftOut
from services.notifications.domain.campaigns.sending import Member
from shared.contracts.notifications.campaigns import Audience
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Channel, Part

# $1, $2: the traits that are asked for and which group each is of; $3: how many groups; $4: traits that places have by
# their names; $5: parts; $6: whether somebody must have a part; $7: the day; $8: mailing lists one of which they must
# be on; $9: the mailing list it is sent for; $10, $11: ways and the address each needs; $12: behind which contact.
_MEANT: Final = """
    WITH asked (trait, number) AS MATERIALIZED (SELECT * FROM unnest($1::text[], $2::int[])),
    fitting AS MATERIALIZED (
        SELECT place FROM (
            SELECT t.place, asked.number
            FROM asked
            JOIN record r ON r.kind LIKE 'roster-%'
             AND r.state @> jsonb_build_object('traits', jsonb_build_array(jsonb_build_object('trait', asked.trait)))
            CROSS JOIN LATERAL jsonb_to_recordset(r.state -> 'traits') AS t (place text, trait text)
            WHERE t.trait = asked.trait
            UNION ALL
            SELECT trait, number FROM asked WHERE trait = ANY($4::text[])
        ) AS has (place, number)
        GROUP BY place HAVING count(DISTINCT number) = $3
    ),
    subscribed AS MATERIALIZED (
        SELECT (state ->> 'contact')::uuid AS contact, array_agg(state ->> 'list_id') AS lists
        FROM record WHERE kind = 'subscription' AND state @> '{"state": "CONFIRMED"}'
          AND (state ->> 'list_id' = ANY($8::text[]) OR state ->> 'list_id' = $9)
        GROUP BY 1
    ),
    holding AS (
        SELECT r.id, array_agg(DISTINCT h.part ORDER BY h.part) AS parts
        FROM record r
        CROSS JOIN LATERAL jsonb_to_recordset(r.state -> 'facts' -> 'holds')
             AS h (part text, place text, since text, until text)
        WHERE r.kind = 'contact' AND ($12::text IS NULL OR r.id > $12)
          AND h.since <= $7 AND (h.until IS NULL OR h.until > $7)
          AND ($5::text[] = '{}' OR h.part = ANY($5))
          AND ($3 = 0 OR h.place IN (SELECT place FROM fitting))
        GROUP BY r.id
    ),
    meant AS (
        SELECT r.id, r.state -> 'facts' AS facts, coalesce(holding.parts, '{}') AS parts,
               coalesce(subscribed.lists, '{}') AS lists
        FROM record r
        LEFT JOIN holding ON holding.id = r.id
        LEFT JOIN subscribed ON subscribed.contact = r.id::uuid
        WHERE r.kind = 'contact' AND ($12::text IS NULL OR r.id > $12)
          AND jsonb_typeof(r.state -> 'facts') = 'object'
          AND (NOT $6::boolean OR holding.id IS NOT NULL)
          AND ($8::text[] = '{}' OR subscribed.lists && $8)
    ),
    reached AS (
        SELECT meant.*, way.way,
               CASE WHEN (facts ->> 'stopped')::boolean THEN 'STOPPED'
                    WHEN $9::text IS NOT NULL AND NOT $9 = ANY(lists) THEN 'NOT_SUBSCRIBED'
                    WHEN way.way IS NULL THEN 'NO_ADDRESS' END AS left_out
        FROM meant
        LEFT JOIN LATERAL (
            SELECT w.way FROM unnest($10::text[], $11::text[]) WITH ORDINALITY AS w (way, need, ord)
            WHERE facts -> 'addresses' ->> w.need IS NOT NULL
            ORDER BY (SELECT min(p.ord) FROM jsonb_array_elements_text(facts -> 'preferences' -> 'channels')
                             WITH ORDINALITY AS p (channel, ord) WHERE p.channel = w.way) NULLS LAST, w.ord
            LIMIT 1
        ) AS way ON true
    )
"""
_GROUPS: Final = f"""{_MEANT}
    SELECT parts, way, facts -> 'preferences' ->> 'language' AS language, left_out, count(*) AS n
    FROM reached GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - made of constants of this module
_NEXT: Final = f"""{_MEANT}
    SELECT id, facts::text AS facts, parts, left_out FROM reached ORDER BY id LIMIT $13
"""  # noqa: S608 - made of constants of this module


async def size(conn: asyncpg.Connection, audience: Audience, list_id: str | None, on: dt.date) -> Estimate:
    """How many are meant on a day by ``audience`` with what is sent for ``list_id``, and who is left out."""
    rows = await conn.fetch(_GROUPS, *_asked(audience, list_id, on), None)
    return estimate(
        Alike(
            parts=frozenset(map(Part, row["parts"])),
            channel=row["way"] and Channel(row["way"]),
            language=row["language"],
            left_out=row["left_out"] and LeftOut(row["left_out"]),
            count=row["n"],
        )
        for row in rows
    )


async def behind(
    conn: asyncpg.Connection, audience: Audience, list_id: str | None, on: dt.date, cursor: UUID | None, limit: int
) -> list[Member]:
    """The next of an audience behind a contact, in order of id, those included who are left out."""
    rows = await conn.fetch(_NEXT, *_asked(audience, list_id, on), cursor and str(cursor), limit)
    return [
        Member(
            contact=UUID(row["id"]),
            facts=ContactFacts.model_validate_json(row["facts"]),
            parts=frozenset(map(Part, row["parts"])),
            left_out=row["left_out"] and LeftOut(row["left_out"]),
        )
        for row in rows
    ]


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
        [way.value for way in WAYS],
        list(WAYS.values()),
    )
