"""Reads contracts, deliverables, objectives, networks and contacts for questions; nothing here locks or changes."""

from collections.abc import AsyncIterator, Mapping
from typing import Final, TypeVar

import asyncpg
import orjson

from shared.records import store as records
from shared.records.kinds import Kind, Record

S = TypeVar("S", bound=Record)
_AT_ONCE: Final = 500


async def find(pool: asyncpg.Pool, kind: Kind[S], identifier: str) -> S | None:
    """One record; None where there is none."""
    if "\x00" in identifier:
        return None
    found = await records.one(pool, kind.name, identifier)
    return None if found is None else kind.state.model_validate_json(found)


async def each(
    pool: asyncpg.Pool, kind: Kind[S], like: Mapping[str, object], after: str | None = None
) -> AsyncIterator[S]:
    """The records that have these values, by id, after an id; ``like`` leaves out what is None."""
    wanted = orjson.dumps({name: value for name, value in like.items() if value is not None}).decode()
    while True:
        page = await records.some(pool, kind.name, wanted, after, _AT_ONCE)
        found = [kind.state.model_validate_json(text) for text in page]
        for one in found:
            yield one
        if len(page) < _AT_ONCE:
            return
        after = orjson.loads(page[-1])["id"]
