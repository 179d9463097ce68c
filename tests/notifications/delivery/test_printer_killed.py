"""A printer that dies at any step leaves each letter once in the folder, and nothing else."""

import asyncio
import datetime as dt
import os
import subprocess
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from services.notifications.domain.notice import Notice, State, notice_key
from services.notifications.domain.print import Office
from services.notifications.letters import load_press
from services.notifications.printer import FILED, Printer
from services.notifications.repository import Notices
from services.notifications.settings import MailSettings
from shared.messaging import crash
from shared.postgres.pool import open_pool
from shared.runtime.clock import utc_now
from tests.notifications.delivery.support import POSTAL, asked
from tests.notifications.support import Clock, follows, outbox_events, take_in
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

LETTERS = 3
LEASE = dt.timedelta(seconds=10)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


def _printer(pool: asyncpg.Pool, clock: Clock, folder: Path) -> Printer:
    settings = MailSettings(letters_folder=folder, lease=LEASE.total_seconds(), smtp_timeout=2)
    office = Office(settings.sender_name, settings.office)
    return Printer(pool, follows(), load_press(), office, settings, clock, asyncio.Event())


async def print_once(dsn: str, folder: str) -> None:
    """What the process does that is to die."""
    pool = await open_pool(dsn, 2)
    clock = Clock()
    clock.now = utc_now()
    await _printer(pool, clock, Path(folder)).round()


async def _died(database: Database, folder: Path, point: str) -> None:
    """One printer in a process of its own, dead at the point."""
    script = "import asyncio, sys; from tests.notifications.delivery.test_printer_killed import print_once; "
    killed = await asyncio.to_thread(
        subprocess.run,
        [
            sys.executable,
            "-c",
            f"{script}asyncio.run(print_once(*sys.argv[1:]))",
            database.dsn("qio_notifications_app"),
            str(folder),
        ],
        env={**os.environ, "QIO_CRASH_AT": point},
        cwd=Path(__file__).parents[3],
        check=False,
        timeout=60,
    )
    assert killed.returncode == crash.EXIT_STATUS


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


async def _kept(pool: asyncpg.Pool) -> list[Notice]:
    keys = [notice_key(asked(number).notice_id) for number in range(LETTERS)]
    async with pool.acquire() as conn, conn.transaction():
        return list((await Notices(KEYRING).load(conn, keys)).values())


@pytest.mark.parametrize(
    ("point", "whole", "begun", "recorded"),
    [
        ("printer-claimed", 0, 0, 0),
        ("printer-written:2", 1, 1, 1),
        ("printer-filed:2", 2, 0, 1),
        ("printer-recorded:2", 2, 0, 2),
    ],
)
async def test_a_printer_killed_at_any_step_leaves_each_letter_once_and_the_same_file_again_at_most(
    pool: asyncpg.Pool, database: Database, tmp_path: Path, point: str, whole: int, begun: int, recorded: int
) -> None:
    await take_in(pool, [asked(number, email=None, postal=POSTAL) for number in range(LETTERS)])
    folder = tmp_path / "letters"
    await _died(database, folder, point)
    before = _files(folder)
    assert Counter(Path(name).suffix for name in before) == +Counter({".pdf": whole, ".part": begun})
    assert Counter(one.state for one in await _kept(pool))[State.AWAITING] == recorded

    clock = Clock()
    clock.now = utc_now() + LEASE
    printer = _printer(pool, clock, folder)
    assert await printer.round() == LETTERS - recorded
    assert await printer.round() == 0
    after = _files(folder)
    notices = await _kept(pool)
    assert after == {f"{one.id}-1.pdf": one.content for one in notices}
    assert {name: after.get(name) for name in before if name.endswith(".pdf")} == {
        name: content for name, content in before.items() if name.endswith(".pdf")
    }
    assert [(one.state, [known.what for known in one.proof]) for one in notices] == [
        (State.AWAITING, [FILED])
    ] * LETTERS
    assert Counter(kind for kind, _ in await outbox_events(pool)) == {"NoticeQueued": LETTERS}


def test_every_crash_point_of_the_printer_is_visited() -> None:
    visited = {"printer-claimed", "printer-written", "printer-filed", "printer-recorded"}
    assert {point for point in crash.declared() if point.startswith("printer-")} == visited
