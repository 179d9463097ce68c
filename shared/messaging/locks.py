"""Head rows: one per aggregate, locked in key order so that two transactions can never wait in a circle."""

from collections.abc import Iterable

import asyncpg

_UPSERT = "INSERT INTO heads (key) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING"
_LOCK = "SELECT key FROM heads WHERE key = ANY($1::text[]) ORDER BY key FOR UPDATE"
_RAISE = "UPDATE heads SET version = version + 1 WHERE key = ANY($1::text[])"


async def lock(conn: asyncpg.Connection, keys: Iterable[str]) -> None:
    """Hold these aggregates, known or not yet, until the transaction ends."""
    ordered = sorted(set(keys))
    if ordered:
        await conn.execute(_UPSERT, ordered)
        await conn.execute(_LOCK, ordered)


async def raise_versions(conn: asyncpg.Connection, keys: Iterable[str]) -> None:
    """Count a change of each of these aggregates, which the caller has locked."""
    changed = sorted(set(keys))
    if changed:
        await conn.execute(_RAISE, changed)
