"""The yardstick: getmany, orjson, one transaction with unnest inserts per batch, then publish; by hand, no guard."""

import datetime as dt
import time
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

import asyncpg
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from benchmarks.events.payload import EVENTS, TOPIC
from shared.contracts.catalog import by_name
from shared.contracts.measures import RESULTS
from shared.messaging.outbox import NAMESPACE
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings

_INBOX = "INSERT INTO bare_inbox SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id"
_LOAD = "SELECT case_id, events FROM case_tally WHERE case_id = ANY($1::uuid[]) FOR UPDATE"
_SAVE = """
    INSERT INTO case_tally SELECT *, $4 FROM unnest($1::uuid[], $2::integer[], $3::text[])
    ON CONFLICT (case_id) DO UPDATE SET events = excluded.events, last = excluded.last, changed_at = excluded.changed_at
"""
_OUTBOX = "INSERT INTO bare_outbox SELECT * FROM unnest($1::uuid[], $2::text[], $3::bytea[])"
_OFFSETS = """
    INSERT INTO bare_offset SELECT * FROM unnest($1::integer[], $2::bigint[])
    ON CONFLICT (partition) DO UPDATE SET next = excluded.next
"""
_SENT = "DELETE FROM bare_outbox WHERE id = ANY($1::uuid[])"


async def run(settings: Settings, dsn: str, batch: int) -> float:
    """Events per second from the first batch fetched to the last acknowledgement and delete."""
    pool = await asyncpg.create_pool(dsn, min_size=1, max_size=2)
    consumer = AIOKafkaConsumer(
        **settings.kafka("qio-measures"), enable_auto_commit=False, max_partition_fetch_bytes=4 << 20
    )
    producer = AIOKafkaProducer(**settings.kafka("qio-measures"), acks="all", enable_idempotence=True, linger_ms=2)
    await consumer.start()
    await producer.start()
    try:
        partitions = [TopicPartition(TOPIC, number) for number in range(by_name()[TOPIC].partitions)]
        consumer.assign(partitions)
        for tp in partitions:
            consumer.seek(tp, 0)
        left, began = EVENTS, 0.0
        while left:
            fetched = await consumer.getmany(timeout_ms=200, max_records=batch)
            began = began or time.perf_counter()
            records = [record for records in fetched.values() for record in records]
            if records:
                await _apply(pool, producer, records)
                left -= len(records)
        return EVENTS / (time.perf_counter() - began)
    finally:
        await producer.stop()
        await consumer.stop()
        await pool.close()


async def _apply(pool: asyncpg.Pool, producer: AIOKafkaProducer, records: Sequence[ConsumerRecord]) -> None:
    now = utc_now()
    parsed = [_parsed(record) for record in records]
    ends = {record.partition: record.offset + 1 for record in records}
    async with pool.acquire() as conn:
        async with conn.transaction():
            await conn.execute(_OFFSETS, list(ends), list(ends.values()))
            new = {row["event_id"] for row in await conn.fetch(_INBOX, sorted(event_id for event_id, *_ in parsed))}
            cases = sorted({case for _, case, _ in parsed})
            counts = {row["case_id"]: row["events"] for row in await conn.fetch(_LOAD, cases)}
            last: dict[UUID, str] = {}
            out: list[tuple[UUID, str, bytes]] = []
            for event_id, case, kind in parsed:
                if event_id in new:
                    counts[case] = counts.get(case, 0) + 1
                    last[case] = kind
                    out.append(
                        (uuid5(NAMESPACE, f"{case}/{counts[case]}"), str(case), _result(case, counts[case], now))
                    )
            changed = sorted(last)
            await conn.execute(_SAVE, changed, [counts[case] for case in changed], [last[c] for c in changed], now)
            await conn.execute(_OUTBOX, *map(list, zip(*out, strict=True)))
        futures = [
            await producer.send(RESULTS.name, key=key.encode(), value=value, headers=[("ce_id", str(row_id).encode())])
            for row_id, key, value in out
        ]
        for future in futures:
            await future
        await conn.execute(_SENT, [row_id for row_id, *_ in out])


def _parsed(record: ConsumerRecord) -> tuple[UUID, UUID, str]:
    headers = dict(record.headers)
    value: dict[str, Any] = orjson.loads(record.value)
    return UUID(headers["ce_id"].decode()), UUID(value["case_id"]), headers["ce_type"].decode()


def _result(case: UUID, count: int, now: dt.datetime) -> bytes:
    return orjson.dumps(
        {
            "measure": "case-milestones",
            "specification": 1,
            "unit_type": "community",
            "unit": str(case),
            "unit_version": 1,
            "period": "2026Q1",
            "stratum": "all",
            "computable": True,
            "reason": None,
            "numerator": count,
            "denominator": 90,
            "exposure": "1.0000",
            "days_in_period": 90,
            "value": f"{count}.000",
            "low": None,
            "high": None,
            "status": "PROVISIONAL",
            "cause": "DATA",
            "watermark": None,
            "revision": count,
            "as_of": now,
        }
    )
