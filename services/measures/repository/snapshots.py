"""What the public was shown, and what it may know from all snapshots so far."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

import asyncpg

from services.measures.domain.snapshot import Reason, Row, Snapshot
from services.measures.domain.tables import Figure, Place

_ROWS: Final = """
    SELECT measure, unit_type, unit, period, numerator, denominator, value, reason FROM snapshot_row WHERE period = $1
"""
_KNOWN: Final = "SELECT counted, unit_type, unit, period, amounts FROM snapshot_known WHERE period = $1"
_CLEAR: Final = "DELETE FROM snapshot_row WHERE period = $1"
_SAVE_KNOWN: Final = """
    INSERT INTO snapshot_known (counted, unit_type, unit, period, amounts) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (period, counted, unit_type, unit) DO UPDATE SET amounts = excluded.amounts
"""
_TAKE: Final = "INSERT INTO snapshot (taken_on) VALUES ($1) ON CONFLICT DO NOTHING RETURNING taken_on"
_LAST: Final = "SELECT max(taken_on) FROM snapshot"
_COLUMNS: Final = ("measure", "unit_type", "unit", "period", "numerator", "denominator", "value", "reason")
_AREAS: Final = """
    SELECT a.community, a.area FROM community_area a JOIN community c ON c.id = a.community
    WHERE c.published = c.version ORDER BY a.community, a.area
"""
ALL: Final = "all"


async def begin(conn: asyncpg.Connection, day: dt.date) -> bool:
    """Take the day; False where a snapshot of that day exists."""
    return await conn.fetchval(_TAKE, day) is not None


async def last_day(conn: asyncpg.Connection) -> dt.date | None:
    """The day of the last snapshot."""
    found: dt.date | None = await conn.fetchval(_LAST)
    return found


async def load(conn: asyncpg.Connection, period: str) -> Snapshot:
    """The last snapshot of a quarter."""
    rows = tuple(
        Row(
            measure=row["measure"],
            place=Place(row["unit_type"], row["unit"], row["period"], ALL),
            numerator=row["numerator"],
            denominator=row["denominator"],
            value=row["value"],
            reason=Reason(row["reason"]) if row["reason"] is not None else None,
        )
        for row in await conn.fetch(_ROWS, period)
    )
    known = {
        Figure(counted, Place(kind, unit, quarter, ALL)): frozenset(amounts)
        for counted, kind, unit, quarter, amounts in await conn.fetch(_KNOWN, period)
    }
    return Snapshot(rows, known)


async def save(conn: asyncpg.Connection, period: str, snapshot: Snapshot, before: Mapping[Figure, object]) -> None:
    """Replace the rows of a quarter and keep what is known now."""
    await conn.execute(_CLEAR, period)
    rows = [
        (
            row.measure,
            row.place.unit_type,
            row.place.unit,
            period,
            row.numerator,
            row.denominator,
            row.value,
            row.reason.value if row.reason is not None else None,
        )
        for row in snapshot.rows
    ]
    await conn.copy_records_to_table("snapshot_row", records=rows, columns=_COLUMNS)
    await conn.executemany(
        _SAVE_KNOWN,
        [
            (figure.counted, figure.place.unit_type, figure.place.unit, period, sorted(amounts))
            for figure, amounts in snapshot.known.items()
            if before.get(figure) != amounts
        ],
    )


async def areas(conn: asyncpg.Connection) -> Sequence[tuple[str, str]]:
    """Communities whose rollups are up to date, with their areas."""
    return [(community, area) for community, area in await conn.fetch(_AREAS)]
