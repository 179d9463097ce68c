"""The relay loses nothing, keeps the order within a key, and repeats only under the same id."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

import asyncpg
from aiokafka import ConsumerRecord

from shared.contracts import notifications
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.producer import build_producer
from shared.messaging.relay import Relay
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.stack.endpoints import Endpoints
from tests.messaging.conftest import SERVICE
from tests.messaging.toy import queued
from tests.support.broker import read_all
from tests.support.service import app_pool, messaging_only
from tests.support.stack import Database

TOPIC = notifications.NOTICES.name


def settings(endpoints: Endpoints, database: Database) -> Settings:
    return Settings(
        kafka_bootstrap=endpoints.kafka_bootstrap,
        postgres_dsn=f"postgresql://{endpoints.postgres_host}:{endpoints.postgres_port}/{database.name}",
        secrets_dir=endpoints.secrets_folder,
    )


@asynccontextmanager
async def relaying(endpoints: Endpoints, database: Database) -> AsyncIterator[Relay]:
    """One relay at work, stopped afterwards."""
    configured = settings(endpoints, database)
    producer = build_producer(configured, f"qio-{SERVICE}")
    await producer.start()
    stop = asyncio.Event()
    relay = Relay(SERVICE, configured.dsn(f"qio_{SERVICE}_app"), producer, utc_now, stop)
    task = asyncio.create_task(relay.run())
    try:
        yield relay
    finally:
        stop.set()
        await task
        await producer.stop()


async def write(pool: asyncpg.Pool, key: str, *, hold: float = 0.0) -> None:
    """One event of a key; the transaction stays open for a while after the row is written."""
    async with pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, [key])
        await outbox.append(conn, [Emit(TOPIC, key, queued(key))], now=utc_now())
        await asyncio.sleep(hold)


def first_of_each(records: list[ConsumerRecord]) -> dict[str, list[str]]:
    """Per key the sequences in the order of their first arrival."""
    seen: dict[str, list[str]] = {}
    for record in records:
        sequence = dict(record.headers)["ce_sequence"].decode()
        arrived = seen.setdefault(record.key.decode(), [])
        if sequence not in arrived:
            arrived.append(sequence)
    return seen


async def test_events_of_transactions_that_commit_late_are_neither_lost_nor_out_of_order(
    broker: Endpoints, database: Database
) -> None:
    await messaging_only(database, SERVICE)
    chance = random.Random(20130123)
    keys = [f"late-{uuid4()}" for _ in range(12)]
    async with app_pool(database, SERVICE, 8) as pool, relaying(broker, database) as relay:
        work = [(chance.choice(keys), chance.random() * 0.03) for _ in range(400)]
        await asyncio.gather(*(write(pool, key, hold=hold) for key, hold in work))
        assert await relay.drain(20)
    arrived = first_of_each(await read_all(broker, TOPIC, keys))
    expected = {key: [f"1:{n + 1}" for n in range(count)] for key in keys if (count := sum(k == key for k, _ in work))}
    assert arrived == expected


async def test_a_long_open_transaction_holds_back_nobody_else(broker: Endpoints, database: Database) -> None:
    await messaging_only(database, SERVICE)
    slow, quick = f"slow-{uuid4()}", f"quick-{uuid4()}"
    async with app_pool(database, SERVICE) as pool, relaying(broker, database) as relay:
        async with pool.acquire() as conn:
            transaction = conn.transaction()
            await transaction.start()
            await locks.lock(conn, [slow])
            await outbox.append(conn, [Emit(TOPIC, slow, queued(slow))], now=utc_now())
            await write(pool, quick)
            assert await relay.drain(20)  # the open row is invisible
            assert first_of_each(await read_all(broker, TOPIC, [slow, quick])) == {quick: ["1:1"]}
            await transaction.commit()
        assert await relay.drain(20)
    assert first_of_each(await read_all(broker, TOPIC, [slow])) == {slow: ["1:1"]}


async def test_two_relays_and_a_lost_leader_lose_nothing_and_repeat_only_known_ids(
    broker: Endpoints, database: Database
) -> None:
    await messaging_only(database, SERVICE)
    keys = [f"two-{uuid4()}" for _ in range(5)]
    async with app_pool(database, SERVICE) as pool, relaying(broker, database) as relay, relaying(broker, database):
        for number in range(60):
            await write(pool, keys[number % 5])
            if number % 20 == 10:
                await end_leader(database)
        assert await relay.drain(30)
    records = await read_all(broker, TOPIC, keys)
    ids = {dict(record.headers)["ce_id"] for record in records}
    assert len(ids) == 60
    assert first_of_each(records) == {key: [f"1:{n + 1}" for n in range(12)] for key in keys}


async def end_leader(database: Database) -> None:
    """End the database session that holds the relay's advisory lock."""
    conn = await asyncpg.connect(database.dsn())
    try:
        ended = await conn.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.granted"
        )
        assert ended <= 1
    finally:
        await conn.close()


async def test_a_database_that_is_silent_holds_up_a_stop_no_longer_than_it_may() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()  # until the other side gives up
        writer.close()
        await writer.wait_closed()
        gone.set()

    gone = asyncio.Event()
    server = await asyncio.start_server(silent, "127.0.0.1")
    host, port = server.sockets[0].getsockname()
    producer: Any = None  # nothing is published
    relay = Relay(SERVICE, f"postgresql://qio@{host}:{port}/qio", producer, utc_now, asyncio.Event())
    try:
        async with asyncio.timeout(10):
            assert not await relay.drain(0.2)
            await gone.wait()
    finally:
        server.close()
        await server.wait_closed()
