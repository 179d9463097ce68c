"""A database with the tables of notifications."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.support.service import app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """The migrated schema, as the application role."""
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened
