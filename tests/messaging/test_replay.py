"""Dead letters are handled again in their order, and a key goes on only when nothing of it waits."""

from collections.abc import Sequence

import asyncpg
import pytest

from shared.contracts.notifications import NoticeQueued
from shared.messaging.batch import batch_for
from shared.messaging.consumer import Consumer
from shared.messaging.handling import Emit, Received, Work
from shared.messaging.replay import Outcome, discard, replay
from tests.messaging.conftest import started
from tests.messaging.toy import NOW, Handle, on_queued, queued, record, subscription
from tests.support.service import KEYRING


async def again(pool: asyncpg.Pool, consumer: Consumer, key: str | None = None, handle: Handle = on_queued) -> Outcome:
    batch = batch_for(consumer.name, subscription(handle=handle), KEYRING)
    async with pool.acquire() as conn:
        return await replay(conn, batch, KEYRING, consumer.name, key, NOW)


async def seen(pool: asyncpg.Pool) -> dict[str, list[str]]:
    return {row["subject"]: row["seen"] for row in await pool.fetch("SELECT * FROM ledger")}


@pytest.fixture
async def stuck(consumer: Consumer) -> Consumer:
    """Key s1 waits behind a message the handler refuses, s2 behind a bug."""
    await consumer.handle(
        [
            record(0, "s1", queued("s1", "REJECT")),
            record(1, "s1", queued("s1", "FIRST")),
            record(2, "s1", queued("s1", "SECOND")),
            record(3, "s2", queued("s2", "BUG")),
            record(4, "s2", queued("s2", "AFTER")),
        ]
    )
    return consumer


async def test_a_replay_stops_at_what_still_fails_and_says_why(stuck: Consumer, pool: asyncpg.Pool) -> None:
    outcome = await again(pool, stuck)
    assert outcome.replayed == 0
    assert outcome.stuck == {"s1": "toy.refused", "s2": "handler"}
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 5


def mended(received: Received[NoticeQueued], work: Work[tuple[str, ...]]) -> Sequence[Emit]:
    """The handler after a fix: what was refused is written down."""
    if received.message.notice_type != "REJECT":
        return on_queued(received, work)
    work.put(received.message.subject, ("MENDED",))
    return []


async def test_after_a_fix_the_whole_key_is_handled_in_order_and_flows_again(
    stuck: Consumer, pool: asyncpg.Pool
) -> None:
    outcome = await again(pool, stuck, "s1", mended)
    assert (outcome.replayed, outcome.stuck) == (3, {})
    await stuck.handle([record(5, "s1", queued("s1", "NEW"))])
    assert await seen(pool) == {"s1": ["MENDED", "FIRST", "SECOND", "NEW"]}
    assert await pool.fetchval("SELECT array_agg(key) FROM parked_key") == ["s2"]


async def test_a_discarded_letter_lets_the_rest_of_its_key_be_replayed(stuck: Consumer, pool: asyncpg.Pool) -> None:
    first = await pool.fetchval("SELECT id FROM dead_letter WHERE reason = 'toy.refused'")
    async with pool.acquire() as conn:
        assert await discard(conn, stuck.name, first, NOW)
        assert not await discard(conn, stuck.name, first, NOW)
    assert (await again(pool, stuck, "s1")).replayed == 2
    assert await seen(pool) == {"s1": ["FIRST", "SECOND"]}


async def test_a_replayed_letter_is_not_handled_twice(stuck: Consumer, pool: asyncpg.Pool) -> None:
    first = await pool.fetchval("SELECT id FROM dead_letter WHERE reason = 'toy.refused'")
    async with pool.acquire() as conn:
        await discard(conn, stuck.name, first, NOW)
    await again(pool, stuck, "s1")
    assert (await again(pool, stuck, "s1")).replayed == 0
    await stuck.handle([record(6, "s1", event_id=None, message=queued("s1", "ONCE"))])
    assert await seen(pool) == {"s1": ["FIRST", "SECOND", "ONCE"]}


async def test_a_discarded_letter_leaves_its_place_and_none_of_its_content(
    consumer: Consumer, pool: asyncpg.Pool
) -> None:
    await consumer.handle([record(4, "s1", headers=[])])
    async with pool.acquire() as conn:
        assert await discard(conn, consumer.name, await conn.fetchval("SELECT id FROM dead_letter"), NOW)
    row = await pool.fetchrow('SELECT "offset", reason, sealed, discarded_at FROM dead_letter')
    assert tuple(row) == (4, "header", b"", NOW)
    assert await pool.fetchval("SELECT count(*) FROM parked_key") == 0


async def test_a_discarded_record_that_comes_again_stays_discarded_and_parks_nobody(pool: asyncpg.Pool) -> None:
    consumer = await started(pool)
    await consumer.handle([record(0, "s1", headers=[])])
    async with pool.acquire() as conn:
        assert await discard(conn, consumer.name, await conn.fetchval("SELECT id FROM dead_letter"), NOW)
    await pool.execute("UPDATE consumer_offset SET next = 0")
    again_from_0 = await started(pool)
    await again_from_0.handle([record(0, "s1", headers=[]), record(1, "s1")])
    assert await seen(pool) == {"s1": ["WELCOME"]}
    assert await pool.fetchval("SELECT count(*) FROM parked_key") == 0
    assert await pool.fetchval("SELECT discarded_at FROM dead_letter") == NOW
