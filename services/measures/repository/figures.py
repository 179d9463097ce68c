"""Figures of facilities as they were last published."""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

import asyncpg

from services.measures.domain.panel.published import Last, Published, Where

_LOAD: Final = """
    SELECT f.measure, f.unit, f.period, f.specification, f.numerator, f.denominator, f.reason, f.status, f.revision
    FROM unnest($2::text[], $3::text[]) AS w (unit, period)
    JOIN panel_figure f ON f.kind = $1 AND f.unit = w.unit AND f.period = w.period
"""
_SAVE: Final = """
    INSERT INTO panel_figure (kind, unit, measure, period, specification, numerator, denominator, value, low, high,
                              reason, status, revision, settles_on, as_of)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::bigint[], $7::bigint[],
                         $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::date[],
                         $15::timestamptz[])
    ON CONFLICT (kind, unit, measure, period) DO UPDATE SET
        specification = excluded.specification, numerator = excluded.numerator, denominator = excluded.denominator,
        value = excluded.value, low = excluded.low, high = excluded.high, reason = excluded.reason,
        status = excluded.status, revision = excluded.revision, settles_on = excluded.settles_on,
        as_of = excluded.as_of
"""
_OF_MEASURE: Final = """
    SELECT unit, period, specification, numerator, denominator, value, low, high, status, reason, revision, as_of
    FROM panel_figure
    WHERE measure = $1 AND ($2::text[] IS NULL OR unit = ANY($2::text[])) AND ($3::text IS NULL OR period = $3)
    ORDER BY unit, period, kind LIMIT $4 OFFSET $5
"""
_WHOLE: Final = """
    SELECT kind, unit, measure, period, specification, numerator, denominator, value, low, high, reason, status,
           revision, settles_on, as_of
    FROM panel_figure WHERE measure = $1 AND unit = ANY($2::text[]) ORDER BY unit, period, kind
"""
_SETTLING: Final = """
    SELECT DISTINCT unit, period FROM (
        SELECT unit, period FROM panel_figure WHERE kind = $1 AND settles_on <= $2 ORDER BY settles_on LIMIT $3
    ) AS due
"""
_TO_SETTLE: Final = "SELECT count(*) FROM panel_figure WHERE settles_on <= $1"


async def of_measure(
    conn: asyncpg.Connection, measure: str, units: Sequence[str] | None, period: str | None, limit: int, offset: int
) -> Sequence[asyncpg.Record]:
    """What was published last of a measure, of these units or of all, in the order of unit and period."""
    return await conn.fetch(_OF_MEASURE, measure, units, period, limit, offset)  # type: ignore[no-any-return]


async def of_units(conn: asyncpg.Connection, measure: str, units: Sequence[str]) -> list[Published]:
    """The same of these units with all that was published, in all periods."""
    return [Published(*row) for row in await conn.fetch(_WHOLE, measure, units)]


async def load(conn: asyncpg.Connection, kind: str, places: Collection[tuple[str, str]]) -> dict[Where, Last]:
    """What was published last of these units and periods."""
    ordered = sorted(places)
    rows = await conn.fetch(_LOAD, kind, [unit for unit, _ in ordered], [period for _, period in ordered])
    return {Where(measure, unit, period): Last(*rest) for measure, unit, period, *rest in map(tuple, rows)}


async def save(conn: asyncpg.Connection, rows: Sequence[Published]) -> None:
    """Keep what is published."""
    if rows:
        await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))


async def settling(conn: asyncpg.Connection, kind: str, today: dt.date, limit: int) -> list[tuple[str, str]]:
    """Units and periods with figures that become final by this day."""
    return [tuple(row) for row in await conn.fetch(_SETTLING, kind, today, limit)]


async def to_settle(conn: asyncpg.Connection, today: dt.date) -> int:
    """How many figures become final by this day."""
    found: int = await conn.fetchval(_TO_SETTLE, today)
    return found
