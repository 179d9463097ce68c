"""Runs both sides in turns and prints a line for each batch size: python -m benchmarks.events [--profile]"""

import argparse
import asyncio
import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import asyncpg
import uvloop

from benchmarks.claims.stage import settings as settings_of
from benchmarks.database import fresh
from benchmarks.events import bare, ours
from benchmarks.events.payload import CASE_COUNT, EVENTS, TOPIC, records
from benchmarks.report import median, say
from shared.messaging.producer import build_producer
from shared.postgres.migrate import MESSAGING_TABLES
from shared.runtime import collector
from shared.stack import admin, plan
from shared.stack.admin import Acl
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

BATCHES: Final = (500, 2000)
# The service that stands for any reader here does not hear of cases at work.
_READ: Final = tuple(Acl("qio-measures", "topic", TOPIC, False, operation) for operation in ("READ", "DESCRIBE"))
TABLES: Final = (Path(__file__).parent / "tables.sql").read_text()


async def measure(endpoints: Endpoints, batches: tuple[int, ...], rounds: int) -> None:
    """Interleaved runs; the medians and their ratio."""
    await prepare(endpoints)
    settings = settings_of(endpoints)
    for batch in batches:
        figures: dict[str, list[float]] = {"bare": [], "ours": []}
        processor: dict[str, list[float]] = {"bare": [], "ours": []}
        for _ in range(rounds):
            for side, run in (("bare", bare.run), ("ours", ours.run)):
                async with database(endpoints) as dsn:
                    before = time.process_time()
                    figures[side].append(await run(settings, dsn, batch))
                    processor[side].append((time.process_time() - before) / EVENTS * 1e6)
        say(
            "case events through inbox, handler and outbox",
            "events/s",
            median(figures["ours"]),
            median(figures["bare"]),
            f"{EVENTS} events of {CASE_COUNT} cases, one event out for each, batches of {batch}, median of {rounds}",
            batch=batch,
            project_cpu_us=round(median(processor["ours"])),  # a busy machine changes it less than the rate
            bare_cpu_us=round(median(processor["bare"])),
            project_runs=[round(value) for value in figures["ours"]],
            bare_runs=[round(value) for value in figures["bare"]],
        )


async def prepare(endpoints: Endpoints) -> None:
    """Topics, and the events on theirs."""
    plan.ensure_keys(endpoints.secrets_folder)
    client = admin.connect(endpoints.kafka_client())
    admin.ensure_topics(client, plan.topics())
    admin.ensure_acls(client, [*plan.acls(), *_READ])
    producer = build_producer(settings_of(endpoints), "qio-complaints")
    await producer.start()
    try:
        sent = [
            await producer.send(TOPIC, key=key.encode(), value=value, headers=headers)
            for key, value, headers in records()
        ]
        await asyncio.gather(*sent)
    finally:
        await producer.stop()


@asynccontextmanager
async def database(endpoints: Endpoints) -> AsyncIterator[str]:
    """The application's address of a database with empty tables."""
    async with fresh(endpoints) as name:
        conn = await asyncpg.connect(endpoints.dsn("qio_measures_owner", name))
        await conn.execute(MESSAGING_TABLES + TABLES)
        await conn.execute("SELECT inbox_partitions('2026-03-01', '2026-03-10', '2026-03-01')")
        await conn.close()
        await _checkpoint(endpoints.dsn())
        yield endpoints.dsn("qio_measures_app", name)


async def _checkpoint(dsn: str) -> None:
    """Let no run pay for the writes of the one before."""
    conn = await asyncpg.connect(dsn)
    await conn.execute("CHECKPOINT")
    await conn.close()


async def profile(endpoints: Endpoints, batch: int) -> None:
    """Where the time of the project's side goes."""
    await prepare(endpoints)
    async with database(endpoints) as dsn:
        watch = cProfile.Profile()
        watch.enable()
        rate = await ours.run(settings_of(endpoints), dsn, batch)
        watch.disable()
    sys.stdout.write(f"{rate:.0f} events/s under the profiler\n")
    for order in ("tottime", "cumulative"):
        pstats.Stats(watch, stream=sys.stdout).sort_stats(order).print_stats(40)


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="Case events per second: the project beside a bare yardstick.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch", type=int, action="append")
    parser.add_argument("--profile", action="store_true", help="Show where the time goes instead.")
    arguments = parser.parse_args()
    batches = tuple(arguments.batch or BATCHES)
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        endpoints = stack.start()
        work = profile(endpoints, batches[0]) if arguments.profile else measure(endpoints, batches, arguments.rounds)
        uvloop.run(work)
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
