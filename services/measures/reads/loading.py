"""Reads what questions are answered from, all in one snapshot of the database, so that numbers belong together."""

import datetime as dt
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Final

import asyncpg
import msgspec

from services.measures.domain import strata
from services.measures.domain.evaluation import of_stratum
from services.measures.domain.results import Last
from services.measures.domain.results import Place as Published
from services.measures.domain.spread import Amounts, Body
from services.measures.reads.asking import Place
from services.measures.reads.figures import Months, Scene
from services.measures.repository import cells, due

_LOADED: Final = """
    SELECT DISTINCT name FROM value_set JOIN value_set_part USING (name, version) WHERE cardinality(codes) > 0
"""
# Arrays of months go as they are: there are few.
_TOTALS: Final = "SELECT month, total FROM rollup WHERE unit_type = $1 AND unit = $2 AND month = ANY($3::integer[])"
_BODIES: Final = "SELECT month, body FROM rollup WHERE unit_type = $1 AND unit = $2 AND month = ANY($3::integer[])"
_EXTENT: Final = "SELECT min(month), max(month) FROM rollup WHERE unit_type = $1 AND unit = $2 AND total <> $3"

_total: Final = msgspec.msgpack.Decoder(Amounts).decode
_body: Final = msgspec.msgpack.Decoder(Body).decode
_EMPTY: Final = msgspec.msgpack.encode({})


@asynccontextmanager
async def snapshot(pool: asyncpg.Pool) -> AsyncIterator[asyncpg.Connection]:
    """A connection that sees one state of the database and changes nothing."""
    async with pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
        yield conn


async def scene(conn: asyncpg.Connection) -> Scene:
    """How far time has come, and which value sets are loaded."""
    progress = await due.progress(conn)
    watermark = dt.date.fromordinal(progress.watermark) if progress.watermark else None
    loaded = frozenset([row["name"] for row in await conn.fetch(_LOADED)])
    return Scene(watermark, progress.release, loaded)


async def months(conn: asyncpg.Connection, place: Place, wanted: Collection[int], stratum: str = strata.ALL) -> Months:
    """The amounts of a unit in these months."""
    rows = await conn.fetch(_TOTALS, place.unit_type, place.unit, list(wanted))
    whole = {row["month"]: _total(row["total"]) for row in rows}
    if stratum == strata.ALL:
        return Months(whole, whole)
    belongs = cache(partial(strata.contains, stratum))
    own = {month: of_stratum(body, belongs) async for month, body in bodies(conn, place, wanted)}
    return Months(own, whole)


async def bodies(conn: asyncpg.Connection, place: Place, wanted: Collection[int]) -> AsyncIterator[tuple[int, Body]]:
    """The amounts of a unit by flags, month by month: those of the nation are too many to hold and decode at once."""
    async for row in conn.cursor(_BODIES, place.unit_type, place.unit, list(wanted), prefetch=1):
        yield row["month"], _body(row["body"])


async def extent(conn: asyncpg.Connection, place: Place) -> tuple[int, int] | None:
    """The first and the last month of which something is known of a unit."""
    row = await conn.fetchrow(_EXTENT, place.unit_type, place.unit, _EMPTY)
    return (row[0], row[1]) if row[0] is not None else None


async def last(conn: asyncpg.Connection, place: Place, periods: Collection[str]) -> Mapping[tuple[str, str], Last]:
    """What was published last of a unit by measure and period."""
    found = await cells.load(conn, [Published(place.unit_type, place.unit, period) for period in periods])
    return {(measure, where.period): one for (measure, where), one in found.items()}
