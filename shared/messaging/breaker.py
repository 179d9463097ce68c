"""The breaker: too many dead letters stop the consumer for good, so that a bad deploy cannot empty a topic."""

import datetime as dt
from collections import deque
from dataclasses import dataclass
from typing import Final

import asyncpg

WINDOW: Final = 200  # messages looked back on
LEAST: Final = 40  # no verdict on fewer
RATIO: Final = 0.5
RUN: Final = 50  # dead letters in a row

_STOP = """
    INSERT INTO consumer_state (consumer, stopped, reason, since) VALUES ($1, true, $2, $3)
    ON CONFLICT (consumer) DO UPDATE SET stopped = true, reason = excluded.reason, since = excluded.since
"""
_STATE = "SELECT stopped, reason, allowance FROM consumer_state WHERE consumer = $1"
_RESUME = """
    INSERT INTO consumer_state (consumer, stopped, since, allowance) VALUES ($1, false, $2, $3)
    ON CONFLICT (consumer) DO UPDATE SET stopped = false, reason = NULL, since = excluded.since,
                                         allowance = excluded.allowance
"""
_SPEND = "UPDATE consumer_state SET allowance = greatest(0, allowance - $2) WHERE consumer = $1"


class Tripped(Exception):  # noqa: N818 - the fact is the name
    """The limit is passed: the batch must be rolled back and the consumer stopped."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Breaker:
    """Counts outcomes of one consumer in this process; what it decides is kept in the database."""

    def __init__(self) -> None:
        self._recent: deque[bool] = deque(maxlen=WINDOW)

    def judge(self, outcomes: list[bool], allowance: int) -> int:
        """Raise Tripped when these outcomes (True = dead letter), after the recent ones, pass a limit.

        Returns how much of ``allowance`` they use: that many dead letters are not counted.
        """
        used = 0
        window: deque[bool] = deque(self._recent, maxlen=WINDOW)
        for dead in outcomes:
            if dead and used < allowance:
                used += 1
                continue
            window.append(dead)
        if len(window) >= LEAST and sum(window) > RATIO * len(window):
            raise Tripped("ratio")
        if _run(window) >= RUN:
            raise Tripped("run")
        return used

    def record(self, outcomes: list[bool], used: int) -> None:
        """Remember outcomes after their transaction committed; the ``used`` first dead letters do not count."""
        for dead in outcomes:
            if dead and used:
                used -= 1
                continue
            self._recent.append(dead)

    def reset(self) -> None:
        """Forget the past, after an operator resumed the consumer."""
        self._recent.clear()


def _run(window: deque[bool]) -> int:
    run = 0
    for dead in reversed(window):
        if not dead:
            break
        run += 1
    return run


@dataclass(frozen=True, slots=True)
class State:
    """Whether a consumer is stopped, why, and how many dead letters may pass uncounted."""

    stopped: bool
    reason: str | None
    allowance: int


async def state(conn: asyncpg.Connection, consumer: str) -> State:
    """The persistent state; running when nothing is recorded."""
    row = await conn.fetchrow(_STATE, consumer)
    return State(row["stopped"], row["reason"], row["allowance"]) if row else State(False, None, 0)


async def stop(conn: asyncpg.Connection, consumer: str, reason: str, now: dt.datetime) -> None:
    """Stop a consumer until an operator resumes it."""
    await conn.execute(_STOP, consumer, reason, now)


async def resume(conn: asyncpg.Connection, consumer: str, now: dt.datetime, allowance: int = 0) -> None:
    """Let a consumer run again; ``allowance`` dead letters may pass uncounted."""
    await conn.execute(_RESUME, consumer, now, allowance)


async def spend(conn: asyncpg.Connection, consumer: str, used: int) -> None:
    """Reduce the allowance, in the batch's transaction."""
    await conn.execute(_SPEND, consumer, used)
