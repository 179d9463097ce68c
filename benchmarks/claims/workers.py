"""The service's consumers of claims, in this process or in further ones beside it."""

import asyncio
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.synchronize import Event as Signal

import asyncpg
import uvloop

from services.measures.handlers import feeds
from services.measures.repository.value_sets import Known
from shared.contracts.feeds import CLAIMS
from shared.messaging.bus import build_broker
from shared.messaging.consumer import Consumer, consumers
from shared.messaging.keyring import Keyring
from shared.postgres.pool import open_pool
from shared.runtime import collector
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings

_PATIENCE = 90.0  # seconds for a group to find its members


def consumers_of(settings: Settings, pool: asyncpg.Pool, batch: int) -> list[Consumer]:
    """The lanes of the claims subscription, with the batch size of the run."""
    own = next(one for one in feeds.subscriptions(Known()) if one.topic == CLAIMS.name)
    keyring = Keyring.from_file(settings.secret_file("keyring-measures"))
    return consumers("measures", [replace(own, max_records=batch)], pool, utc_now, keyring)


async def assigned(lanes: Sequence[Consumer], partitions: int) -> None:
    """Wait until these lanes have so many partitions and know their places; raises TimeoutError."""
    give_up = time.monotonic() + _PATIENCE
    while True:
        kafka = [lane.kafka() for lane in lanes]
        taken = sum(len(client.assignment()) for client in kafka if client is not None)
        if taken == partitions and all(lane.synced for lane in lanes):
            return
        if time.monotonic() > give_up:
            raise TimeoutError(f"the consumers did not get their partitions in {_PATIENCE:.0f} s")
        await asyncio.sleep(0.05)


@contextmanager
def helpers(settings: Settings, dsn: str, batch: int, workers: int) -> Iterator[Callable[[], None]]:
    """All processes but the first; what is given waits until they have their partitions."""
    context = multiprocessing.get_context("spawn")
    ready = [context.Event() for _ in range(workers - 1)]
    share = CLAIMS.partitions // workers
    processes = [
        context.Process(target=_main, args=(_named(settings, number), dsn, batch, share, signal), daemon=True)
        for number, signal in enumerate(ready, 2)
    ]
    for process in processes:
        process.start()

    def wait() -> None:
        if not all(signal.wait(_PATIENCE) for signal in ready):
            raise TimeoutError("a worker did not get its partitions")

    try:
        yield wait
    finally:
        for process in processes:
            process.kill()
            process.join()


def _named(settings: Settings, number: int) -> Settings:
    """The group knows its members by the name of their process."""
    return settings.model_copy(update={"instance": f"{settings.instance}-{number}"})


def _main(settings: Settings, dsn: str, batch: int, partitions: int, ready: Signal) -> None:
    collector.settle()
    uvloop.run(_consume(settings, dsn, batch, partitions, ready))


async def _consume(settings: Settings, dsn: str, batch: int, partitions: int, ready: Signal) -> None:
    """Consume until the process is ended, looking as the service does whether an operator stopped the consumer."""
    pool = await open_pool(dsn)
    lanes = consumers_of(settings, pool, batch)
    await build_broker(settings, "qio-measures", lanes).start()
    await assigned(lanes, partitions)
    ready.set()
    while True:
        for lane in lanes:
            await lane.watch()
        await asyncio.sleep(0.1)
