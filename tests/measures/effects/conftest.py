"""A database in which four communities are defined."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from tests.measures.effects.planted import AREAS
from tests.measures.folding import define
from tests.support.service import app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """The migrated schema with the communities, as the application role."""
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        async with opened.acquire() as conn:
            for community, area in AREAS.items():
                await define(conn, community, 1, area)
        yield opened
