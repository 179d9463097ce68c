"""How fast a channel may be used: a bucket of tokens that fills with time."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

# What may go at once after a pause: as much as one second allows, and at least one.
_BURST_SECONDS = 1.0


@dataclass(slots=True)
class Pace:
    """At most ``per_second`` on average; None: no limit. Each process has its own."""

    per_second: float | None
    tokens: float = 0.0
    filled_at: dt.datetime | None = None

    @classmethod
    def of(cls, per_second: float | None) -> Self:
        """A full bucket."""
        return cls(per_second, max(per_second or 0.0, 1.0) * _BURST_SECONDS)

    def allowed(self, now: dt.datetime, wanted: int) -> int:
        """How many of ``wanted`` may go at ``now`` (UTC)."""
        if self.per_second is None:
            return wanted
        if self.filled_at is not None:
            passed = max((now - self.filled_at).total_seconds(), 0.0)
            most = max(self.per_second, 1.0) * _BURST_SECONDS
            self.tokens = min(self.tokens + passed * self.per_second, most)
        self.filled_at = now
        return min(wanted, int(self.tokens))

    def took(self, count: int) -> None:
        """So many went."""
        if self.per_second is not None:
            self.tokens = max(self.tokens - count, 0.0)
