"""The project: the measures service's own subscription, pipeline, folder and relay in one process."""

import asyncio
import time
from collections.abc import Sequence

import asyncpg

from benchmarks.claims.stage import Stage
from benchmarks.claims.workers import assigned, consumers_of, helpers
from services.measures import folder
from services.measures.repository.value_sets import Known
from services.measures.settings import MeasuresSettings
from shared.contracts.feeds import CLAIMS
from shared.messaging import breaker
from shared.messaging.bus import build_broker
from shared.messaging.producer import build_producer
from shared.messaging.relay import Relay
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now

_DONE = """
    SELECT (SELECT sum(next) FROM consumer_offset) = $1 AND NOT EXISTS (SELECT FROM delta)
           AND NOT EXISTS (SELECT FROM due) AND NOT EXISTS (SELECT FROM outbox)
"""


async def run(stage: Stage, batch: int, workers: int = 1) -> float:
    """Claims per second from the consumers' start until every result is published and acknowledged.

    ``workers`` are processes of the service's consumers; folder and relay have one leader and run in this one.
    """
    with stage.copy_of("ours") as dsn, helpers(stage.settings(), dsn, batch, workers) as ready:
        settings = stage.settings()
        watch = await asyncpg.connect(dsn)
        pool = await open_pool(dsn)
        producer = build_producer(settings, "qio-measures")
        await producer.start()
        stop = asyncio.Event()
        known = Known()
        relay = Relay("measures", dsn, producer, utc_now, stop)
        own = MeasuresSettings()
        fold = folder.worker(dsn, utc_now, known.get, (), stop, interval=own.publish_seconds, poll=own.poll_seconds)
        tasks = [asyncio.ensure_future(relay.run()), asyncio.ensure_future(fold())]
        lanes = consumers_of(settings, pool, batch)
        broker = build_broker(settings, "qio-measures", lanes)
        try:
            # Stopped as an operator would, so that joining the group is not part of the figure.
            await breaker.stop(watch, lanes[0].name, "bench", utc_now())
            await broker.start()
            await assigned(lanes, CLAIMS.partitions // workers)
            await asyncio.to_thread(ready)
            await assigned(lanes, CLAIMS.partitions // workers)
            begin = time.perf_counter()
            await breaker.resume(watch, lanes[0].name, utc_now())
            for lane in lanes:
                await lane.watch()
            await _until_done(watch, stage.claims, tasks)
            return stage.claims / (time.perf_counter() - begin)
        finally:
            stop.set()
            await broker.stop()
            await asyncio.wait(tasks, timeout=10)
            await producer.stop()
            await watch.close()
            pool.terminate()


async def _until_done(watch: asyncpg.Connection, claims: int, tasks: Sequence[asyncio.Future[None]]) -> None:
    give_up = time.monotonic() + 300
    while not await watch.fetchval(_DONE, claims):
        for task in tasks:
            if task.done():
                task.result()
        if time.monotonic() > give_up:
            raise TimeoutError("the claims were not handled in 300 s")
        await asyncio.sleep(0.05)
