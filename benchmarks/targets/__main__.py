"""Prints a line for each quantile: python -m benchmarks.targets [--events 100]"""

import argparse
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import asyncpg
import uvloop

from benchmarks.claims.stage import settings as settings_of
from benchmarks.database import migrated
from benchmarks.report import quantile, say
from benchmarks.targets import bare, ours
from benchmarks.targets.rows import HOMES, community, plant, updated
from shared.runtime import collector
from shared.stack import admin, plan
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

WARM: Final = 5
WORSE: Final = 40.0  # rehospitalizations per 1,000; the states have 12
BETTER: Final = 1.0
MOVED: Final = community(9)  # has a One-Star home that comes first when all signals are there


async def measure(endpoints: Endpoints, events: int) -> None:
    """One community becomes worse and better again, one event at a time; the list is read back after each."""
    _prepare(endpoints)
    sent, consumed, beside = [], [], []
    async with (
        _database(endpoints) as name,
        ours.running(settings_of(endpoints), endpoints.dsn("qio_recruitment_app", name)) as service,
        bare.table(endpoints.dsn("qio_recruitment_owner", name)) as plain,
    ):
        for number in range(events + WARM):
            rate = (WORSE, BETTER)[number % 2]
            since_sent, since_consumed, rows = await service.tell(updated("community", MOVED, rate, number + 2))
            found = {row["ccn"] for row in rows if f" in the community {MOVED}: {WORSE:.1f} " in row["why"]}
            if bool(found) is not (rate == WORSE):
                raise RuntimeError("the list does not follow the measure")
            begin = time.perf_counter()
            await plain(MOVED, round(rate))
            if number >= WARM:
                beside.append(time.perf_counter() - begin)
                sent.append(since_sent)
                consumed.append(since_consumed)
    for share in (0.5, 0.99):
        say(
            f"measure event to ranked targets, p{share * 100:.0f}",
            "ms",
            quantile(consumed, share) * 1000,
            quantile(beside, share) * 1000,
            f"{HOMES} homes: event consumed, committed, all ranked, 50 read over the API; bare changes a row, reads "
            f"and sorts a narrow table; {events} events; at most 1,000 wanted",
            since_sent=round(quantile(sent, share) * 1000),
        )


def _prepare(endpoints: Endpoints) -> None:
    plan.ensure_keys(endpoints.secrets_folder)
    client = admin.connect(endpoints.kafka_client())
    admin.ensure_topics(client, plan.topics())
    admin.ensure_acls(client, plan.acls())


@asynccontextmanager
async def _database(endpoints: Endpoints) -> AsyncIterator[str]:
    """The name of a database with the homes of a nation."""
    async with migrated(endpoints, "recruitment") as name:
        conn = await asyncpg.connect(endpoints.dsn("qio_recruitment_app", name))
        await plant(conn)
        await conn.close()
        owner = await asyncpg.connect(endpoints.dsn(database=name))
        await owner.execute("VACUUM ANALYZE")
        await owner.close()
        yield name


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="From a measure's event to the list of targets ranked anew.")
    parser.add_argument("--events", type=int, default=100)
    arguments = parser.parse_args()
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        uvloop.run(measure(stack.start(), arguments.events))
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
