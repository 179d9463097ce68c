"""A service's schema in a database of one test: tables, pools, keyring."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from shared.messaging.keyring import Keyring
from shared.postgres.migrate import MESSAGING_TABLES, migrate
from shared.postgres.pool import open_pool
from tests.support.stack import Database

KEYRING = Keyring({1: bytes(range(32))})


async def migrated(database: Database, service: str) -> None:
    """Bring a service's schema up to date."""
    await asyncio.to_thread(migrate, service, database.dsn(f"qio_{service}_owner"))


async def messaging_only(database: Database, service: str, extra: str = "") -> None:
    """The tables of the message path alone, for tests with handlers of their own."""
    conn = await asyncpg.connect(database.dsn(f"qio_{service}_owner"))
    try:
        await conn.execute(MESSAGING_TABLES + extra)
    finally:
        await conn.close()


@asynccontextmanager
async def app_pool(database: Database, service: str, size: int = 8) -> AsyncIterator[asyncpg.Pool]:
    """A pool of the application role."""
    pool = await open_pool(database.dsn(f"qio_{service}_app"), size)
    try:
        yield pool
    finally:
        pool.terminate()
