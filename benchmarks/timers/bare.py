"""The yardstick: take due rows, mark them, insert an event for each; by hand, no case, no order, no audit."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import asyncpg
import orjson

from shared.contracts.complaints import CASES, DeadlineMissed

_BATCH = 5_000
_NEXT = "SELECT min(next_fire_at) FROM deadline WHERE status = 'PENDING'"
_TAKE = """
    SELECT deadline_id, case_id, rule_id, rule_version, citation, obligor, due_at, zone, next_fire_at FROM deadline
    WHERE status = 'PENDING' AND next_fire_at <= $1 ORDER BY next_fire_at LIMIT $2 FOR UPDATE SKIP LOCKED
"""
_MARK = "UPDATE deadline SET status = 'MISSED', next_fire_at = NULL WHERE deadline_id = ANY($1::uuid[])"
_TELL = """
    INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, sequence, recorded_at, correlation_id)
    SELECT id, $1, key, $2, payload, '1:1', $3, id FROM unnest($4::uuid[], $5::text[], $6::bytea[])
           AS n (id, key, payload)
"""


async def run(dsn: str, clock: Callable[[], dt.datetime], timers: int) -> list[float]:
    """Mark and tell until every clock has spoken; by how many seconds each was late."""
    conn = await asyncpg.connect(dsn)
    lateness: list[float] = []
    try:
        while len(lateness) < timers:
            told = await _batch(conn, clock())
            lateness += [(clock() - since).total_seconds() for since in told]
            if not told and (following := await conn.fetchval(_NEXT)) is not None:
                await asyncio.sleep(max(0.0, (following - clock()).total_seconds()))
    finally:
        await conn.close()
    return lateness


async def _batch(conn: asyncpg.Connection, now: dt.datetime) -> list[dt.datetime]:
    async with conn.transaction():
        rows = await conn.fetch(_TAKE, now, _BATCH)
        await conn.execute(_MARK, [row["deadline_id"] for row in rows])
        ids, keys = [uuid4() for _ in rows], [str(row["case_id"]) for row in rows]
        payloads = [_payload(row) for row in rows]
        await conn.execute(_TELL, CASES.name, DeadlineMissed.wire_type(), now, ids, keys, payloads)
    return [row["next_fire_at"] for row in rows]


def _payload(row: Any) -> bytes:
    names = ("rule_id", "rule_version", "citation", "obligor", "due_at", "zone")
    values = {name: row[name] for name in names}
    return orjson.dumps({"case_id": str(row["case_id"]), "deadline_id": str(row["deadline_id"]), **values})
