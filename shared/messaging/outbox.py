"""The outbox: events are written in the transaction that caused them and published afterwards by the relay."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

import asyncpg

from shared.contracts.envelope import Envelope
from shared.messaging.handling import Emit

NAMESPACE: Final = UUID("6f1d4c1e-52a8-5f0e-9a5a-0b6c2d5f7e11")
MAX_VALUE_BYTES: Final = 512 * 1024  # below the broker's 1 MiB: a record it refuses would block all behind it

_ADVANCE = """
    INSERT INTO stream_sequence AS s (topic, key, last)
    SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])
    ON CONFLICT (topic, key) DO UPDATE SET last = s.last + excluded.last
    RETURNING topic, key, last, (SELECT epoch FROM stream_epoch) AS epoch, current_schema() AS source
"""
_INSERT = """
    WITH written AS (
        INSERT INTO outbox (id, aggregatetype, aggregateid, type, payload, sequence, recorded_at,
                            correlation_id, causation_id, traceparent)
        SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[],
                             $7::timestamptz[], $8::uuid[], $9::uuid[], $10::text[])
    )
    SELECT pg_notify(current_schema() || '_outbox', '')
"""

# Of many rows copying takes half the time, because asyncpg looks through arrays value by value; of few it would be
# two round trips more.
_MANY: Final = 500
_COLUMNS: Final = (
    "id", "aggregatetype", "aggregateid", "type", "payload", "sequence", "recorded_at",
    "correlation_id", "causation_id", "traceparent",
)  # fmt: skip
_NOTIFY = "SELECT pg_notify(current_schema() || '_outbox', '')"


class TooLarge(ValueError):  # noqa: N818 - the fact is the name
    """An event that no broker would take; names the type, never the content."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An event with its cause, ready to be given a sequence."""

    topic: str
    key: str
    type: str
    payload: bytes
    cause: Envelope | None = None


def pending(emit: Emit, cause: Envelope | None = None) -> Pending:
    """Serialise an event; raises TooLarge."""
    payload = emit.event.model_dump_json().encode()
    if len(payload) > MAX_VALUE_BYTES:
        raise TooLarge(f"{emit.event.wire_type()} is larger than {MAX_VALUE_BYTES} bytes")
    return Pending(emit.topic, emit.key, emit.event.wire_type(), payload, cause)


async def append(
    conn: asyncpg.Connection, emits: Sequence[Emit], *, now: dt.datetime, cause: Envelope | None = None
) -> None:
    """Write events in order, inside the caller's transaction; never commits, never publishes.

    The caller has locked the aggregates of these keys before, which is what keeps the order within a key.
    """
    await append_pending(conn, [pending(emit, cause) for emit in emits], now=now)


async def append_pending(conn: asyncpg.Connection, events: Sequence[Pending], *, now: dt.datetime) -> None:
    """Give each event its sequence and id, and insert all of them, set-wise.

    The service is part of what an id follows from: two may write under one key of a topic, as one that is asked for a
    notice and asks again on behalf of the same notice.
    """
    if not events:
        return
    source, epoch, last = await _advance(conn, Counter((event.topic, event.key) for event in events))
    rows = []
    for event in events:
        stream = (event.topic, event.key)
        last[stream] += 1
        sequence = f"{epoch}:{last[stream]}"
        event_id = uuid5(NAMESPACE, f"{source}/{event.topic}/{event.key}/{sequence}")
        cause = event.cause
        rows.append(
            (
                event_id,
                event.topic,
                event.key,
                event.type,
                event.payload,
                sequence,
                now,
                cause.correlation_id if cause else event_id,
                cause.id if cause else None,
                cause.traceparent if cause else None,
            )
        )
    if len(rows) < _MANY:
        await conn.execute(_INSERT, *map(list, zip(*rows, strict=True)))
        return
    await conn.copy_records_to_table("outbox", columns=_COLUMNS, records=rows)
    await conn.execute(_NOTIFY)


async def _advance(
    conn: asyncpg.Connection, counts: Counter[tuple[str, str]]
) -> tuple[str, int, dict[tuple[str, str], int]]:
    """Who writes, the epoch, and per stream the last sequence before these events; all writers take rows in order."""
    streams = sorted(counts)
    rows = await conn.fetch(
        _ADVANCE, [topic for topic, _ in streams], [key for _, key in streams], [counts[stream] for stream in streams]
    )
    first = {(row["topic"], row["key"]): row["last"] - counts[row["topic"], row["key"]] for row in rows}
    return rows[0]["source"], rows[0]["epoch"], first
