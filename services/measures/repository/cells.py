"""Published results as they last stood."""

from collections.abc import Collection, Sequence
from typing import Final

import asyncpg

from services.measures.domain.results import Last, Place, Result

_LOAD: Final = """
    SELECT c.measure, c.unit_type, c.unit, c.period, c.specification, c.unit_version, c.release, c.numerator,
           c.denominator, c.person_time, c.status, c.reason, c.revision
    FROM unnest($1::text[], $2::text[], $3::text[]) AS w (unit_type, unit, period)
    JOIN cell c ON c.unit_type = w.unit_type AND c.unit = w.unit AND c.period = w.period
"""
_SAVE: Final = """
    INSERT INTO cell (measure, unit_type, unit, period, specification, unit_version, release, numerator, denominator,
                      person_time, days_in_period, value, low, high, status, reason, cause, watermark, revision, as_of)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[],
                         $8::bigint[], $9::bigint[], $10::bigint[], $11::integer[], $12::text[], $13::text[],
                         $14::text[], $15::text[], $16::text[], $17::text[], $18::integer[], $19::bigint[],
                         $20::timestamptz[])
    ON CONFLICT (measure, unit_type, unit, period) DO UPDATE SET
        specification = excluded.specification, unit_version = excluded.unit_version, release = excluded.release,
        numerator = excluded.numerator, denominator = excluded.denominator, person_time = excluded.person_time,
        days_in_period = excluded.days_in_period, value = excluded.value, low = excluded.low, high = excluded.high,
        status = excluded.status, reason = excluded.reason, cause = excluded.cause, watermark = excluded.watermark,
        revision = excluded.revision, as_of = excluded.as_of
"""


async def load(conn: asyncpg.Connection, places: Collection[Place]) -> dict[tuple[str, Place], Last]:
    """What was published last by measure and place."""
    rows = await conn.fetch(_LOAD, *map(list, zip(*places, strict=True))) if places else ()
    return {
        (measure, Place(kind, unit, period)): Last(*rest) for measure, kind, unit, period, *rest in map(tuple, rows)
    }


async def save(conn: asyncpg.Connection, rows: Sequence[Result]) -> None:
    """Keep what is published."""
    if rows:
        await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))
