"""Dead letters: what can never be handled is kept, encrypted, with a reason that shows nothing of it."""

import base64
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid5

import asyncpg
import orjson
from aiokafka import ConsumerRecord

from shared.messaging.keyring import Keyring

NAMESPACE: Final = UUID("0c5b3f0a-7b69-5e0e-8b6a-6b0f6f2f4a52")
PARKED: Final = "parked"

_INSERT = """
    INSERT INTO dead_letter (id, consumer, topic, partition, "offset", key, type, reason, paths, sealed, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (id) DO UPDATE SET reason = excluded.reason, paths = excluded.paths, recorded_at = excluded.recorded_at
    WHERE dead_letter.discarded_at IS NULL
"""
_DISCARDED = "SELECT id FROM dead_letter WHERE id = ANY($1::uuid[]) AND discarded_at IS NOT NULL"
_PARKED_KEYS = "SELECT key FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = ANY($3::text[]) FOR SHARE"
_PARK = """
    INSERT INTO parked_key (consumer, topic, key, since)
    SELECT $1, $2, unnest($3::text[]), $4 ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One record to set aside. ``reason`` is a code; ``paths`` name fields and rules.

    ``kept``: whether its value is. Nothing can be made of a command that did not pass the gate, and nobody has looked
    into it for what may not be kept, such as a password.
    """

    record: ConsumerRecord
    reason: str
    paths: tuple[str, ...] = ()
    key: str | None = None
    type: str | None = None
    kept: bool = True


def letter_id(consumer: str, topic: str, partition: int, offset: int) -> UUID:
    """The same for the same record, so that setting it aside twice is once."""
    return uuid5(NAMESPACE, f"{consumer}/{topic}/{partition}/{offset}")


def seal(keyring: Keyring, record: ConsumerRecord, letter: UUID, *, kept: bool = True) -> bytes:
    """Key, headers and value (where it is ``kept``), encrypted for this one row."""
    parts = {
        "key": _text(record.key),
        "headers": [[name, _text(value)] for name, value in record.headers],
        "value": _text(record.value) if kept else None,
        "timestamp": record.timestamp,
    }
    return keyring.encrypt(orjson.dumps(parts), f"dead_letter:{letter}")


async def insert(
    conn: asyncpg.Connection, keyring: Keyring, consumer: str, letters: Sequence[DeadLetter], now: dt.datetime
) -> None:
    """Set records aside in the caller's transaction, in their order."""
    for letter in letters:
        record = letter.record
        row_id = letter_id(consumer, record.topic, record.partition, record.offset)
        await conn.execute(
            _INSERT,
            row_id,
            consumer,
            record.topic,
            record.partition,
            record.offset,
            letter.key,
            letter.type,
            letter.reason,
            list(letter.paths),
            seal(keyring, record, row_id, kept=letter.kept),
            now,
        )


async def discarded(conn: asyncpg.Connection, consumer: str, records: Sequence[ConsumerRecord]) -> list[ConsumerRecord]:
    """Those of ``records`` that an operator has given up: when they come again, nothing happens."""
    ids = {letter_id(consumer, record.topic, record.partition, record.offset): record for record in records}
    rows = await conn.fetch(_DISCARDED, list(ids)) if ids else []
    return [ids[row["id"]] for row in rows]


async def parked_keys(conn: asyncpg.Connection, consumer: str, topic: str, keys: Iterable[str]) -> set[str]:
    """Those of ``keys`` that wait behind a dead letter; held against a replay until the transaction ends."""
    rows = await conn.fetch(_PARKED_KEYS, consumer, topic, sorted(set(keys)))
    return {row["key"] for row in rows}


async def park(conn: asyncpg.Connection, consumer: str, topic: str, keys: Iterable[str], now: dt.datetime) -> None:
    """Let later messages of these keys wait."""
    await conn.execute(_PARK, consumer, topic, sorted(set(keys)), now)


def _text(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()


def unseal(keyring: Keyring, letter: UUID, sealed: bytes) -> dict[str, object]:
    """The record's parts as bytes; raises SealBroken."""
    parts = orjson.loads(keyring.decrypt(sealed, f"dead_letter:{letter}"))
    return {
        "key": _bytes(parts["key"]),
        "headers": [(name, _bytes(value)) for name, value in parts["headers"]],
        "value": _bytes(parts["value"]),
        "timestamp": parts["timestamp"],
    }


def _bytes(value: str | None) -> bytes | None:
    return None if value is None else base64.b64decode(value)
