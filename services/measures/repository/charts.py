"""Control charts that are followed, by measure and unit."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import asyncpg

from services.measures.domain.methods.charts import kept
from services.measures.domain.methods.charts.state import ChartState

_LOAD: Final = """
    SELECT c.measure, c.unit_type, c.unit, c.body
    FROM unnest($1::text[], $2::text[], $3::text[]) AS w (measure, unit_type, unit)
    JOIN chart c ON c.measure = w.measure AND c.unit_type = w.unit_type AND c.unit = w.unit
"""
_SAVE: Final = """
    INSERT INTO chart (measure, unit_type, unit, body)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[])
    ON CONFLICT (measure, unit_type, unit) DO UPDATE SET body = excluded.body
"""
_OF_MEASURE: Final = """
    SELECT measure, unit_type, unit, body FROM chart
    WHERE measure = $1 AND ($2::text[] IS NULL OR unit = ANY($2::text[]))
    ORDER BY unit, unit_type LIMIT $3 OFFSET $4
"""


class Whose(NamedTuple):
    """Whose chart it is."""

    measure: str
    unit_type: str
    unit: str


async def load(conn: asyncpg.Connection, wanted: Collection[Whose]) -> dict[Whose, ChartState]:
    """Those that exist."""
    if not wanted:
        return {}
    rows = await conn.fetch(_LOAD, *map(list, zip(*wanted, strict=True)))
    return {Whose(measure, kind, unit): kept.decode(body) for measure, kind, unit, body in rows}


async def of_measure(
    conn: asyncpg.Connection, measure: str, units: Sequence[str] | None, limit: int, offset: int
) -> dict[Whose, ChartState]:
    """Those of these units, or of all, in the order of the units."""
    rows = await conn.fetch(_OF_MEASURE, measure, units, limit, offset)
    return {Whose(measure, kind, unit): kept.decode(body) for measure, kind, unit, body in rows}


async def save(conn: asyncpg.Connection, changed: Mapping[Whose, ChartState]) -> None:
    """Write those that changed, in order."""
    if changed:
        ordered = sorted(changed)
        bodies = [kept.encode(changed[whose]) for whose in ordered]
        await conn.execute(_SAVE, *map(list, zip(*ordered, strict=True)), bodies)
