"""Prints a line for each question: python -m benchmarks.facilities [--homes 15676] [--residents 2]"""

import argparse
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Final

import asyncpg
import uvloop

from benchmarks.database import connected
from benchmarks.facilities import bare, ours
from benchmarks.facilities.peak import Peak
from benchmarks.facilities.rows import QUARTER, home, infections, plant, residents
from benchmarks.report import say
from shared.contracts.infections import INFECTIONS
from shared.contracts.residents import RESIDENTS
from shared.messaging.handling import FeedItem
from shared.runtime import collector
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

HOMES: Final = 15_676  # nursing homes that Medicare listed in 2012
HOSPITALS: Final = 4_800
DRUGS: Final = "nursing-home-antipsychotic"
DIFFICILE: Final = "cdi-sir-2015"
_FIGURES: Final = "SELECT count(*) FROM panel_figure"
_CHARTS: Final = "SELECT count(*) FROM chart WHERE unit = $1"


async def measure(endpoints: Endpoints, homes: int, each: int, hospitals: int) -> None:
    """Homes, then hospitals get a quarter's facts; then all are ranked and their charts laid out."""
    async with connected(endpoints, "measures") as conn:
        await plant(conn, homes, each, hospitals)
        await bare.tables(conn)
        await conn.execute("VACUUM ANALYZE")
        load = f"{each} residents' assessments each"
        await _update(conn, f"quarter of {homes} homes", RESIDENTS.name, residents(homes, each), load)
        await _update(
            conn, f"quarter of {hospitals} hospitals", INFECTIONS.name, infections(hospitals), "18 counts each"
        )
        await _ask("hospitals by infections to prevent", ours.by_infections, bare.ranked, conn, DIFFICILE, QUARTER)
        await _ask("homes by preventable events", ours.by_gaps, bare.ranked, conn, DRUGS, QUARTER)
        await _ask("charts of all homes laid out", ours.laid_out, bare.charts, conn, DRUGS)
        with Peak() as peak:
            many = ours.by_stars([home(number) for number in range(homes)])
        say("homes by stars", "s", peak.seconds, None, f"{many} homes, three ratings each", **peak.mib)


async def _update(conn: asyncpg.Connection, name: str, topic: str, items: Iterator[FeedItem], load: str) -> None:
    """Batch by batch in turns with the same rows written bare."""
    feed, spent, beside, many = ours.feed(topic), 0.0, 0.0, 0
    before, units = await conn.fetchval(_FIGURES), set[str]()
    figures = charts = 0
    with Peak() as peak:
        for batch in ours.batches(items, feed):
            begin = time.perf_counter()
            await ours.update(conn, batch, feed)
            spent += time.perf_counter() - begin
            many += len(batch)
            units |= {item.key for item in batch}
            if not figures:
                figures = round((await conn.fetchval(_FIGURES) - before) / len(units))
                charts = await conn.fetchval(_CHARTS, batch[0].key)
            begin = time.perf_counter()
            await bare.update(conn, batch, figures, charts)
            beside += time.perf_counter() - begin
    say(
        f"{name} in and charted",
        "s",
        spent,
        beside,
        f"{load}, {many} records in batches of {feed.max_records}; {figures} figures and {charts} charts a facility; "
        "bare writes as many rows and computes nothing",
        us_a_record=round(spent / many * 1e6),
        us_a_figure=round(spent / max(1, await conn.fetchval(_FIGURES) - before) * 1e6),
        **peak.mib,
    )


async def _ask(
    name: str,
    project: Callable[..., Awaitable[int]],
    yardstick: Callable[..., Awaitable[int]],
    conn: asyncpg.Connection,
    measure: str,
    *period: str,
) -> None:
    begin = time.perf_counter()
    await yardstick(conn, measure, *period)
    beside = time.perf_counter() - begin
    with Peak() as peak:
        many = await project(conn, measure)
    say(name, "s", peak.seconds, beside, f"{many} of {measure}; bare reads and sorts the same rows", **peak.mib)


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="Facilities of a nation updated, charted and ranked.")
    parser.add_argument("--homes", type=int, default=HOMES)
    parser.add_argument("--hospitals", type=int, default=HOSPITALS)
    parser.add_argument("--residents", type=int, default=2, help="of each home; a home has some ninety")
    arguments = parser.parse_args()
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        endpoints = stack.start()
        uvloop.run(measure(endpoints, arguments.homes, arguments.residents, arguments.hospitals))
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
