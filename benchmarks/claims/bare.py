"""The yardstick: getmany, orjson, one transaction with unnest upserts per batch, publish; no guarantee but offsets."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRecord, TopicPartition

from benchmarks.claims.stage import Stage
from shared.contracts.feeds import CLAIMS
from shared.contracts.measures import RESULTS
from shared.stack.endpoints import KAFKA_ADMIN

TABLES = (Path(__file__).parent / "bare.sql").read_text()

_CLAIMS = """
    INSERT INTO bare_claim AS c
    SELECT * FROM unnest($1::bytea[], $2::bytea[], $3::integer[], $4::text[], $5::text[], $6::date[], $7::date[],
                         $8::text[], $9::text[])
    ON CONFLICT (beneficiary, claim) DO UPDATE SET
        version = excluded.version, action = excluded.action, provider = excluded.provider,
        admission = excluded.admission, discharge = excluded.discharge, status = excluded.status,
        frequency = excluded.frequency
    WHERE c.version < excluded.version
"""
_COUNTS = """
    INSERT INTO bare_count AS c SELECT * FROM unnest($1::text[], $2::integer[], $3::bigint[])
    ON CONFLICT (state, month) DO UPDATE SET stays = c.stays + excluded.stays
    RETURNING state, month, stays
"""
_OFFSETS = """
    INSERT INTO bare_offset SELECT * FROM unnest($1::integer[], $2::bigint[])
    ON CONFLICT (partition) DO UPDATE SET next = excluded.next
"""


async def run(stage: Stage, batch: int) -> float:
    """Claims per second from the first batch fetched to the last acknowledgement."""
    with stage.copy_of("bare") as database:
        pool = await asyncpg.create_pool(database, min_size=1, max_size=2)
        consumer = AIOKafkaConsumer(
            **stage.endpoints.aiokafka_client(KAFKA_ADMIN), enable_auto_commit=False, max_partition_fetch_bytes=4 << 20
        )
        producer = AIOKafkaProducer(
            **stage.endpoints.aiokafka_client(KAFKA_ADMIN), acks="all", enable_idempotence=True, linger_ms=2
        )
        await consumer.start()
        await producer.start()
        try:
            partitions = [TopicPartition(CLAIMS.name, number) for number in range(CLAIMS.partitions)]
            consumer.assign(partitions)
            for tp in partitions:
                consumer.seek(tp, 0)
            left, begin = stage.claims, 0.0
            while left:
                fetched = await consumer.getmany(timeout_ms=200, max_records=batch)
                begin = begin or time.perf_counter()
                records = [record for records in fetched.values() for record in records]
                if records:
                    await _apply(pool, producer, records)
                    left -= len(records)
            return stage.claims / (time.perf_counter() - begin)
        finally:
            await producer.stop()
            await consumer.stop()
            await pool.close()


async def _apply(pool: asyncpg.Pool, producer: AIOKafkaProducer, records: Sequence[ConsumerRecord]) -> None:
    latest: dict[tuple[str, str], dict[str, Any]] = {}
    counts: Counter[tuple[str, int]] = Counter()
    for record in records:
        value = orjson.loads(record.value)
        key = (value["beneficiary"], value["claim"])
        known = latest.get(key)
        if known is None or known["version"] < value["version"]:
            latest[key] = value
        if value["version"] == 1:
            counts[value["provider"][:2], int(value["discharge"][:4] + value["discharge"][5:7])] += 1
    rows = [_row(value) for _, value in sorted(latest.items())]
    ends = {record.partition: record.offset + 1 for record in records}
    async with pool.acquire() as conn, conn.transaction():
        await conn.execute(_OFFSETS, list(ends), list(ends.values()))
        await conn.execute(_CLAIMS, *map(list, zip(*rows, strict=True)))
        found = await conn.fetch(
            _COUNTS, [state for state, _ in counts], [month for _, month in counts], list(counts.values())
        )
    sums: Counter[tuple[str, int]] = Counter()
    for state, month, stays in found:
        sums[state, month // 100 * 10 + (month % 100 + 2) // 3] += stays
    futures = [
        await producer.send(
            RESULTS.name,
            key=f"{state}|{quarter}".encode(),
            value=orjson.dumps({"state": state, "quarter": quarter, "stays": stays}),
        )
        for (state, quarter), stays in sums.items()
    ]
    for future in futures:
        await future


def _row(value: dict[str, Any]) -> tuple[Any, ...]:
    return (
        bytes.fromhex(value["beneficiary"]),
        bytes.fromhex(value["claim"]),
        value["version"],
        value["action"],
        value["provider"],
        dt.date.fromisoformat(value["admission"]),
        dt.date.fromisoformat(value["discharge"]),
        value["status"],
        value["frequency"],
    )
