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
    async with app_pool(database, "complaints") as opened:
        yield opened
