"""What became of an attempt, when it is tried again, and when a partner is left alone for a while."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

GONE: Final = 410  # RFC 9110 15.5.11: it is not wanted any more, and will not be


class State(StrEnum):
    """How far a delivery has come."""

    WAITING = "WAITING"
    SENDING = "SENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"  # given up; a replay tries again
    HELD = "HELD"  # heard again after a rebuild, from before it: only a replay sends it


OPEN: Final = (State.WAITING, State.SENDING)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a partner's server said: its status and, in seconds, after what time it wants to be tried again."""

    status: int
    retry_after: float | None = None

    @property
    def taken(self) -> bool:
        """Whether it has the event now; a redirect is no success."""
        return 200 <= self.status <= 299

    @property
    def gone(self) -> bool:
        """Whether it wants nothing any more."""
        return self.status == GONE

    @property
    def code(self) -> str:
        """For staff."""
        return f"status-{self.status}"


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """There was none, or the address is never called; ``code`` says why, without the address."""

    code: str
    retry_after: None = None
    taken: bool = False
    gone: bool = False


Outcome = Answer | NoAnswer


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often a partner is tried.

    An event is tried again after ``first``, then ``factor`` times as long, at most ``longest``, and given up
    ``give_up`` after its first try. After ``failures`` in a row the partner's circuit opens for ``rest``, twice as long
    each time one probe fails, at most ``longest_rest``. A partner that fails for ``pause`` without success is paused.
    """

    first: dt.timedelta = dt.timedelta(seconds=5)
    factor: int = 4
    longest: dt.timedelta = dt.timedelta(hours=6)
    give_up: dt.timedelta = dt.timedelta(days=3)
    failures: int = 5
    rest: dt.timedelta = dt.timedelta(seconds=30)
    longest_rest: dt.timedelta = dt.timedelta(minutes=15)
    pause: dt.timedelta = dt.timedelta(days=5)
    # Failures further apart than this are no streak: nothing was sent in between that could have succeeded.
    streak: dt.timedelta = dt.timedelta(days=1)


def next_try(
    patience: Patience, number: int, first_tried: dt.datetime, now: dt.datetime, wish: float | None, jitter: float
) -> dt.datetime | None:
    """When an event that was not delivered at its ``number``-th try (from 1) is tried again; None: it is given up.

    ``wish`` is the server's Retry-After in seconds, heeded up to the longest wait; ``jitter`` is uniform in [0, 1)
    and spreads the wait by a quarter either way. The last try is at the very end of the time.
    """
    end = first_tried + patience.give_up
    if now >= end:
        return None
    wait = _grown(patience.first, patience.factor, number - 1, patience.longest) * (0.75 + jitter / 2)
    if wish is not None:
        wait = max(wait, min(dt.timedelta(seconds=wish), patience.longest))
    return min(now + wait, end)


def _grown(first: dt.timedelta, factor: int, times: int, longest: dt.timedelta) -> dt.timedelta:
    # In numbers, because a time cannot hold what grows so fast.
    return dt.timedelta(seconds=min(first.total_seconds() * factor ** min(times, 60), longest.total_seconds()))


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a partner has answered lately (times in UTC)."""

    failures: int = 0
    failing_since: dt.datetime | None = None
    last_failed: dt.datetime | None = None
    open_until: dt.datetime | None = None

    def after(self, outcome: Outcome, patience: Patience, now: dt.datetime) -> "Circuit":
        """The circuit after an attempt: any success closes it."""
        if outcome.taken:
            return Circuit()
        long_ago = self.last_failed is None or now - self.last_failed > patience.streak
        before = Circuit() if long_ago else self
        failures = before.failures + 1
        rests = failures - patience.failures
        rest = _grown(patience.rest, 2, rests, patience.longest_rest) if rests >= 0 else None
        return Circuit(
            failures=failures,
            failing_since=before.failing_since or now,
            last_failed=now,
            open_until=None if rest is None else now + rest,
        )

    def may_try(self, now: dt.datetime) -> bool:
        """Whether something may be tried."""
        return self.open_until is None or self.open_until <= now

    def probing(self, until: dt.datetime) -> "Circuit":
        """Nothing else is tried while a probe of an open circuit is under way, ``until`` then at the latest."""
        if self.open_until is None:
            return self
        return Circuit(self.failures, self.failing_since, self.last_failed, until)

    def worn_out(self, patience: Patience, now: dt.datetime) -> bool:
        """Whether the partner has failed for so long that it is to be paused."""
        return self.failing_since is not None and now - self.failing_since >= patience.pause
