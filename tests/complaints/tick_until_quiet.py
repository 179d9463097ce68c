"""A ticker in a process of its own, which a test may kill: ticks until nothing is due, prints how much it fired."""

import asyncio
import datetime as dt
import os
import sys

from services.complaints.announcements import Announcer
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from services.complaints.ticker import Ticker
from shared.postgres.pool import open_pool
from tests.support.service import KEYRING


async def main(now: dt.datetime, batch: int) -> int:
    """Everything that is due at ``now``; the number of clocks that spoke."""
    pool = await open_pool(os.environ["TICKER_DSN"], 2)
    announcer = Announcer(Pseudonyms(KEYRING), ComplaintsSettings())
    ticker = Ticker(pool, CaseStore(KEYRING), announcer, lambda: now, batch)
    total = 0
    while fired := await ticker.tick():
        total += fired
    await pool.close()
    return total


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(main(dt.datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])))))
