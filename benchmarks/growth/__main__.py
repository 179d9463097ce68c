"""Prints a line for each question: python -m benchmarks.growth [--people 2000]"""

import argparse
import datetime as dt
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import asyncpg
import msgspec
import uvloop

from benchmarks.claims.payload import communities
from benchmarks.database import connected
from benchmarks.growth.lives import claims, enrolments
from benchmarks.report import quantile, say
from services.measures.applying import apply
from services.measures.domain.community import Community
from services.measures.domain.timeline import Claim, Record
from services.measures.domain.values import NO_VALUE_SETS
from services.measures.fold import fold_once
from services.measures.repository.communities import CommunityStore, key_of
from services.measures.repository.value_sets import Known
from shared.runtime import collector
from shared.runtime.clock import utc_now
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

BATCH: Final = 1000
YEARS: Final = 3
TIMES: Final = 10
CORRECTIONS: Final = 200
SAMPLE: Final = 4_000  # claims of a measured run, whatever the size of the history


async def measure(endpoints: Endpoints, people: int) -> None:
    """Cost of a claim for more people and longer lives, beside the smaller run; then single corrections."""
    small = await _cost(endpoints, people, YEARS)
    say(
        "claim with ten times the people",
        "us",
        await _cost(endpoints, people * TIMES, YEARS),
        small,
        f"{people} and {people * TIMES} people of {YEARS} years, transactions of {BATCH} claims; at most 1.2 wanted",
    )
    say(
        "claim with ten times the years",
        "us",
        await _cost(endpoints, people, YEARS * TIMES),
        small,
        f"{people} people of {YEARS} and {YEARS * TIMES} years; at most 2 wanted",
    )
    await _corrections(endpoints, people)


async def _cost(endpoints: Endpoints, people: int, years: int) -> float:
    """Microseconds a claim once most of the history is there: the last claims of it are measured."""
    async with _database(endpoints) as conn:
        await _apply(conn, list(enrolments(people, years)))
        history = claims(people, years)
        await _apply(conn, history[:-SAMPLE])
        await _fold(conn)
        await conn.execute("VACUUM ANALYZE beneficiary, chunk")
        begin = time.perf_counter()
        await _apply(conn, history[-SAMPLE:])
        return (time.perf_counter() - begin) / min(SAMPLE, len(history)) * 1e6


async def _corrections(endpoints: Endpoints, people: int) -> None:
    """From a corrected claim handed over to its corrected figure published, one at a time; bare: an empty commit."""
    async with _database(endpoints) as conn:
        await _apply(conn, list(enrolments(people, YEARS)))
        history = claims(people, YEARS)
        await _apply(conn, history)
        await _fold(conn)
        taken, bare = [], []
        for ref, record in history[:CORRECTIONS]:
            begin = time.perf_counter()
            async with conn.transaction():
                await conn.execute("SELECT pg_current_xact_id()")
            bare.append(time.perf_counter() - begin)
            assert isinstance(record, Claim)
            corrected = msgspec.structs.replace(record, version=2, last=record.last + 3)
            begin = time.perf_counter()
            await _apply(conn, [(ref, corrected)])
            await _fold(conn)
            taken.append(time.perf_counter() - begin)
        for share in (0.5, 0.99):
            say(
                f"corrected claim to corrected figure, p{share * 100:.0f}",
                "ms",
                quantile(taken, share) * 1000,
                quantile(bare, share) * 1000,
                "apply, fold and outbox of one correction; bare is an empty transaction",
            )


async def _apply(conn: asyncpg.Connection, records: Sequence[tuple[bytes, Record]]) -> None:
    for at in range(0, len(records), BATCH):
        told: dict[bytes, list[Record]] = defaultdict(list)
        for ref, record in records[at : at + BATCH]:
            told[ref].append(record)
        async with conn.transaction():
            await apply(conn, told, NO_VALUE_SETS, _NOW)


async def _fold(conn: asyncpg.Connection) -> None:
    known = Known()
    while await fold_once(conn, utc_now(), known.get):
        pass


_NOW: Final = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@asynccontextmanager
async def _database(endpoints: Endpoints) -> AsyncIterator[asyncpg.Connection]:
    async with connected(endpoints, "measures") as conn:
        made = {key_of(c): Community(c, c, 1, areas) for c, areas in communities().items()}
        await CommunityStore().save(conn, made, _NOW)
        yield conn


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="How the cost of a claim grows.")
    parser.add_argument("--people", type=int, default=2_000)
    arguments = parser.parse_args()
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        uvloop.run(measure(stack.start(), arguments.people))
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
