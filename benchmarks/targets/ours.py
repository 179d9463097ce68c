"""The project: the service's own consumer on the real bus, and its read API asked for the list."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import uuid4

import httpx
from aiokafka import AIOKafkaProducer, ConsumerRecord
from fastapi import FastAPI

from benchmarks.targets.rows import NOW
from services.recruitment.handlers import signals
from services.recruitment.queries import targets
from shared.contracts.envelope import Envelope
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.messaging.bus import build_broker
from shared.messaging.consumer import Consumer
from shared.messaging.keyring import Keyring
from shared.messaging.producer import build_producer
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings

PATIENCE: Final = 60.0  # seconds


class Noting(Consumer):
    """Notes when it gets a batch, and says when the batch is committed."""

    began = 0.0
    ended = asyncio.Event()

    async def handle(self, records: Sequence[ConsumerRecord]) -> None:
        """The same, with the time."""
        self.began = time.perf_counter()
        await super().handle(records)
        self.ended.set()


class Service:
    """A consumer of results and the read API, over one database."""

    def __init__(self, consumer: Noting, producer: AIOKafkaProducer, client: httpx.AsyncClient) -> None:
        self._consumer = consumer
        self._producer = producer
        self._client = client

    async def tell(self, event: MeasureUpdated) -> tuple[float, float, list[dict[str, Any]]]:
        """Seconds from the event sent, and from the event consumed, to the list read back; and that list."""
        self._consumer.ended.clear()
        envelope = Envelope(uuid4(), event.wire_type(), "qio/measures", NOW, "k", uuid4())
        sent = time.perf_counter()
        await self._producer.send_and_wait(
            RESULTS.name, key=b"k", value=event.model_dump_json().encode(), headers=envelope.headers()
        )
        await asyncio.wait_for(self._consumer.ended.wait(), PATIENCE)
        answer = await self._client.get("/targets", params={"limit": 50})
        rows: list[dict[str, Any]] = answer.raise_for_status().json()
        read = time.perf_counter()
        return read - sent, read - self._consumer.began, rows


@asynccontextmanager
async def running(settings: Settings, dsn: str) -> AsyncIterator[Service]:
    """The service at work; its partitions are taken before the first event."""
    pool = await open_pool(dsn, 4)
    keyring = Keyring.from_file(settings.secret_file("keyring-recruitment"))
    consumer = Noting("recruitment", signals.subscription(), pool, utc_now, keyring)
    broker = build_broker(settings, "qio-recruitment", [consumer])
    producer = build_producer(settings, "qio-measures")
    app = FastAPI()
    app.include_router(targets.routes(pool))
    try:
        await asyncio.gather(producer.start(), broker.start())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bench") as client:
            yield Service(consumer, producer, client)
    finally:
        await broker.stop()
        await producer.stop()
        pool.terminate()
