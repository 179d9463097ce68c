"""Deltas appended by the feeds, and the rollups of all units and months they are folded into."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import asyncpg
import msgspec

from services.measures.domain import spread
from services.measures.domain.spread import Amounts, Body, Key
from services.measures.domain.timeline import Cell, decode_cells

_APPEND: Final = "INSERT INTO delta (body, received) VALUES ($1, $2)"
_NEWEST: Final = "SELECT max(id) FROM delta"
# The first is taken whatever its size. Deltas commute: one that commits late under a lower id is taken as well.
_TAKE: Final = """
    WITH oldest AS (
        SELECT id, sum(octet_length(body)) OVER (ORDER BY id) - octet_length(body) AS bytes_before
        FROM (SELECT id, body FROM delta ORDER BY id LIMIT $1) AS first
    )
    DELETE FROM delta WHERE id <= (SELECT max(id) FROM oldest WHERE bytes_before <= $2)
    RETURNING body, received
"""
# Arrays of numbers go as text: asyncpg looks at each number of an array twice.
_LOAD: Final = """
    SELECT r.unit_type, r.unit, r.month, r.body, r.total
    FROM unnest($1::text[], $2::text[], $3::text::integer[]) AS w (unit_type, unit, month)
    JOIN rollup r ON r.unit_type = w.unit_type AND r.unit = w.unit AND r.month = w.month
"""
_SAVE: Final = """
    INSERT INTO rollup (unit_type, unit, month, body, total)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text::integer[], $4::bytea[], $5::bytea[])
    ON CONFLICT (unit_type, unit, month) DO UPDATE SET body = excluded.body, total = excluded.total
"""
_TOTALS: Final = """
    SELECT r.unit_type, r.unit, r.month, r.total
    FROM unnest($1::text[], $2::text[]) AS w (unit_type, unit)
    JOIN rollup r ON r.unit_type = w.unit_type AND r.unit = w.unit AND r.month BETWEEN $3 AND $4
"""
_OF_AREAS: Final = """
    SELECT a.community, r.month, r.body
    FROM community_area a JOIN rollup r ON r.unit_type = 'area' AND r.unit = a.area
    WHERE a.community = ANY($1::text[])
"""
_OF_COMMUNITIES: Final = "SELECT unit, month FROM rollup WHERE unit_type = 'community' AND unit = ANY($1::text[])"
_MONTHS: Final = "SELECT month FROM rollup WHERE unit_type = 'nation' ORDER BY month"
_UNITS: Final = """
    SELECT DISTINCT unit_type, unit, month FROM rollup WHERE unit_type = ANY($1::text[]) AND month = ANY($2::integer[])
"""

_encode: Final = msgspec.msgpack.Encoder().encode
_body: Final = msgspec.msgpack.Decoder(Body).decode
_total: Final = msgspec.msgpack.Decoder(Amounts).decode


class Taken(NamedTuple):
    """Deltas taken from the table: how many, their cells, and their latest received day (ordinal, 0 for none)."""

    deltas: int
    cells: list[Cell]
    received: int


async def append(conn: asyncpg.Connection, cells: Collection[Cell], received: int) -> None:
    """Append the signed change of cells of one transaction; ``received``: its latest received day, 0 for none."""
    if cells or received:
        await conn.execute(_APPEND, _encode(cells), received)


async def newest(conn: asyncpg.Connection) -> int | None:
    """The id of the youngest delta; None while there is none."""
    found: int | None = await conn.fetchval(_NEWEST)
    return found


async def take(conn: asyncpg.Connection, rows: int, size: int) -> Taken:
    """Take the oldest deltas, up to so many and so many bytes (a single one may have more) out of the table."""
    found = await conn.fetch(_TAKE, rows, size)
    cells: list[Cell] = []
    received = 0
    for body, day in found:
        cells += decode_cells(body)
        received = max(received, day)
    return Taken(len(found), cells, received)


async def add(conn: asyncpg.Connection, sums: Mapping[Key, Body]) -> None:
    """Add to the rollups; the caller is the one leader."""
    if not sums:
        return
    keys = sorted(sums)
    kept = {
        (kind, unit, month): (_body(body), _total(total))
        for kind, unit, month, body, total in await conn.fetch(_LOAD, *_columns(keys))
    }
    bodies, totals = [], []
    for key in keys:
        change = sums[key]
        body, amounts = kept.get(key) or ({}, {})
        spread.merge(body, change)
        spread.add_amounts(amounts, spread.total(change).items())
        bodies.append(_encode(spread.without_zeros(body)))
        totals.append(_encode(spread.nonzero(amounts)))
    await conn.execute(_SAVE, *_columns(keys), bodies, totals)


async def remake(conn: asyncpg.Connection, communities: Sequence[str]) -> set[Key]:
    """Make the rows of these communities anew from those of their areas, and empty what they no longer have.

    Returns the rows written. Read as a stream: a state-wide community has hundreds of thousands of area rows.
    """
    if not communities:
        return set()
    sums: dict[Key, Body] = {
        (spread.COMMUNITY, unit, month): {} for unit, month in await conn.fetch(_OF_COMMUNITIES, communities)
    }
    async for community, month, body in conn.cursor(_OF_AREAS, communities, prefetch=1000):
        spread.add(sums, (spread.COMMUNITY, community, month), _body(body))
    keys = sorted(sums)
    bodies = [spread.without_zeros(sums[key]) for key in keys]
    totals = [_encode(spread.nonzero(spread.total(body))) for body in bodies]
    await conn.execute(_SAVE, *_columns(keys), [_encode(body) for body in bodies], totals)
    return set(keys)


async def totals(
    conn: asyncpg.Connection, units: Collection[tuple[str, str]], first: int, last: int
) -> dict[tuple[str, str], dict[int, Amounts]]:
    """Amounts over all flags by unit and month, of the months from ``first`` to ``last``."""
    found: dict[tuple[str, str], dict[int, Amounts]] = {unit: {} for unit in units}
    rows = await conn.fetch(_TOTALS, [kind for kind, _ in units], [unit for _, unit in units], first, last)
    for kind, unit, month, body in rows:
        found[kind, unit][month] = _total(body)
    return found


async def bodies(conn: asyncpg.Connection, keys: Iterable[Key]) -> dict[Key, Body]:
    """The rows of these units and months, by flags; those that exist."""
    rows = await conn.fetch(_LOAD, *_columns(list(keys)))
    return {(kind, unit, month): _body(body) for kind, unit, month, body, _ in rows}


async def months(conn: asyncpg.Connection) -> list[int]:
    """All months there are numbers for, in order."""
    return [row["month"] for row in await conn.fetch(_MONTHS)]


async def units_in(conn: asyncpg.Connection, unit_types: Sequence[str], wanted: Sequence[int]) -> list[Key]:
    """Units of these types that have a row in one of these months."""
    return [tuple(row) for row in await conn.fetch(_UNITS, unit_types, wanted)]


def _columns(keys: Sequence[Key]) -> tuple[list[str], list[str], str]:
    months = "{" + ",".join([str(month) for _, _, month in keys]) + "}"
    return [kind for kind, _, _ in keys], [unit for _, unit, _ in keys], months
