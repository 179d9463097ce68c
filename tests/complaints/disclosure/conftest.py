"""A migrated complaints schema."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.support.service import app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """The application role on a database of its own."""
    await migrated(database, "complaints")
    await _with_stage(database)
    async with app_pool(database, "complaints") as opened:
        yield opened


async def _with_stage(database: Database) -> None:
    """The coarse stage of a case, where the schema of cases does not have it yet."""
    conn = await asyncpg.connect(database.dsn("qio_complaints_owner"))
    try:
        await conn.execute("ALTER TABLE case_file ADD COLUMN IF NOT EXISTS stage text")
    finally:
        await conn.close()
