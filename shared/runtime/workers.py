"""Background workers: each is restarted with backoff when it fails, and all end with the process."""

import asyncio
from typing import Final

import structlog

from shared.messaging.leader import wait
from shared.runtime import metrics
from shared.runtime.service import Worker

log = structlog.get_logger()

FIRST_DELAY: Final = 0.5
LONGEST_DELAY: Final = 30.0


async def keep_running(name: str, worker: Worker, stop: asyncio.Event) -> None:
    """Run a worker until ``stop``; a failure is counted, logged without values, and followed by another try."""
    delay = FIRST_DELAY
    loop = asyncio.get_running_loop()
    while not stop.is_set():
        started = loop.time()
        try:
            await worker()
        except Exception as error:
            metrics.WORKER_RESTARTS.labels(name).inc()
            log.exception("worker failed", worker=name, error=type(error).__name__)
            delay = FIRST_DELAY if loop.time() - started > LONGEST_DELAY else min(delay * 2, LONGEST_DELAY)
            await wait(stop, delay)


async def every(seconds: float, task: Worker, stop: asyncio.Event) -> None:
    """Call a task now and then every so many seconds until ``stop``."""
    while not stop.is_set():
        await task()
        await wait(stop, seconds)
