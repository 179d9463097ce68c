"""Makes what time alone leads to happen: records locked and loaded, changed by events, told, in one transaction."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import asyncpg

from shared.messaging import locks, outbox
from shared.messaging.handling import Emit, Work
from shared.records.kinds import Record
from shared.records.store import RecordStore

Group = tuple[str, ...]


async def carried_out(
    conn: asyncpg.Connection,
    store: RecordStore,
    groups: Sequence[Group],
    decide: Callable[[Group, Work[Record]], Iterable[Emit]],
    now: dt.datetime,
) -> None:
    """Decide over each group of keys in turn; ``conn`` is in a transaction, ``now`` in UTC."""
    keys = sorted({key for group in groups for key in group})
    await locks.lock(conn, keys)
    # Loaded after the lock: what a command did meanwhile is seen.
    work: Work[Record] = Work(now, await store.load(conn, keys))
    emits: list[Emit] = []
    for group in groups:
        work.begin(group)
        emits += decide(group, work)
        work.keep()
    await store.save(conn, work.changes(), now)
    await locks.raise_versions(conn, work.changes())
    await outbox.append(conn, emits, now=now)
