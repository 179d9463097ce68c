"""The inbox remembers a message for as long as it can come again, whatever date it carries."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

import asyncpg

from shared.messaging import inbox
from shared.runtime.clock import utc_now

KEEP_DAYS = 105
CONSUMER = "qio-notifications.toy"


async def claim(pool: asyncpg.Pool, day: dt.date, *ids: UUID) -> frozenset[UUID]:
    async with pool.acquire() as conn:
        return await inbox.claim(conn, CONSUMER, [(event_id, day, "handled") for event_id in ids])


async def sweep(pool: asyncpg.Pool, today: dt.date) -> None:
    async with pool.acquire() as conn:
        await inbox.keep_partitions(conn, today, KEEP_DAYS)


async def partitions(pool: asyncpg.Pool) -> Sequence[str]:
    query = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'inbox'::regclass ORDER BY 1"
    return [row[0].rpartition(".")[2] for row in await pool.fetch(query)]


async def test_a_message_dated_long_ago_is_remembered_for_as_long_as_any_other(pool: asyncpg.Pool) -> None:
    today, event_id = utc_now().date(), uuid4()
    await sweep(pool, today)
    assert await claim(pool, dt.date(2009, 1, 10), event_id) == {event_id}
    await sweep(pool, today + dt.timedelta(days=KEEP_DAYS))
    assert await claim(pool, dt.date(2009, 1, 10), event_id) == frozenset()
    await sweep(pool, today + dt.timedelta(days=KEEP_DAYS + 1))
    assert await claim(pool, dt.date(2009, 1, 10), event_id) == {event_id}


async def test_a_day_is_kept_for_the_message_that_came_late(pool: asyncpg.Pool) -> None:
    today, event_id = utc_now().date(), uuid4()
    dated = today - dt.timedelta(days=KEEP_DAYS - 3)
    await sweep(pool, dated)
    assert await claim(pool, dated, event_id) == {event_id}
    await sweep(pool, today + dt.timedelta(days=10))
    assert await claim(pool, dated, event_id) == frozenset()


async def test_days_older_than_that_are_dropped_whole(pool: asyncpg.Pool) -> None:
    today = utc_now().date()
    await sweep(pool, today)
    assert f"inbox_{today:%Y%m%d}" in await partitions(pool)
    await claim(pool, today, uuid4())
    later = today + dt.timedelta(days=KEEP_DAYS + 1)
    await sweep(pool, later)
    assert f"inbox_{today:%Y%m%d}" not in await partitions(pool)
    assert f"inbox_{later:%Y%m%d}" in await partitions(pool)
