"""Published results as they last stood."""

from collections.abc import Iterable, Sequence

import asyncpg

from shared.contracts.measures import MeasureUpdated

_LOAD = """
    SELECT c.measure, c.unit, c.period, c.unit_version, c.numerator, c.eligible_days, c.revision
    FROM unnest($1::text[], $2::text[]) AS w (unit, period)
    JOIN cell c ON c.unit = w.unit AND c.period = w.period AND c.stratum = 'all'
"""
_SAVE = """
    INSERT INTO cell (measure, unit, period, stratum, specification, unit_version, numerator, eligible_days,
                      days_in_period, value, status, revision, as_of)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::bigint[],
                         $8::bigint[], $9::integer[], $10::text[], $11::text[], $12::bigint[], $13::timestamptz[])
    ON CONFLICT (measure, unit, period, stratum) DO UPDATE SET
        specification = excluded.specification, unit_version = excluded.unit_version,
        numerator = excluded.numerator, eligible_days = excluded.eligible_days, value = excluded.value,
        status = excluded.status, revision = excluded.revision, as_of = excluded.as_of
"""


async def load(
    conn: asyncpg.Connection, wanted: Iterable[tuple[str, str]]
) -> dict[tuple[str, str, str], asyncpg.Record]:
    """Rows by (measure, unit, period) of the given units and periods."""
    pairs = list(wanted)
    rows = await conn.fetch(_LOAD, [unit for unit, _ in pairs], [period for _, period in pairs])
    return {(row["measure"], row["unit"], row["period"]): row for row in rows}


async def save(conn: asyncpg.Connection, results: Sequence[MeasureUpdated]) -> None:
    """Keep what was published."""
    rows = [
        (
            r.measure,
            r.unit,
            r.period,
            r.stratum,
            r.specification,
            r.unit_version,
            r.numerator,
            r.eligible_days,
            r.days_in_period,
            r.value,
            r.status,
            r.revision,
            r.as_of,
        )
        for r in results
    ]
    if rows:
        await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))
