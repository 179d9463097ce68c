"""Deltas appended and folded into the rollups, and the sums of communities made from them."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import asyncpg

_COLUMNS: Final = (
    "area",
    "month",
    "hospitalizations",
    "live_discharges",
    "rehospitalizations",
    "impossible_stays",
    "eligible_days",
)
_FOLD = """
    WITH taken AS (
        DELETE FROM delta WHERE id <= (SELECT max(id) FROM (SELECT id FROM delta ORDER BY id LIMIT $1) AS oldest)
        RETURNING *
    ), summed AS (
        SELECT area, month, sum(hospitalizations) AS hospitalizations, sum(live_discharges) AS live_discharges,
               sum(rehospitalizations) AS rehospitalizations, sum(impossible_stays) AS impossible_stays,
               sum(eligible_days) AS eligible_days, count(*) AS deltas
        FROM taken GROUP BY area, month
    ), folded AS (
        INSERT INTO rollup AS r (area, month, hospitalizations, live_discharges, rehospitalizations,
                                 impossible_stays, eligible_days)
        SELECT area, month, hospitalizations, live_discharges, rehospitalizations, impossible_stays, eligible_days
        FROM summed
        ON CONFLICT (area, month, stratum) DO UPDATE SET
            hospitalizations = r.hospitalizations + excluded.hospitalizations,
            live_discharges = r.live_discharges + excluded.live_discharges,
            rehospitalizations = r.rehospitalizations + excluded.rehospitalizations,
            impossible_stays = r.impossible_stays + excluded.impossible_stays,
            eligible_days = r.eligible_days + excluded.eligible_days
    )
    SELECT area, month, deltas FROM summed
"""
_AFFECTED = """
    SELECT DISTINCT a.community, f.month / 100 AS year, (f.month % 100 + 2) / 3 AS quarter
    FROM unnest($1::text[], $2::integer[]) AS f (area, month)
    JOIN community_area a ON a.area = f.area
"""
_ALL_OF = """
    SELECT DISTINCT a.community, r.month / 100 AS year, (r.month % 100 + 2) / 3 AS quarter
    FROM community_area a JOIN rollup r ON r.area = a.area
    WHERE a.community = ANY($1::text[])
    UNION
    SELECT DISTINCT unit, left(period, 4)::integer, right(period, 1)::integer FROM cell WHERE unit = ANY($1::text[])
"""
_SUMS = """
    SELECT w.community, w.year, w.quarter, coalesce(sum(r.hospitalizations), 0)::bigint AS hospitalizations,
           coalesce(sum(r.rehospitalizations), 0)::bigint AS rehospitalizations,
           coalesce(sum(r.eligible_days), 0)::bigint AS eligible_days
    FROM unnest($1::text[], $2::integer[], $3::integer[]) AS w (community, year, quarter)
    LEFT JOIN community_area a ON a.community = w.community
    LEFT JOIN rollup r ON r.area = a.area AND r.stratum = 'all'
         AND r.month BETWEEN w.year * 100 + w.quarter * 3 - 2 AND w.year * 100 + w.quarter * 3
    GROUP BY w.community, w.year, w.quarter
"""


class Quarter(NamedTuple):
    """A community in a quarter."""

    community: str
    period: str


class Sums(NamedTuple):
    """What a community's areas add up to in a quarter."""

    hospitalizations: int
    rehospitalizations: int
    eligible_days: int


async def append(conn: asyncpg.Connection, rows: Sequence[tuple[str | int, ...]]) -> None:
    """Append deltas of (area, month, components in the engine's order)."""
    if rows:
        await conn.copy_records_to_table("delta", records=rows, columns=_COLUMNS)


async def newest(conn: asyncpg.Connection) -> int | None:
    """The id of the youngest delta; None while there is none."""
    found: int | None = await conn.fetchval("SELECT max(id) FROM delta")
    return found


async def fold(conn: asyncpg.Connection, limit: int) -> tuple[int, list[tuple[str, int]]]:
    """Move up to ``limit`` deltas into the rollups; how many, and the (area, month) they changed.

    The caller is the one leader. Deltas commute, so one that commits late is simply taken by the next call.
    """
    rows = await conn.fetch(_FOLD, limit)
    return sum(row["deltas"] for row in rows), [(row["area"], row["month"]) for row in rows]


async def affected(conn: asyncpg.Connection, changed: Sequence[tuple[str, int]]) -> set[Quarter]:
    """The communities and quarters that these areas and months belong to."""
    rows = await conn.fetch(_AFFECTED, [area for area, _ in changed], [month for _, month in changed])
    return _quarters(rows)


async def all_quarters(conn: asyncpg.Connection, communities: Sequence[str]) -> set[Quarter]:
    """Every quarter these communities have numbers for, or once had."""
    return _quarters(await conn.fetch(_ALL_OF, communities)) if communities else set()


async def sums(conn: asyncpg.Connection, quarters: Iterable[Quarter]) -> dict[Quarter, Sums]:
    """The sums of each community and quarter; zeros where its areas have none."""
    wanted = list(quarters)
    rows = await conn.fetch(
        _SUMS,
        [quarter.community for quarter in wanted],
        [int(quarter.period[:4]) for quarter in wanted],
        [int(quarter.period[5]) for quarter in wanted],
    )
    return {Quarter(community, f"{year:04d}Q{quarter}"): Sums(*counts) for community, year, quarter, *counts in rows}


def _quarters(rows: Iterable[asyncpg.Record]) -> set[Quarter]:
    return {Quarter(community, f"{year:04d}Q{quarter}") for community, year, quarter in rows}
