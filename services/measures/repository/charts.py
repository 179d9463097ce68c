"""Control charts that are followed, by measure and unit."""

from collections.abc import Collection, Mapping
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


async def save(conn: asyncpg.Connection, changed: Mapping[Whose, ChartState]) -> None:
    """Write those that changed, in order."""
    if changed:
        ordered = sorted(changed)
        bodies = [kept.encode(changed[whose]) for whose in ordered]
        await conn.execute(_SAVE, *map(list, zip(*ordered, strict=True)), bodies)
