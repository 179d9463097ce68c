"""Reads and keeps what peers are matched by, and reads their pairings; only figures are changed here."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

import asyncpg
import orjson

from services.recruitment.domain.peers.consenting import NEEDED
from services.recruitment.domain.peers.figures import Kept
from services.recruitment.domain.peers.matching import Figure, Peer
from services.recruitment.domain.peers.pairing_kind import RUNNING
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.peer_terms import PeerScope, Side

_SAVE: Final = """
    INSERT INTO facility_figure AS held (measure, unit, period, revision, ends_on, value, tellable)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::date[], $6::numeric[], $7::boolean[])
    ON CONFLICT (measure, unit, period) DO UPDATE SET
        revision = excluded.revision, ends_on = excluded.ends_on, value = excluded.value, tellable = excluded.tellable
    WHERE held.revision < excluded.revision
"""
# The latest figure of each, unless it is over a year and a half older than the newest of anybody, and the last of
# those a year or more before it. Sizes are certified beds.
_PEERS: Final = """
    SELECT p.id, p.state ->> 'setting' AS setting, p.state ->> 'state' AS state,
           (p.state ->> 'certified_beds')::integer AS beds,
           ARRAY(SELECT s.key FROM jsonb_each(c.state -> 'scopes') AS s
                 WHERE EXISTS (SELECT FROM jsonb_array_elements(s.value) AS one
                               WHERE (one ->> 'given_on')::date <= $3
                                 AND ((one ->> 'until') IS NULL OR $3 < (one ->> 'until')::date))) AS scopes,
           now.period AS period, now.value AS value, now.tellable AS tellable,
           before.period AS before_period, before.value AS before_value, before.tellable AS before_tellable
    FROM record p
    JOIN record c ON c.kind = 'peer-consent' AND c.id = p.id
    LEFT JOIN LATERAL (
        SELECT * FROM facility_figure f WHERE f.measure = $1 AND f.unit = p.id ORDER BY ends_on DESC, period LIMIT 1
    ) AS now ON now.value IS NOT NULL
            AND now.ends_on > (SELECT max(ends_on) FROM facility_figure WHERE measure = $1) - 548
    LEFT JOIN LATERAL (
        SELECT * FROM facility_figure f
        WHERE f.measure = $1 AND f.unit = p.id AND f.value IS NOT NULL
          AND f.ends_on <= now.ends_on - 360 AND f.ends_on > now.ends_on - 730
        ORDER BY ends_on DESC, period LIMIT 1
    ) AS before ON true
    WHERE p.kind = 'participant' AND ($2::text[] IS NULL OR p.id = ANY ($2))
      AND p.state ->> 'merged_into' IS NULL
      AND coalesce($3 < (p.state ->> 'closed_on')::date, true)
    ORDER BY p.id
"""
_MEASURED: Final = """
    SELECT wanted.measure FROM unnest($1::text[]) WITH ORDINALITY AS wanted (measure, position)
    WHERE EXISTS (SELECT FROM facility_figure f
                  WHERE f.measure = wanted.measure AND f.value IS NOT NULL AND ($2::text IS NULL OR f.unit = $2))
    ORDER BY wanted.position LIMIT 1
"""
# Running pairings of which a day between the proposal and today lacks consent of either, or either of whom is gone.
_LAPSING: Final = """
    SELECT r.id FROM record r
    CROSS JOIN LATERAL (VALUES (r.state ->> 'learner', $3::text), (r.state ->> 'teacher', $4::text))
        AS side (participant, scope)
    LEFT JOIN record p ON p.kind = 'participant' AND p.id = side.participant
    LEFT JOIN record c ON c.kind = 'peer-consent' AND c.id = side.participant
    WHERE r.kind = 'pairing' AND r.state ->> 'status' = ANY ($1::text[])
      AND ((p.state ->> 'merged_on')::date <= $2 OR (p.state ->> 'closed_on')::date <= $2
           OR NOT coalesce((
               SELECT range_agg(daterange((one ->> 'given_on')::date, (one ->> 'until')::date))
               FROM jsonb_array_elements(c.state -> 'scopes' -> side.scope) AS one
           ) @> daterange((r.state ->> 'proposed_on')::date,
                          greatest($2, (r.state ->> 'proposed_on')::date), '[]'), false))
    GROUP BY r.id ORDER BY r.id LIMIT $5
"""
_PAIRINGS: Final = """
    SELECT state FROM record
    WHERE kind = 'pairing' AND state @> $1::jsonb AND ($2::text IS NULL OR id > $2)
      AND ($3::text IS NULL OR state ->> 'learner' = $3 OR state ->> 'teacher' = $3)
    ORDER BY id LIMIT $4
"""


async def save_figures(conn: asyncpg.Connection, figures: Iterable[Kept]) -> None:
    """Take over higher revisions; locks the rows in order of their keys in the caller's transaction."""
    newest: dict[tuple[str, str, str], Kept] = {}
    for one in figures:
        known = newest.get(one.key)
        if known is None or known.revision < one.revision:
            newest[one.key] = one
    if newest:
        await conn.execute(_SAVE, *map(list, zip(*(newest[key] for key in sorted(newest)), strict=True)))


async def peers(pool: asyncpg.Pool, measure: str, day: dt.date, only: Sequence[str] | None = None) -> list[Peer]:
    """Everybody that goes on on a day and ever consented to something among peers, by id; with figures of a measure.

    ``only``: these participants alone.
    """
    rows = await pool.fetch(_PEERS, measure, None if only is None else list(only), day)
    return [
        Peer(
            participant=row["id"],
            setting=Setting(row["setting"]),
            state=row["state"],
            beds=row["beds"],
            before=_figure(row["before_period"], row["before_value"], row["before_tellable"]),
            now=_figure(row["period"], row["value"], row["tellable"]),
            scopes=frozenset(map(PeerScope, row["scopes"])),
        )
        for row in rows
    ]


def _figure(period: str | None, value: Any, tellable: bool | None) -> Figure | None:
    return None if period is None else Figure(period, value, bool(tellable))


async def measured(pool: asyncpg.Pool, measures: Sequence[str], participant: str | None) -> str | None:
    """The first of these measures that a participant (None: anybody) has a figure of."""
    found: str | None = await pool.fetchval(_MEASURED, list(measures), participant)
    return found


async def lapsing(pool: asyncpg.Pool, day: dt.date, limit: int) -> list[str]:
    """Running pairings, by id, that could not be on a day or on one before."""
    scopes = (NEEDED[Side.LEARNER], NEEDED[Side.TEACHER])
    rows = await pool.fetch(_LAPSING, list(RUNNING), day, *scopes, limit)
    return [row["id"] for row in rows]


async def pairings(
    pool: asyncpg.Pool, like: dict[str, object], participant: str | None, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Pairings by id after an id that contain what is given of ``like``; of a participant: on whichever side."""
    given = orjson.dumps({field: value for field, value in like.items() if value is not None}).decode()
    return [orjson.loads(row["state"]) for row in await pool.fetch(_PAIRINGS, given, after, participant, limit)]
