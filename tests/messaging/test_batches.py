"""A batch is one transaction: effects, offsets, inbox, outbox and dead letters stand or fall together."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest
from aiokafka import ConsumerRecord, TopicPartition

from shared.messaging import dead_letters
from shared.messaging.consumer import Consumer
from tests.messaging.conftest import FakeKafka, started
from tests.messaging.toy import TOPIC, queued, record
from tests.support.service import KEYRING


async def ledger(pool: asyncpg.Pool) -> dict[str, list[str]]:
    return {row["subject"]: row["seen"] for row in await pool.fetch("SELECT * FROM ledger")}


async def test_a_batch_saves_effects_outbox_inbox_and_offset_together(consumer: Consumer, pool: asyncpg.Pool) -> None:
    await consumer.handle([record(0, "s1"), record(1, "s2"), record(2, "s1", queued("s1", "SECOND"))])
    assert await ledger(pool) == {"s1": ["WELCOME", "SECOND"], "s2": ["WELCOME"]}
    rows = await pool.fetch("SELECT aggregateid, sequence FROM outbox ORDER BY position")
    assert [(row["aggregateid"], row["sequence"]) for row in rows] == [("s1", "1:1"), ("s2", "1:1"), ("s1", "1:2")]
    assert await pool.fetchval("SELECT next FROM consumer_offset") == 3
    assert await pool.fetchval("SELECT count(*) FROM inbox") == 3


async def test_an_event_that_comes_again_has_no_second_effect(consumer: Consumer, pool: asyncpg.Pool) -> None:
    event_id = uuid4()
    await consumer.handle([record(0, event_id=event_id), record(1, event_id=event_id)])
    await consumer.handle([record(2, event_id=event_id)])
    assert await ledger(pool) == {"s1": ["WELCOME"]}
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 1


async def test_a_consumer_that_slept_through_a_rebalance_writes_nothing(pool: asyncpg.Pool) -> None:
    frozen = await started(pool)
    heir = await started(pool)
    await heir.handle([record(0), record(1, message=queued("s1", "NEWER"))])
    await frozen.handle([record(0)])
    assert await ledger(pool) == {"s1": ["WELCOME", "NEWER"]}
    assert not frozen.synced
    assert frozen.sync is not None
    await frozen.sync
    await frozen.handle([record(2, message=queued("s1", "AFTER"))])
    assert await ledger(pool) == {"s1": ["WELCOME", "NEWER", "AFTER"]}


async def test_a_restart_seeks_to_the_stored_offset_not_to_kafkas(consumer: Consumer, pool: asyncpg.Pool) -> None:
    await consumer.handle([record(7, partition=2)])
    kafka = FakeKafka()
    await started(pool, kafka)
    assert {tp.partition: offset for tp, offset in kafka.position.items()} == {0: 0, 1: 0, 2: 8, 3: 0}


async def test_a_consumer_whose_pool_is_closed_stops_looking_for_its_offsets(pool: asyncpg.Pool) -> None:
    late = await started(pool)
    pool.terminate()
    late.resync()
    assert late.sync is not None
    await asyncio.wait_for(late.sync, 5)
    assert not late.synced


async def test_offsets_cut_off_by_retention_stop_the_consumer_instead_of_skipping(pool: asyncpg.Pool) -> None:
    first = await started(pool)
    await first.handle([record(0)])
    kafka = FakeKafka()
    kafka.first = dict.fromkeys(kafka.partitions, 5)
    late = await started(pool, kafka)
    assert late.stopped == "offset-below-log-start"
    assert kafka.is_paused == kafka.partitions


async def test_retention_that_overtakes_a_running_consumer_stops_it_for_good(pool: asyncpg.Pool) -> None:
    kafka = FakeKafka()
    consumer = await started(pool, kafka)
    await consumer.handle([record(0), record(0, "s2", partition=1)])
    kafka.first = {TopicPartition(TOPIC, 1): 5}
    await consumer.handle([record(1), record(5, "s2", partition=1)])
    assert consumer.stopped == "offset-below-log-start"
    assert kafka.is_paused == kafka.partitions
    assert await pool.fetchval("SELECT array_agg(next) FROM consumer_offset") == [1, 1]
    assert await pool.fetchval("SELECT reason FROM consumer_state WHERE stopped") == "offset-below-log-start"
    assert (await started(pool, kafka)).stopped == "offset-below-log-start"


async def test_a_gap_that_retention_did_not_make_is_passed_over(pool: asyncpg.Pool) -> None:
    kafka = FakeKafka()
    consumer = await started(pool, kafka)
    await consumer.handle([record(0)])
    kafka.first = {TopicPartition(TOPIC, 0): 1}  # what was taken may be removed
    await consumer.handle([record(7)])
    assert consumer.stopped is None
    assert await pool.fetchval("SELECT next FROM consumer_offset") == 8


async def test_while_the_log_start_is_unknown_a_gap_is_read_again(pool: asyncpg.Pool) -> None:
    kafka = FakeKafka()
    consumer = await started(pool, kafka)
    await consumer.handle([record(0)])
    kafka.first = {TopicPartition(TOPIC, 0): 3}
    kafka.failures = 2  # the question, and the first try to read again
    await consumer.handle([record(3)])
    assert await pool.fetchval("SELECT next FROM consumer_offset") == 1
    assert consumer.sync is not None
    await consumer.sync
    assert consumer.stopped == "offset-below-log-start"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (record(1, value=b"{not json"), "schema"),
        (record(1, value=b'{"notice_id": 1}'), "schema"),
        (record(1, value=b""), "empty"),
        (record(1, value=b"[" * 5000), "schema"),
        (record(1, value=b'{"a": NaN}'), "schema"),
        (record(1, value=b"x" * 600_000), "oversize"),
        (record(1, value=b'{"subject": "\\u0000"}'), "nul"),
        (record(1, headers=[("ce_id", b"\xff\xfe")]), "header"),
        (record(1, headers=[]), "header"),
        (record(1, message=queued("other"), headers=None, key="other"), None),
        (record(1, message=queued("s9", "REJECT"), key="s9"), "toy.refused"),
        (record(1, message=queued("s9", "BUG"), key="s9"), "handler"),
        (record(1, message=queued("s9", "NUL"), key="s9"), "database"),
    ],
)
async def test_one_bad_record_is_set_aside_and_its_neighbours_go_on(
    consumer: Consumer, pool: asyncpg.Pool, bad: ConsumerRecord, reason: str | None
) -> None:
    await consumer.handle([record(0, "a"), bad, record(2, "b")])
    seen = await ledger(pool)
    assert seen["a"] == ["WELCOME"]
    assert seen["b"] == ["WELCOME"]
    assert await pool.fetchval("SELECT next FROM consumer_offset") == 3
    assert await pool.fetchval("SELECT reason FROM dead_letter") == reason


async def test_a_dead_letter_shows_nothing_and_opens_only_in_its_place(consumer: Consumer, pool: asyncpg.Pool) -> None:
    await consumer.handle([record(0, value=b'{"name": "Jane Doe"}')])
    row = await pool.fetchrow("SELECT * FROM dead_letter")
    assert "Jane" not in str(dict(row))
    opened = dead_letters.unseal(KEYRING, row["id"], row["sealed"])
    assert opened["value"] == b'{"name": "Jane Doe"}'
    with pytest.raises(Exception, match="altered or out of place"):
        dead_letters.unseal(KEYRING, uuid4(), row["sealed"])


async def test_later_messages_of_a_failed_key_wait_behind_it_in_order(consumer: Consumer, pool: asyncpg.Pool) -> None:
    await consumer.handle([record(0, "s1", queued("s1", "REJECT")), record(1, "s1"), record(2, "s2")])
    await consumer.handle([record(3, "s1", queued("s1", "LAST"))])
    assert await ledger(pool) == {"s2": ["WELCOME"]}
    rows = await pool.fetch('SELECT "offset", reason FROM dead_letter ORDER BY "offset"')
    assert [(row["offset"], row["reason"]) for row in rows] == [(0, "toy.refused"), (1, "parked"), (3, "parked")]


async def test_types_nobody_handles_are_recorded_as_ignored(consumer: Consumer, pool: asyncpg.Pool) -> None:
    unknown = record(
        0,
        headers=[
            (name, b"notifications.NoticeReturned.v9" if name == "ce_type" else value)
            for name, value in record(0).headers
        ],
    )
    await consumer.handle([unknown])
    assert await pool.fetchval("SELECT outcome FROM inbox") == "ignored"
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 0


async def test_half_a_topic_of_poison_stops_the_consumer_until_an_operator_resumes_it(pool: asyncpg.Pool) -> None:
    consumer = await started(pool)
    poison = [record(offset, f"k{offset}", value=b"{}") for offset in range(60)]
    await consumer.handle(poison)
    assert consumer.stopped == "ratio"
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 0
    assert await pool.fetchval("SELECT count(*) FROM consumer_offset") == 0
    restarted = await started(pool)
    assert restarted.stopped == "ratio"
    await pool.execute("UPDATE consumer_state SET stopped = false, allowance = 60")
    await restarted.watch()
    assert restarted.sync is not None
    await restarted.sync
    await restarted.handle(poison)
    assert await pool.fetchval("SELECT count(*) FROM dead_letter") == 60
    assert await pool.fetchval("SELECT allowance FROM consumer_state") == 0
