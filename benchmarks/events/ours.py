"""The project: a consumer on the real bus with its inbox, heads, outbox and relay, in one process."""

import asyncio
import time

import asyncpg

from benchmarks.events.handler import subscription
from benchmarks.events.payload import EVENTS
from shared.messaging.bus import build_broker
from shared.messaging.consumer import Consumer
from shared.messaging.keyring import Keyring
from shared.messaging.producer import build_producer
from shared.messaging.relay import Relay
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings

_DONE = "SELECT (SELECT sum(next) FROM consumer_offset) = $1 AND NOT EXISTS (SELECT FROM outbox)"
PATIENCE = 120.0


class Noting(Consumer):
    """Notes when its first batch begins."""

    began = 0.0

    async def handle(self, records: object) -> None:
        """The same, with the time."""
        self.began = self.began or time.perf_counter()
        await super().handle(records)  # type: ignore[arg-type]


async def run(settings: Settings, dsn: str, batch: int) -> float:
    """Events per second from the first batch fetched until every result is published and acknowledged."""
    pool = await open_pool(dsn, 4)
    watch = await asyncpg.connect(dsn)
    producer = build_producer(settings, "qio-measures")
    await producer.start()
    stop = asyncio.Event()
    keyring = Keyring.from_file(settings.secret_file("keyring-measures"))
    consumer = Noting("measures", subscription(batch), pool, utc_now, keyring)
    broker = build_broker(settings, "qio-measures", [consumer])
    relaying = asyncio.create_task(Relay("measures", dsn, producer, utc_now, stop).run())
    try:
        await broker.start()
        give_up = time.monotonic() + PATIENCE
        while not await watch.fetchval(_DONE, EVENTS):
            if relaying.done():
                relaying.result()
            if time.monotonic() > give_up:
                raise TimeoutError("the events were not handled in time")
            await asyncio.sleep(0.02)
        return EVENTS / (time.perf_counter() - consumer.began)
    finally:
        stop.set()
        await broker.stop()
        await asyncio.wait([relaying], timeout=10)
        await producer.stop()
        await watch.close()
        pool.terminate()
