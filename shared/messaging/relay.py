"""The relay: publishes outbox rows in the order of their ids, deletes them once Kafka has acknowledged all."""

import asyncio
import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.contracts.envelope import Envelope
from shared.messaging import crash
from shared.messaging.leader import lead, wait
from shared.runtime import metrics

crash.declare("relay-read", "relay-sent", "relay-deleted")
log = structlog.get_logger()

BATCH: Final = 2000
POLL_SECONDS: Final = 0.5  # NOTIFY is a hint that can be lost; polling is the rule
RETRY_SECONDS: Final = 1.0
MEASURE_SECONDS: Final = 1.0
DRAIN_POLL_SECONDS: Final = 0.05

_READ = """
    SELECT position, id, aggregatetype, aggregateid, type, payload, sequence, recorded_at,
           correlation_id, causation_id, traceparent
    FROM outbox ORDER BY position LIMIT $1
"""
_DELETE = "DELETE FROM outbox WHERE position = ANY($1::bigint[])"
_DEPTH = "SELECT count(*) AS rows, min(recorded_at) AS oldest FROM (SELECT recorded_at FROM outbox LIMIT 100000) o"
_LISTEN_CHANNEL = "SELECT current_schema() || '_outbox'"


class Relay:
    """Publishes for one service while it leads; several may run, one works.

    A row is deleted only after the broker acknowledged it, so a crash repeats and never loses; readers drop the
    repetition by its id. Unpublished rows are taken by id, not by a cursor: a cursor would pass over rows whose
    transaction commits late.
    """

    def __init__(
        self, service: str, dsn: str, producer: AIOKafkaProducer, clock: Callable[[], dt.datetime], stop: asyncio.Event
    ) -> None:
        self.progress = time.monotonic()
        self._service = service
        self._dsn = dsn
        self._producer = producer
        self._clock = clock
        self._stop = stop
        self._hint = asyncio.Event()
        self._measured = 0.0
        self._listening: asyncpg.Connection | None = None

    async def run(self) -> None:
        """Lead and publish until stopped."""
        try:
            await lead(self._dsn, "relay", self._publish, stop=self._stop)
        finally:
            metrics.RELAY_LEADER.labels(self._service).set(0)

    async def drain(self, seconds: float) -> bool:
        """Wait until the outbox is empty, at a graceful stop; False when time ran out, also over a silent database."""
        try:
            async with asyncio.timeout(seconds):
                await self._until_empty()
        except TimeoutError:
            return False
        return True

    async def _until_empty(self) -> None:
        conn = await asyncpg.connect(self._dsn)
        try:
            while await conn.fetchval("SELECT EXISTS (SELECT FROM outbox)"):  # noqa: ASYNC110 - no event says so
                await asyncio.sleep(DRAIN_POLL_SECONDS)
        finally:
            conn.terminate()  # a close would wait for a server that is silent

    async def _publish(self, conn: asyncpg.Connection) -> None:
        """One round: read, send, wait for every acknowledgement, delete."""
        await self._listen(conn)
        self._hint.clear()  # before reading: a hint given meanwhile means another round
        rows = await conn.fetch(_READ, BATCH)
        if rows:
            crash.point("relay-read")
            await self._send(conn, rows)
        self.progress = time.monotonic()
        if time.monotonic() - self._measured > MEASURE_SECONDS:
            await self._measure(conn)
        if len(rows) < BATCH:
            await wait(self._hint, POLL_SECONDS)

    async def _send(self, conn: asyncpg.Connection, rows: Sequence[asyncpg.Record]) -> None:
        try:
            futures = [
                await self._producer.send(
                    row["aggregatetype"],
                    value=row["payload"],
                    key=row["aggregateid"].encode(),
                    headers=_envelope(row, self._service).headers(),
                )
                for row in rows
            ]
            await asyncio.gather(*futures)
        except KafkaError as error:
            # Unknown, not failed: the rows stay and are sent again with the same ids.
            metrics.RELAY_FAILURES.labels(self._service).inc()
            log.warning("publishing will be repeated", service=self._service, error=type(error).__name__)
            await wait(self._stop, RETRY_SECONDS)
            return
        crash.point("relay-sent")
        await conn.execute(_DELETE, [row["position"] for row in rows])
        crash.point("relay-deleted")
        for topic, count in Counter(row["aggregatetype"] for row in rows).items():
            metrics.PUBLISHED.labels(self._service, topic).inc(count)

    async def _listen(self, conn: asyncpg.Connection) -> None:
        if self._listening is conn:
            return
        channel = await conn.fetchval(_LISTEN_CHANNEL)
        await conn.add_listener(channel, self._on_hint)
        self._listening = conn
        metrics.RELAY_LEADER.labels(self._service).set(1)

    def _on_hint(self, *_: Any) -> None:
        self._hint.set()

    async def _measure(self, conn: asyncpg.Connection) -> None:
        self._measured = time.monotonic()
        row = await conn.fetchrow(_DEPTH)
        age = (self._clock() - row["oldest"]).total_seconds() if row["oldest"] else 0.0
        metrics.OUTBOX_ROWS.labels(self._service).set(row["rows"])
        metrics.OUTBOX_AGE.labels(self._service).set(max(0.0, age))


def _envelope(row: asyncpg.Record, service: str) -> Envelope:
    return Envelope(
        id=row["id"],
        type=row["type"],
        source=f"qio/{service}",
        time=row["recorded_at"],
        subject=row["aggregateid"],
        correlation_id=row["correlation_id"],
        causation_id=row["causation_id"],
        sequence=row["sequence"],
        traceparent=row["traceparent"],
    )
