"""Runs both sides in turns and prints a line for each scene: python -m benchmarks.timers [--cases 100000]"""

import argparse
import datetime as dt
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

import asyncpg
import uvloop

from benchmarks.database import migrated
from benchmarks.report import median, quantile, say
from benchmarks.timers import bare, ours
from benchmarks.timers.rows import Timer, plant, timer
from shared.runtime import collector
from shared.runtime.clock import utc_now
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

INSTANT: Final = dt.datetime(2026, 7, 5, 5, 0, tzinfo=dt.UTC)
GRACE: Final = dt.timedelta(seconds=1)  # a clock speaks when the second of its end is over
AHEAD: Final = dt.timedelta(seconds=1)  # the tickers are up before anything is due
SCENES: Final[Mapping[str, dt.timedelta]] = {
    "all due at one instant": dt.timedelta(0),
    "spread over 30 s": dt.timedelta(seconds=30),
}
SIDES: Final = {"bare": bare.run, "ours": ours.run}

Run = Callable[[str, Callable[[], dt.datetime], int], Awaitable[list[float]]]


async def measure(endpoints: Endpoints, cases: int, rounds: int) -> None:
    """Interleaved runs of every scene; the medians and their ratio."""
    for scene, span in SCENES.items():
        runs: dict[str, list[list[float]]] = {side: [] for side in SIDES}
        for _ in range(rounds):
            for side, run in SIDES.items():
                runs[side].append(await _one(endpoints, run, cases, span))
        last = {side: median([max(found) for found in several]) for side, several in runs.items()}
        for share in (0.5, 0.99):
            figures = {side: median([quantile(found, share) for found in several]) for side, several in runs.items()}
            _say(scene, f"p{share * 100:.0f}", figures, cases, rounds)
        _say(scene, "max", last, cases, rounds)
        if not span:
            say(
                f"clocks {scene}, rate",
                "clocks/s",
                cases / last["ours"],
                cases / last["bare"],
                f"{cases} cases with one clock each, first to last commit, median of {rounds}",
            )


def _say(scene: str, which: str, figures: Mapping[str, float], cases: int, rounds: int) -> None:
    say(
        f"clocks {scene}, lateness {which}",
        "s",
        figures["ours"],
        figures["bare"],
        f"{cases} cases with one clock each, from due to committed, one ticker, median of {rounds}; less is better",
    )


async def _one(endpoints: Endpoints, run: Run, cases: int, span: dt.timedelta) -> list[float]:
    async with database(endpoints, timers(cases, span)) as dsn:
        offset = INSTANT - AHEAD - utc_now()
        return await run(dsn, lambda: utc_now() + offset, cases)


def timers(cases: int, span: dt.timedelta) -> list[Timer]:
    """Clocks that end evenly over ``span`` from the instant on, their limits told before."""
    ends = [INSTANT - GRACE + span * number / cases for number in range(cases)]
    return [timer(uuid4(), 0, end - dt.timedelta(days=1), end, warned=90) for end in ends]


@asynccontextmanager
async def database(endpoints: Endpoints, planted: list[Timer]) -> AsyncIterator[str]:
    """The application's address of a database where these clocks run."""
    async with migrated(endpoints, "complaints") as name:
        dsn = endpoints.dsn("qio_complaints_app", name)
        conn = await asyncpg.connect(dsn)
        await plant(conn, planted)
        await conn.close()
        await _settle(endpoints.dsn(database=name))
        yield dsn


async def _settle(dsn: str) -> None:
    """Statistics as of a service that has been running, and no run pays for the writes before it."""
    conn = await asyncpg.connect(dsn)
    await conn.execute("VACUUM ANALYZE")
    await conn.execute("CHECKPOINT")
    await conn.close()


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="How late the clocks of cases speak, beside a bare yardstick.")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        uvloop.run(measure(stack.start(), arguments.cases, arguments.rounds))
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
