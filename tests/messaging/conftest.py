"""A consumer of the toy service over a real database, fed with records by hand."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
from aiokafka import TopicPartition
from aiokafka.errors import KafkaTimeoutError

from shared.messaging.consumer import Consumer
from tests.messaging.toy import NOW, TABLE, TOPIC, subscription
from tests.support.service import KEYRING, app_pool, messaging_only
from tests.support.stack import Database

SERVICE = "notifications"


class FakeKafka:
    """The four calls a consumer makes on its Kafka client; delivery itself is tested on a real broker."""

    def __init__(self, topic: str = TOPIC) -> None:
        self.position: dict[TopicPartition, int] = {}
        self.first: dict[TopicPartition, int] = {}
        self.failures = 0
        self.is_paused: set[TopicPartition] = set()
        self.partitions = {TopicPartition(topic, number) for number in range(4)}

    def assignment(self) -> set[TopicPartition]:
        return self.partitions

    def pause(self, *partitions: TopicPartition) -> None:
        self.is_paused |= set(partitions)

    def resume(self, *partitions: TopicPartition) -> None:
        self.is_paused -= set(partitions)

    def seek(self, partition: TopicPartition, offset: int) -> None:
        self.position[partition] = offset

    def highwater(self, partition: TopicPartition) -> int | None:
        return None

    async def beginning_offsets(self, partitions: list[TopicPartition]) -> dict[TopicPartition, int]:
        if self.failures:
            self.failures -= 1
            raise KafkaTimeoutError
        return {tp: self.first.get(tp, 0) for tp in partitions}


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """The toy's schema and the application role's pool."""
    await messaging_only(database, SERVICE, TABLE)
    async with app_pool(database, SERVICE) as opened:
        yield opened


async def started(pool: asyncpg.Pool, kafka: FakeKafka | None = None, *, park: bool = True) -> Consumer:
    """A consumer that has found its place."""
    consumer = Consumer(SERVICE, subscription(park=park), pool, lambda: NOW, KEYRING)
    client = kafka or FakeKafka()
    consumer.attach(lambda: client)
    await consumer.on_partitions_assigned(client.partitions)
    assert consumer.sync is not None
    await consumer.sync
    return consumer


@pytest.fixture
async def consumer(pool: asyncpg.Pool) -> Consumer:
    """One consumer, ready."""
    return await started(pool)
