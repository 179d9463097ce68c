"""Keeps records as JSON, one row each; loads them and the views over them for the message path."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import asyncpg

from shared.records.kinds import Kinds, Record

ViewLoader = Callable[[asyncpg.Connection, Sequence[str]], Awaitable[Mapping[str, Record]]]

_LOAD: Final = """
    SELECT r.kind, r.id, r.state FROM unnest($1::text[], $2::text[]) AS wanted (kind, id)
    JOIN record r ON r.kind = wanted.kind AND r.id = wanted.id
"""
_SAVE: Final = """
    INSERT INTO record (kind, id, state) SELECT * FROM unnest($1::text[], $2::text[], $3::jsonb[])
    ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state
"""


class RecordStore:
    """The store of every subscription that decides over records; ``views`` load what is made of many records.

    A view's loader gets the ids that are asked for and returns those that exist, by id.
    """

    def __init__(self, kinds: Kinds, views: Mapping[str, ViewLoader]) -> None:
        self._kinds = kinds
        self._views = views

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Record]:
        """The records and views that exist."""
        wanted: dict[str, list[str]] = {}
        for key in keys:
            name, _, identifier = key.partition(":")
            wanted.setdefault(name, []).append(identifier)
        found: dict[str, Record] = {}
        for name in wanted.keys() & self._views.keys():
            loaded = await self._views[name](conn, wanted[name])
            found |= {f"{name}:{identifier}": state for identifier, state in loaded.items()}
        pairs = [(name, one) for name, ids in wanted.items() if name not in self._views for one in ids]
        if pairs:
            for row in await conn.fetch(_LOAD, *map(list, zip(*pairs, strict=True))):
                kind = self._kinds.by_name[row["kind"]]
                found[kind.key(row["id"])] = kind.state.model_validate_json(row["state"])
        return found

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Record], now: dt.datetime) -> None:
        """Insert or replace the records; views follow from them."""
        del now  # a record knows its own times, so that it can be made again from its events
        rows = []
        for key, state in sorted(changed.items()):
            name, _, identifier = key.partition(":")
            if name not in self._views:
                rows.append((name, identifier, state.model_dump_json()))
        if rows:
            await conn.execute(_SAVE, *map(list, zip(*rows, strict=True)))


_ONE: Final = "SELECT state FROM record WHERE kind = $1 AND id = $2"
_LIST: Final = """
    SELECT state FROM record
    WHERE kind = $1 AND state @> $2::jsonb AND ($3::text IS NULL OR id > $3) ORDER BY id LIMIT $4
"""
_COUNT: Final = "SELECT count(*) FROM record WHERE kind = $1 AND state @> $2::jsonb"


async def one(pool: asyncpg.Pool, kind: str, identifier: str) -> str | None:
    """The state of one record as JSON text; None when there is none."""
    found: str | None = await pool.fetchval(_ONE, kind, identifier)
    return found


async def some(pool: asyncpg.Pool, kind: str, like: str, after: str | None, limit: int) -> list[Any]:
    """States (JSON texts) of a kind that contain the JSON ``like``, by id, after an id: a page at a time."""
    return [row["state"] for row in await pool.fetch(_LIST, kind, like, after, limit)]


async def count(pool: asyncpg.Pool, kind: str, like: str = "{}") -> int:
    """How many records of a kind contain the JSON ``like``."""
    found: int = await pool.fetchval(_COUNT, kind, like)
    return found
