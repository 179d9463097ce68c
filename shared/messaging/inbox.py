"""The inbox and the offsets: what was handled and how far, kept in the transaction of the effects."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import asyncpg
from aiokafka import TopicPartition

from shared.contracts.catalog import topic_named

_CLAIM = """
    INSERT INTO inbox (consumer, event_id, day, outcome)
    SELECT $1, * FROM unnest($2::uuid[], $3::date[], $4::text[])
    ON CONFLICT DO NOTHING RETURNING event_id
"""
_STORED = "SELECT topic, partition, next FROM consumer_offset WHERE consumer = $1"
_FIRST = """
    INSERT INTO consumer_offset (consumer, topic, partition, next) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING RETURNING next
"""
_MOVE = """
    UPDATE consumer_offset SET next = $5
    WHERE consumer = $1 AND topic = $2 AND partition = $3 AND next = $4 RETURNING next
"""
_PARTITIONS = "SELECT inbox_partitions($1, $2, $3)"
DAYS_AHEAD = 3
DAYS_LONGER = 15  # than the longest kept topic, so that a replay from its beginning meets every id


class Fenced(Exception):  # noqa: N818 - the fact is the name
    """Another process has moved this partition on: what this one holds is stale and must be read again."""


async def claim(
    conn: asyncpg.Connection, consumer: str, entries: Sequence[tuple[UUID, dt.date, str]]
) -> frozenset[UUID]:
    """Record messages as handled, in id order, and return those that were new."""
    if not entries:
        return frozenset()
    ordered = sorted(entries, key=lambda entry: entry[0].int)  # as PostgreSQL orders them, without 2 calls a pair
    rows = await conn.fetch(_CLAIM, consumer, *map(list, zip(*ordered, strict=True)))
    return frozenset(row["event_id"] for row in rows)


async def stored_offsets(conn: asyncpg.Connection, consumer: str) -> dict[TopicPartition, int]:
    """The next offset of every partition this consumer has ever taken."""
    rows = await conn.fetch(_STORED, consumer)
    return {TopicPartition(row["topic"], row["partition"]): row["next"] for row in rows}


async def move_offsets(
    conn: asyncpg.Connection,
    consumer: str,
    expected: Mapping[TopicPartition, int | None],
    reached: Mapping[TopicPartition, int],
) -> None:
    """Compare and set each partition's next offset; raises Fenced where the stored one is not the expected."""
    for tp in sorted(reached):
        before = expected[tp]
        if before is None:
            moved = await conn.fetchval(_FIRST, consumer, tp.topic, tp.partition, reached[tp])
        else:
            moved = await conn.fetchval(_MOVE, consumer, tp.topic, tp.partition, before, reached[tp])
        if moved is None:
            raise Fenced


def keep_days(topics: Iterable[str]) -> int:
    """How long handled ids must be remembered by a service that reads these topics: longer than any of them."""
    return max((topic_named(name).retention_days for name in topics), default=0) + DAYS_LONGER


async def keep_partitions(conn: asyncpg.Connection, today: dt.date, keep_days: int) -> None:
    """Make the inbox partitions of the days around today and forget what was written ``keep_days`` ago or earlier."""
    await conn.execute(
        _PARTITIONS,
        today - dt.timedelta(days=1),
        today + dt.timedelta(days=DAYS_AHEAD),
        today - dt.timedelta(days=keep_days),
    )
