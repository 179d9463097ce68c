"""A leader that hangs loses its place to another, and cannot write any more when it goes on."""

import asyncio

import asyncpg
import pytest

from shared.messaging import leader
from tests.support.stack import Database


async def test_a_leader_that_falls_silent_is_replaced_and_cannot_write(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leader, "SILENT_SECONDS", 0.5)
    dsn = database.dsn("qio_measures_app")
    stop, awake, leading, replaced = asyncio.Event(), asyncio.Event(), asyncio.Event(), asyncio.Event()
    refused: list[Exception] = []

    async def hangs(conn: asyncpg.Connection) -> None:
        leading.set()
        await awake.wait()
        try:
            await conn.fetchval("SELECT 1")
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            refused.append(error)
            raise
        finally:
            stop.set()

    async def works(conn: asyncpg.Connection) -> None:
        await conn.fetchval("SELECT 1")
        replaced.set()
        await leader.wait(stop, 0.1)

    async with asyncio.timeout(30), asyncio.TaskGroup() as group:
        group.create_task(leader.lead(dsn, "task", hangs, stop=stop))
        await leading.wait()
        group.create_task(leader.lead(dsn, "task", works, stop=stop))
        await replaced.wait()
        awake.set()
    assert refused
