"""Readiness by progress: a connection proves nothing, a consumer that moves or has nothing to do does."""

import time
from collections.abc import Sequence
from typing import Final

from shared.messaging.consumer import Consumer

STUCK_SECONDS: Final = 60.0  # above a broker's restart (15 s seen) and the longest batch retry (45 s)


def not_ready(consumers: Sequence[Consumer], *, failing: bool) -> list[str]:
    """Why the service is not ready; empty when it is."""
    reasons = ["stopping"] if failing else []
    for consumer in consumers:
        if consumer.stopped:
            reasons.append(f"{consumer.name}: stopped ({consumer.stopped})")
        elif not consumer.synced:
            reasons.append(f"{consumer.name}: has no partitions yet")
        elif consumer.lag() and time.monotonic() - consumer.progress > STUCK_SECONDS:
            reasons.append(f"{consumer.name}: no progress for {STUCK_SECONDS:.0f} s")
    return reasons
