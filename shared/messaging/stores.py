"""One store over several: each kind of aggregate has its own, found by the prefix of its key."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from shared.messaging.handling import Store


class Stores:
    """What a subscription needs whose handlers change aggregates of several kinds; saved in the order given."""

    def __init__(self, by_prefix: Mapping[str, Store[Any]]) -> None:
        self._stores = by_prefix

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Any]:
        """Those that exist, of every kind; raises ValueError for a key of no kind."""
        unknown = [key for key in keys if not key.startswith(tuple(self._stores))]
        if unknown:
            raise ValueError("an aggregate of no kind there is")
        found: dict[str, Any] = {}
        for prefix, store in self._stores.items():
            found |= await store.load(conn, [key for key in keys if key.startswith(prefix)])
        return found

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Any], now: dt.datetime) -> None:
        """Each kind by its store."""
        for prefix, store in self._stores.items():
            own = {key: value for key, value in changed.items() if key.startswith(prefix)}
            if own:
                await store.save(conn, own, now)
