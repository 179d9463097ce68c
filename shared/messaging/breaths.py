"""Long computations in one loop with others: a pause now and then, so that no handler holds the loop for long."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from typing import TypeVar

T = TypeVar("T")


async def in_breaths(entries: Iterable[T], size: int) -> AsyncIterator[T]:
    """All entries in order, letting other lanes, the relay and heartbeats have the loop after every ``size``."""
    for position, entry in enumerate(entries, 1):
        yield entry
        if position % size == 0:
            await asyncio.sleep(0)
