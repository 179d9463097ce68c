"""A toy service on the message path: a ledger that counts notices per subject, in memory and in a table."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

import asyncpg
from aiokafka import ConsumerRecord

from shared.contracts import notifications
from shared.contracts.envelope import Envelope
from shared.contracts.message import Message
from shared.contracts.notifications import NoticeDelivered, NoticeQueued
from shared.messaging.handling import Emit, On, Received, Reject, Subscription, Work

NAMESPACE = UUID("11111111-2222-5333-8444-555555555555")
NOW = dt.datetime(2026, 3, 6, 16, 30, tzinfo=dt.UTC)
TOPIC = notifications.NOTICES.name
TABLE = "CREATE TABLE ledger (subject text PRIMARY KEY, seen text[] NOT NULL);"


Handle = Callable[[Received[NoticeQueued], Work[tuple[str, ...]]], Sequence[Emit]]


class Ledger:
    """Keeps, per subject, the notice types in the order in which they were handled."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        rows = await conn.fetch("SELECT subject, seen FROM ledger WHERE subject = ANY($1)", list(keys))
        return {row["subject"]: tuple(row["seen"]) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, tuple[str, ...]], now: dt.datetime) -> None:
        await conn.executemany(
            "INSERT INTO ledger VALUES ($1, $2) ON CONFLICT (subject) DO UPDATE SET seen = excluded.seen",
            [(subject, list(seen)) for subject, seen in changed.items()],
        )


def on_queued(received: Received[NoticeQueued], work: Work[tuple[str, ...]]) -> Sequence[Emit]:
    """REJECT is refused, BUG fails, NUL cannot be stored; anything else is written down and echoed."""
    message = received.message
    if message.notice_type == "REJECT":
        raise Reject("toy.refused", "notice_type")
    if message.notice_type == "BUG":
        raise RuntimeError("secret value in a bug's text")
    text = "a\x00b" if message.notice_type == "NUL" else message.notice_type
    work.put(message.subject, (*(work.get(message.subject) or ()), text))
    echo = NoticeDelivered(
        notice_id=message.notice_id,
        notice_type=message.notice_type,
        subject=message.subject,
        recipient_role="facility",
        channel="email",
        delivered_at=work.now,
        on_time=True,
        attempts=1,
    )
    return [Emit(TOPIC, message.subject, echo)]


def subscription(*, park: bool = True, handle: Handle = on_queued) -> Subscription:
    """The toy's only subscription."""
    handler: On[Any, Any] = On(NoticeQueued, lambda received: [received.message.subject], handle)
    return Subscription(TOPIC, (handler,), Ledger(), park=park)


def queued(subject: str, notice_type: str = "WELCOME") -> NoticeQueued:
    """A message for the toy."""
    return NoticeQueued(
        notice_id=uuid5(NAMESPACE, subject),
        notice_type=notice_type,
        subject=subject,
        recipient_role="facility",
        channel="email",
        due_at=NOW,
    )


def envelope(event_id: UUID, message: Message, key: str) -> Envelope:
    """An envelope as the relay would write it."""
    return Envelope(event_id, message.wire_type(), "qio/test", NOW, key, event_id)


def record(
    offset: int,
    key: str = "s1",
    message: Message | None = None,
    *,
    event_id: UUID | None = None,
    partition: int = 0,
    value: bytes | None = None,
    headers: Sequence[tuple[str, bytes]] | None = None,
    topic: str = TOPIC,
) -> ConsumerRecord:
    """A Kafka record, well-formed unless told otherwise."""
    message = message or queued(key)
    event_id = event_id or uuid5(NAMESPACE, f"{partition}/{offset}")
    raw = message.model_dump_json().encode() if value is None else value
    return ConsumerRecord(
        topic=topic,
        partition=partition,
        offset=offset,
        timestamp=0,
        timestamp_type=0,
        key=key.encode(),
        value=raw,
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=tuple(envelope(event_id, message, key).headers() if headers is None else headers),
    )
