"""The yardstick: as many rows written in the same transactions and nothing computed; the same rows read and sorted."""

from collections.abc import Sequence
from typing import Any, Final

import asyncpg
import msgspec

_TABLES: Final = """
    CREATE TABLE bare_fact (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, unit text, body bytea);
    CREATE TABLE bare_figure (unit text, measure integer, numerator bigint, denominator bigint,
                              PRIMARY KEY (unit, measure));
    CREATE TABLE bare_chart (unit text, measure integer, body bytea, PRIMARY KEY (unit, measure));
    CREATE TABLE bare_message (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, unit text, body bytea);
"""
_FACTS: Final = "INSERT INTO bare_fact (unit, body) SELECT * FROM unnest($1::text[], $2::bytea[])"
_FIGURES: Final = """
    INSERT INTO bare_figure
    SELECT unit, measure, 1, 10 FROM unnest($1::text[]) AS unit, generate_series(1, $2::integer) AS measure
    ON CONFLICT (unit, measure) DO UPDATE SET numerator = bare_figure.numerator + 1
"""
_CHARTS: Final = """
    INSERT INTO bare_chart SELECT unit, measure, $3 FROM unnest($1::text[]) AS unit, generate_series(1, $2) AS measure
    ON CONFLICT (unit, measure) DO UPDATE SET body = excluded.body
"""
_MESSAGES: Final = """
    INSERT INTO bare_message (unit, body)
    SELECT unit, $3 FROM unnest($1::text[]) AS unit, generate_series(1, $2::integer)
"""
_FIGURE: Final = """
    SELECT unit, numerator, denominator FROM panel_figure WHERE measure = $1 AND period = $2 AND value IS NOT NULL
    ORDER BY (numerator::float8 / denominator) DESC, unit
"""
_BODY: Final = b"x" * 400  # an event of a figure
_CHART: Final = b"x" * 1500  # a chart of fifteen quarters
_encode: Final = msgspec.msgpack.Encoder().encode


async def tables(conn: asyncpg.Connection) -> None:
    """Empty tables beside the service's."""
    await conn.execute(_TABLES)


async def update(conn: asyncpg.Connection, items: Sequence[Any], figures: int, charts: int) -> None:
    """Keep facts, and for every unit among them so many figures with a message each, and so many charts."""
    units = sorted({item.key for item in items})
    async with conn.transaction():
        await conn.execute(_FACTS, [item.key for item in items], [_encode(item.record) for item in items])
        await conn.execute(_FIGURES, units, figures)
        await conn.execute(_CHARTS, units, charts, _CHART)
        await conn.execute(_MESSAGES, units, figures, _BODY)


async def ranked(conn: asyncpg.Connection, measure: str, period: str) -> int:
    """Figures of a measure, ordered by their value in the database; how many."""
    return len([tuple(row) for row in await conn.fetch(_FIGURE, measure, period)])


async def charts(conn: asyncpg.Connection, measure: str) -> int:
    """Charts of a measure, read and decoded without a type; how many."""
    rows = await conn.fetch("SELECT unit, body FROM chart WHERE measure = $1 ORDER BY unit", measure)
    return len([msgspec.msgpack.decode(row["body"]) for row in rows])
