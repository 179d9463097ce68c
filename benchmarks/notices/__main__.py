"""Plans and mails notices to a real local SMTP server: python -m benchmarks.notices [--notices 50000]"""

import argparse
import datetime as dt
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import asyncpg
import uvloop

from benchmarks.database import migrated
from benchmarks.notices import bare, ours
from benchmarks.report import say
from shared.postgres.pool import open_pool
from shared.runtime import collector
from shared.stack.embedded import EmbeddedStack
from shared.stack.endpoints import Endpoints
from shared.stack.mailbox import INDEX

CONNECTIONS: Final = 4
SENDER: Final = "notices@qio.example"
_STATES: Final = "SELECT state, count(*), sum(attempts) FROM notice GROUP BY state"


async def measure(endpoints: Endpoints, count: int) -> None:
    """Plan, mail, mail the same bare; say what it took and whether each came once and in order."""
    async with migrated(endpoints, "notifications") as name:
        await _measure(endpoints.dsn("qio_notifications_app", name), count)


async def _measure(dsn: str, count: int) -> None:
    pool = await open_pool(dsn, CONNECTIONS + 2)
    now = dt.datetime.now(dt.UTC)
    asked = ours.requests(count, now)
    planning = await ours.planned(pool, asked, now)
    say("notices planned", "notices/s", count / planning, None, f"{count} decision letters, batches of {ours.BATCH}")
    same = await ours.mails(pool)
    with mail_server() as (port, folder):
        project = await ours.sent(pool, port, CONNECTIONS, dt.datetime)
        arrived = came(folder)
    with mail_server() as (port, _):
        yardstick = await bare.run(same, port, CONNECTIONS, SENDER)
    await checked(pool, arrived, count)
    pool.terminate()
    furthest = max(abs(place - (count - 1 - number)) for place, number in enumerate(arrived))
    how = f"{count} mails over {CONNECTIONS} connections to a server that writes each to a file; each came once"
    say("notices mailed", "mails/s", count / project, count / yardstick, how, furthest_from_its_turn=furthest)


async def checked(pool: asyncpg.Pool, arrived: list[int], count: int) -> None:
    """Raise unless every notice came exactly once and is known to have been sent at the first attempt."""
    often = Counter(arrived)
    if len(often) != count or max(often.values()) != 1:
        raise SystemExit(f"{count - len(often)} lost, {sum(often.values()) - len(often)} repeated")
    states = [tuple(row) for row in await pool.fetch(_STATES)]
    if states != [("SENT", count, count)]:
        raise SystemExit("not every notice is recorded as sent once")


def came(folder: Path) -> list[int]:
    """Which notices came, by their numbers, in the order of their arrival."""
    numbers = {str(ours.notice_id(number)): number for number in range(sum(1 for _ in lines(folder)))}
    return [numbers[line["message_id"].strip("<>").partition("@")[0]] for line in lines(folder)]


def lines(folder: Path) -> Iterator[dict[str, str]]:
    """What the server noted of each mail."""
    with (folder / INDEX).open(encoding="utf-8") as index:
        yield from map(json.loads, index)


@contextmanager
def mail_server() -> Iterator[tuple[int, Path]]:
    """The embedded stack's mail server in a process of its own: its port, and the folder it writes to."""
    with tempfile.TemporaryDirectory(prefix="qio-bench-mail-") as folder:
        command = [sys.executable, "-m", "shared.stack.mailbox", "--dir", folder]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert server.stdin is not None
        assert server.stdout is not None
        try:
            yield int(server.stdout.readline().rpartition(":")[2]), Path(folder)
        finally:
            server.stdin.close()
            server.wait()


def main() -> None:
    """Start a stack of its own, measure, remove it."""
    parser = argparse.ArgumentParser(description="How fast notices are planned and mailed, beside a bare yardstick.")
    parser.add_argument("--notices", type=int, default=10_000)
    arguments = parser.parse_args()
    collector.settle()
    stack = EmbeddedStack(Path(tempfile.mkdtemp(prefix="qio-bench-")))
    try:
        uvloop.run(measure(stack.start(), arguments.notices))
    finally:
        stack.stop()
        stack.erase()


if __name__ == "__main__":
    main()
