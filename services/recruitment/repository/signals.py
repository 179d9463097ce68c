"""Keeps the results of measures that can move a rank, and reads them for it."""

from collections.abc import Iterable
from typing import Final

import asyncpg

from services.recruitment.domain.targets.signals import SMALL, Result

_SAVE: Final = """
    INSERT INTO signal AS held (measure, unit_type, unit, stratum, period, revision, specification, unit_version,
                                numerator, denominator, value, low, high)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::integer[],
                         $8::integer[], $9::bigint[], $10::bigint[], $11::float8[], $12::float8[], $13::float8[])
    ON CONFLICT (measure, unit_type, unit, stratum) DO UPDATE SET
        period = excluded.period, revision = excluded.revision, specification = excluded.specification,
        unit_version = excluded.unit_version, numerator = excluded.numerator, denominator = excluded.denominator,
        value = excluded.value, low = excluded.low, high = excluded.high
    WHERE (held.period COLLATE "C", held.revision) < (excluded.period COLLATE "C", excluded.revision)
"""
# What is compared with, and of hospitals and communities what is worse than some of it and no small number: most are
# not, and need not leave the database.
_WORSE: Final = """
    WITH beside AS (SELECT * FROM signal WHERE unit_type IN ('state', 'nation')),
    least AS (
        SELECT measure, stratum, period, specification, min(high) AS high FROM beside
        GROUP BY measure, stratum, period, specification
    )
    SELECT * FROM beside
    UNION ALL
    SELECT own.* FROM signal own JOIN least USING (measure, stratum, period, specification)
    WHERE own.unit_type = ANY ($1) AND own.numerator > $2 AND own.low > least.high
"""


async def save(conn: asyncpg.Connection, results: Iterable[Result]) -> None:
    """Take over what is later than what is held; repetition and order do not matter.

    Locks the rows in order of their keys; the caller's transaction is used.
    """
    newest: dict[tuple[str, str, str, str], Result] = {}
    for one in results:
        known = newest.get(one.key)
        if known is None or known.replaced_by(one):
            newest[one.key] = one
    if newest:
        await conn.execute(_SAVE, *map(list, zip(*(newest[key] for key in sorted(newest)), strict=True)))


async def worse(conn: asyncpg.Connection, unit_types: Iterable[str]) -> list[Result]:
    """Results of states and the nation, and those of other units that may be signals."""
    return [Result(**row) for row in await conn.fetch(_WORSE, list(unit_types), SMALL)]
