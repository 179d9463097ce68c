"""Runs one service: waits for its servers, consumes, publishes, answers HTTP, and drains when told to stop."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import TypeVar

import asyncpg
import structlog
import uvloop
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError
from faststream.kafka import KafkaBroker
from pydantic import ValidationError

from shared.messaging import inbox
from shared.messaging.bus import build_broker
from shared.messaging.consumer import Consumer, consumers
from shared.messaging.keyring import Keyring, KeyringUnreadable
from shared.messaging.leader import wait
from shared.messaging.producer import build_producer
from shared.messaging.relay import Relay
from shared.postgres.pool import open_pool
from shared.runtime import collector, logs
from shared.runtime.clock import utc_now
from shared.runtime.health import not_ready
from shared.runtime.http import build_app, build_server
from shared.runtime.service import Context, Service, Worker
from shared.runtime.settings import ConfigurationError, Settings
from shared.runtime.workers import every, keep_running
from shared.stack.errors import StackError

log = structlog.get_logger()
T = TypeVar("T")

RETRY_SECONDS = 1.0
WATCH_SECONDS = 1.0
HOUR_SECONDS = 3600.0


def main(service: Service) -> None:
    """Run a service until SIGTERM or SIGINT; exit status 2 with a sentence when the settings are wrong."""
    try:
        settings = Settings().with_stack()
        logs.configure(settings.log_level, _secrets(settings, service.name))
        keyring = Keyring.from_file(settings.secret_file(f"keyring-{service.name}"))
        collector.settle()
        uvloop.run(Process(service, settings, keyring).run())
    except ValidationError as error:
        for item in error.errors(include_input=False, include_url=False):
            sys.stderr.write(f"{error.title}.{'.'.join(map(str, item['loc']))}: {item['msg']}\n")
        raise SystemExit(2) from None
    except (ConfigurationError, KeyringUnreadable, StackError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None


def _secrets(settings: Settings, service: str) -> list[str]:
    """What must never be printed: this process's passwords, from files and from the environment."""
    given = [value for name, value in os.environ.items() if name.startswith("QIO_") and name.endswith("PASSWORD")]
    return [settings.secret(f"qio-{service}"), settings.secret(f"qio_{service}_app"), *given]


class Process:
    """One service in one process."""

    def __init__(self, service: Service, settings: Settings, keyring: Keyring) -> None:
        self._service = service
        self._settings = settings
        self._keyring = keyring
        self._principal = f"qio-{service.name}"
        self._stop = asyncio.Event()
        self._consumers: list[Consumer] = []

    async def run(self) -> None:
        """From start to drained stop."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        async with AsyncExitStack() as stack:
            pool = await self._until(self._open_pool, "PostgreSQL")
            if pool is None:
                return
            stack.push_async_callback(_close_pool, pool)
            producer = await self._until(self._open_producer, "Kafka")
            if producer is None:
                return
            stack.push_async_callback(producer.stop)
            context = Context(
                settings=self._settings,
                pool=pool,
                clock=utc_now,
                dsn=self._settings.dsn(f"qio_{self._service.name}_app"),
                keyring=self._keyring,
                stop=self._stop,
            )
            await self._serve(context, producer)

    async def _serve(self, context: Context, producer: AIOKafkaProducer) -> None:
        subscriptions = self._service.subscriptions(context)
        days = inbox.keep_days(subscription.topic for subscription in subscriptions)
        sweep = partial(_keep_partitions, context, days)
        await self._until(sweep, "a migrated schema (qio migrate)")
        self._consumers = consumers(self._service.name, subscriptions, context.pool, context.clock, self._keyring)
        app = build_app(self._service, context, lambda: not_ready(self._consumers, failing=self._stop.is_set()))
        server = build_server(app, self._settings.http_host, self._settings.http_port)
        serving = asyncio.create_task(server.serve())
        port = await server.until_started()
        broker = build_broker(self._settings, self._principal, self._consumers)
        relay_stop = asyncio.Event()
        relay = Relay(self._service.name, context.dsn, producer, context.clock, relay_stop)
        relaying = asyncio.create_task(keep_running("relay", relay.run, relay_stop))
        await self._until(partial(_start_broker, broker), "Kafka")
        workers = self._start_workers(sweep, self._service.workers(context))
        self._announce(port)
        log.info("started", service=self._service.name, port=port)
        await self._stop.wait()
        log.info("stopping", service=self._service.name)
        await broker.stop()
        await _ended(workers, self._settings.drain_seconds)
        if not await _drained(relay, self._settings.drain_seconds):
            log.warning("stopped with unpublished events; they follow at the next start", service=self._service.name)
        relay_stop.set()
        await _ended([relaying], self._settings.drain_seconds)
        server.should_exit = True
        await serving
        log.info("stopped", service=self._service.name)

    def _start_workers(self, sweep: Worker, workers: Mapping[str, Worker]) -> list[asyncio.Task[None]]:
        own: dict[str, Worker] = {
            "watch": partial(every, WATCH_SECONDS, self._watch, self._stop),
            "inbox-partitions": partial(every, HOUR_SECONDS, sweep, self._stop),
        }
        return [
            asyncio.create_task(keep_running(name, worker, self._stop), name=name)
            for name, worker in {**own, **workers}.items()
        ]

    async def _watch(self) -> None:
        for consumer in self._consumers:
            await consumer.watch()

    async def _open_pool(self) -> asyncpg.Pool:
        return await open_pool(self._settings.dsn(f"qio_{self._service.name}_app"))

    async def _open_producer(self) -> AIOKafkaProducer:
        producer = build_producer(self._settings, self._principal)
        try:
            await producer.start()
        except BaseException:
            await producer.stop()
            raise
        return producer

    async def _until(self, attempt: Callable[[], Awaitable[T]], what: str) -> T | None:
        """Repeat until it works, saying what is waited for; None when the process shall stop instead."""
        while not self._stop.is_set():
            try:
                return await attempt()
            except (KafkaError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
                log.warning("waiting", service=self._service.name, needs=what, error=type(error).__name__)
                await wait(self._stop, RETRY_SECONDS)
        return None

    def _announce(self, port: int) -> None:
        """Leave a note where the service listens, for the command line on this host."""
        folder = self._settings.data_dir / "run"
        folder.mkdir(parents=True, exist_ok=True)
        note = folder / f"service-{self._service.name}.json"
        draft = note.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps({"pid": os.getpid(), "port": port, "host": self._settings.http_host}))
        draft.replace(note)


async def _keep_partitions(context: Context, days: int) -> None:
    async with context.pool.acquire() as conn:
        await inbox.keep_partitions(conn, context.clock().date(), days)


async def _ended(tasks: Sequence[asyncio.Task[None]], seconds: float) -> None:
    """Wait for tasks that were told to stop, then cancel what is left."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        log.warning("worker did not stop in time", worker=task.get_name())
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


async def _drained(relay: Relay, seconds: float) -> bool:
    try:
        return await relay.drain(seconds)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
        return False


async def _close_pool(pool: asyncpg.Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), 5)
    except TimeoutError:
        pool.terminate()


async def _start_broker(broker: KafkaBroker) -> None:
    try:
        await broker.start()
    except BaseException:
        await broker.stop()
        raise
