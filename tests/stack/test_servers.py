"""Sanity."""

import asyncpg

from tests.support.stack import Database


async def test_a(database: Database) -> None:
    c = await asyncpg.connect(database.dsn("qio_measures_owner"))
    assert await c.fetchval("show search_path") == "measures"
    await c.close()
