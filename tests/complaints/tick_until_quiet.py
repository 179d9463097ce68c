"""A ticker in a process of its own, which a test may kill: ticks until nothing is due, prints how much it fired."""

import asyncio
import datetime as dt
import os
import sys

from benchmarks.timers.rows import wake_nobody
from services.complaints.ticking.lanes import Lanes
from shared.postgres.pool import open_pool


async def until_quiet(ticker: Lanes) -> int:
    """Tick until nothing is said any more; the number of clocks that spoke."""
    total = 0
    while fired := await ticker.tick():
        total += fired
    return total


async def main(now: dt.datetime, clocks: int) -> int:
    """Everything that is due at ``now``; the number of clocks that spoke."""
    pool = await open_pool(os.environ["TICKER_DSN"], 2)
    total = await until_quiet(Lanes(pool, wake_nobody, lambda: now, cases=clocks, clocks=clocks))
    await pool.close()
    return total


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(main(dt.datetime.fromisoformat(sys.argv[1]), int(sys.argv[2])))))
