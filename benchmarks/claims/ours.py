"""The project: the measures service's own subscription, pipeline, folder and relay in one process."""

import asyncio
import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import replace

import asyncpg

from benchmarks.claims.stage import Stage
from services.measures import folder
from services.measures.handlers import feeds
from services.measures.repository.value_sets import Known
from services.measures.settings import MeasuresSettings
from shared.contracts.feeds import CLAIMS
from shared.messaging import breaker
from shared.messaging.bus import build_broker
from shared.messaging.consumer import Consumer, consumers
from shared.messaging.handling import Emit, FeedItem, FeedSubscription
from shared.messaging.keyring import Keyring
from shared.messaging.producer import build_producer
from shared.messaging.relay import Relay
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now

_DONE = """
    SELECT (SELECT sum(next) FROM consumer_offset) = $1 AND NOT EXISTS (SELECT FROM delta)
           AND NOT EXISTS (SELECT FROM due) AND NOT EXISTS (SELECT FROM outbox)
"""


async def run(stage: Stage, batch: int) -> float:
    """Claims per second from the first batch handled until every result is published and acknowledged."""
    with stage.copy_of("ours") as dsn:
        settings = stage.settings()
        pool = await open_pool(dsn)
        watch = await asyncpg.connect(dsn)
        producer = build_producer(settings, "qio-measures")
        await producer.start()
        stop = asyncio.Event()
        first: list[float] = []
        known = Known()
        subscription = _timed(next(s for s in feeds.subscriptions(known) if s.topic == CLAIMS.name), batch, first)
        keyring = Keyring.from_file(settings.secret_file("keyring-measures"))
        lanes = consumers("measures", [subscription], pool, utc_now, keyring)
        broker = build_broker(settings, "qio-measures", lanes)
        relay = Relay("measures", dsn, producer, utc_now, stop)
        own = MeasuresSettings()
        fold = folder.worker(dsn, utc_now, known.get, (), stop, interval=own.publish_seconds, poll=own.poll_seconds)
        tasks = [asyncio.ensure_future(relay.run()), asyncio.ensure_future(fold())]
        try:
            # Stopped as an operator would, so that joining the group is not part of the figure.
            await breaker.stop(watch, lanes[0].name, "bench", utc_now())
            await broker.start()
            await _assigned(lanes)
            await breaker.resume(watch, lanes[0].name, utc_now())
            for lane in lanes:
                await lane.watch()
            await _until_done(watch, stage.claims, tasks)
            return stage.claims / (time.perf_counter() - first[0])
        finally:
            stop.set()
            await broker.stop()
            await asyncio.wait(tasks, timeout=10)
            await producer.stop()
            await watch.close()
            pool.terminate()


def _timed(subscription: FeedSubscription, batch: int, first: list[float]) -> FeedSubscription:
    """The same subscription with the batch size of the run, noting when its first batch begins."""

    async def noting(conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        if not first:
            first.append(time.perf_counter())
        return await subscription.handle(conn, items, now)

    return replace(subscription, max_records=batch, handle=noting)


async def _assigned(lanes: Sequence[Consumer]) -> None:
    """Wait until every partition belongs to a lane that knows its place."""
    give_up = time.monotonic() + 60
    while True:
        kafka = [lane.kafka() for lane in lanes]
        taken = sum(len(client.assignment()) for client in kafka if client is not None)
        if taken == CLAIMS.partitions and all(lane.synced for lane in lanes):
            return
        if time.monotonic() > give_up:
            raise TimeoutError("the consumers got no partitions in 60 s")
        await asyncio.sleep(0.05)


async def _until_done(watch: asyncpg.Connection, claims: int, tasks: Sequence[asyncio.Future[None]]) -> None:
    give_up = time.monotonic() + 300
    while not await watch.fetchval(_DONE, claims):
        for task in tasks:
            if task.done():
                task.result()
        if time.monotonic() > give_up:
            raise TimeoutError("the claims were not handled in 300 s")
        await asyncio.sleep(0.05)
