"""Prints a line for each part of the year: python -m benchmarks.year [--homes 300] [--out FOLDER]"""

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from uuid import UUID

import asyncpg
import uvloop

from benchmarks.database import migrated
from benchmarks.report import say
from benchmarks.year import bare, exports
from benchmarks.year.course import SESSIONS, course, days, year_of
from benchmarks.year.packs import make
from benchmarks.year.rebuild import rebuilt
from benchmarks.year.steps import Year
from benchmarks.year.stored import BATCH, Stored
from services.recruitment.cli.webinar_file import Around
from shared.postgres.pool import open_pool
from shared.runtime import collector
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints

_SEED: Final = UUID(int=8)
_SAID: Final = "SELECT type, payload, recorded_at FROM outbox WHERE type LIKE 'recruitment.%' ORDER BY position"
_NOTICES: Final = "SELECT count(*) FROM outbox WHERE type LIKE 'notifications.NoticeRequested%'"


async def measure(endpoints: Endpoints, homes: int, out: Path | None, folder: Path) -> None:
    """The year once, its packs once, its records once more from what was said."""
    year, how = year_of(homes), f"{homes} homes, {SESSIONS} sessions"
    async with _schema(endpoints) as (pool, owner):
        stored = Stored(pool, year, _SEED)
        await stored.run(course(year, folder))
        said = await pool.fetch(_SAID)
        payloads = [row["payload"] for row in said]
        plain = len(said) / await bare.commands(owner, payloads, BATCH)
        _asked(stored, plain, how, events=len(said), notices=await pool.fetchval(_NOTICES))
        _imported(year, folder, how)
        _packed(stored, year, how, out)
        again, parsed = await rebuilt(pool, said, year), bare.events(payloads)
        how = f"{how}: every record made again and found equal to the stored one; bare parses the JSON"
        say("a cohort's year, rebuilt", "events/s", len(said) / again, len(said) / parsed, how, events=len(said))


def _asked(stored: Stored, plain: float, how: str, **more: int) -> None:
    many, looks = stored.counts["Ask"], stored.counts["Pass"]
    asked, clock = stored.seconds["Ask"], stored.seconds["Pass"]
    kept = f"real rules, locks, store and outbox in PostgreSQL, up to {BATCH} in a transaction; no broker"
    beside = "bare keeps a row and an outbox row for each event, nothing decided"
    told = f"{how}, {many} commands; {kept}; {beside}"
    say("a cohort's year, commands", "1/s", many / asked, plain, told, seconds=round(asked, 1), **more)
    told = f"{how}; the workers of reminders and pairings look {looks} times, with something due or nothing"
    say("a cohort's year, the clock", "ms a look", clock / looks * 1000, None, told, seconds=round(clock, 1))


def _packed(stored: Stored, year: Year, how: str, out: Path | None) -> None:
    seconds = make(stored.packs, year.homes, out)
    pages = sum(len(one.known) for one in stored.packs)
    how = f"{how}: {len(stored.packs)} packs with {pages} participants in all"
    say(
        "a year's packs, gathered", "s", stored.seconds["HandOut"], None, f"{how}, from PostgreSQL as the read API does"
    )
    say("a year's packs, pages and HTML", "s", seconds["pages"] + seconds["html"], None, how)
    say("a year's packs, PDF", "s", seconds["pdf"], seconds["bare"], f"{how}; bare is the words alone, untagged")


def _imported(year: Year, folder: Path, how: str) -> None:
    """Read a last export of each layout again."""
    day = days()[-1]
    starts_at = dt.datetime.combine(day, dt.time(13), exports.ZONE)
    people = list(exports.guests(list(enumerate(year.homes)), starts_at))
    around = Around(starts_at.astimezone(dt.UTC), starts_at.astimezone(dt.UTC) + dt.timedelta(hours=2), exports.ZONE)
    written = [exports.write(folder, layout, people) for layout in exports.NAMES]
    begin = time.perf_counter()
    found = [exports.attendance(year.sessions[-1], export, book, around) for export, book in written]
    seconds = time.perf_counter() - begin
    parsed = bare.exports([one for two in written for one in two])
    how = f"{how}: {len(written)} layouts with {len(people)} people each, read and matched to {len(found[0])} homes"
    say("webinar exports read", "ms", seconds * 1000, parsed * 1000, f"{how}; bare splits the lines of the same files")


@asynccontextmanager
async def _schema(endpoints: Endpoints) -> AsyncIterator[tuple[asyncpg.Pool, str]]:
    """A database of recruitment's own, empty, and its owner's address."""
    async with migrated(endpoints, "recruitment") as name:
        pool = await open_pool(endpoints.dsn("qio_recruitment_app", name), 4)
        try:
            yield pool, endpoints.dsn("qio_recruitment_owner", name)
        finally:
            pool.terminate()


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="A cohort of homes through a year, and its packs.")
    parser.add_argument("--homes", type=int, default=300)
    parser.add_argument("--out", type=Path, help="A folder that the packs are written into.")
    given = parser.parse_args()
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        with tempfile.TemporaryDirectory(prefix="qio-bench-webinars-") as folder:
            uvloop.run(measure(stack.start(), given.homes, given.out, Path(folder)))
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
