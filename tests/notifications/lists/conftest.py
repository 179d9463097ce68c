"""A database with a list and two people, and the service's routes over it."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import asyncpg
import httpx
import pytest
from aiokafka import TopicPartition
from fastapi import FastAPI

from services.notifications import list_pages, list_queries
from services.notifications.domain.addresses.kinds import SENT_TO
from services.notifications.domain.registry import KINDS, rules
from services.notifications.list_settings import list_rules
from services.notifications.repository.sent_to import sent_to
from shared.contracts.message import Command
from shared.contracts.notifications import COMMANDS
from shared.messaging.consumer import Consumer
from shared.records import commands
from shared.records.store import RecordStore
from shared.runtime.access import install
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer
from tests.messaging.conftest import FakeKafka
from tests.messaging.toy import record
from tests.notifications.desk import NOW, ZIPS
from tests.notifications.lists.desk import ANA, BEN, SETTINGS, ListDesk, facts, opening
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """The migrated schema with the list, and both people known."""
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        desk = ListDesk().knows(ANA, facts()).knows(BEN, facts(name="Ben"))
        async with opened.acquire() as conn:
            await RecordStore(KINDS, {}).save(conn, desk.records, NOW)
        await carry_out(opened, [opening()])
        yield opened


async def carry_out(pool: asyncpg.Pool, asked: Sequence[Command], first: int = 0) -> None:
    """Let the service carry out commands that come from the topic."""
    store = RecordStore(KINDS, {SENT_TO.name: sent_to(KEYRING)})
    decided = (*rules(ZIPS), *list_rules(KEYRING, SETTINGS))
    made = Consumer(
        "notifications", commands.subscription(COMMANDS.name, KINDS, decided, store), pool, lambda: NOW, KEYRING
    )
    client = FakeKafka()
    client.partitions = {TopicPartition(COMMANDS.name, number) for number in range(4)}
    made.attach(lambda: client)
    await made.on_partitions_assigned(client.partitions)
    assert made.sync is not None
    await made.sync
    await made.handle([record(first + n, "k", one, topic=COMMANDS.name) for n, one in enumerate(asked)])


def context(pool: asyncpg.Pool, folder: Path) -> Context:
    """The process as the routes see it."""
    return Context(Settings(secrets_dir=folder), pool, lambda: NOW, "", KEYRING, asyncio.Event())


@pytest.fixture
async def people(pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Whoever clicks: no token, no cookie."""
    app = FastAPI()
    app.include_router(list_pages.pages(context(pool, tmp_path)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t") as opened:
        yield opened


@pytest.fixture
async def staff(pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A member of staff at the read API."""
    app = FastAPI()
    install(app, Settings(secrets_dir=tmp_path))
    app.include_router(list_queries.routes(context(pool, tmp_path)))
    token = LocalIssuer.from_file(tmp_path / "token-key").issue("a", ["operator"], None, dt.timedelta(minutes=5))
    headers = {"Authorization": f"Bearer {token}", "X-Purpose": "operations"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t", headers=headers) as opened:
        yield opened
