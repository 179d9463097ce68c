"""Databases of their own for measurements, there for as long as one takes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from shared.postgres.migrate import migrate
from shared.stack.endpoints import Endpoints
from shared.stack.provision import drop_database, ensure_database, roles


@asynccontextmanager
async def fresh(endpoints: Endpoints) -> AsyncIterator[str]:
    """The name of a database with every service's empty schema; it is dropped at the end."""
    name = f"bench_{uuid4().hex[:12]}"
    passwords = {role: endpoints.password(role) for role in roles()}
    await asyncio.to_thread(ensure_database, endpoints.dsn(database="postgres"), passwords, name)
    try:
        yield name
    finally:
        await asyncio.to_thread(drop_database, endpoints.dsn(database="postgres"), name)


@asynccontextmanager
async def migrated(endpoints: Endpoints, service: str) -> AsyncIterator[str]:
    """The name of a database in which one service has its tables; it is dropped at the end."""
    async with fresh(endpoints) as name:
        await asyncio.to_thread(migrate, service, endpoints.dsn(f"qio_{service}_owner", name))
        yield name


@asynccontextmanager
async def connected(endpoints: Endpoints, service: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the owner of one service's tables, in a database of their own."""
    async with migrated(endpoints, service) as name:
        conn = await asyncpg.connect(endpoints.dsn(f"qio_{service}_owner", name))
        try:
            await conn.execute(f"SET search_path = {service}")
            yield conn
        finally:
            await conn.close()
