"""Handles dead letters again: per key in their order, in one transaction, by the same handlers as the first time."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from aiokafka import ConsumerRecord

from shared.messaging import dead_letters
from shared.messaging.batch import AnyBatch
from shared.messaging.failures import is_content, reason_of
from shared.messaging.keyring import Keyring

_KEYS = """
    SELECT topic, key FROM dead_letter
    WHERE consumer = $1 AND discarded_at IS NULL AND key IS NOT NULL AND ($2::text IS NULL OR key = $2)
    GROUP BY topic, key ORDER BY min(position)
"""
_UNPARK = "DELETE FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = $3"
_HOLD = "SELECT FROM parked_key WHERE consumer = $1 AND topic = $2 AND key = $3 FOR UPDATE"
_LETTERS = """
    SELECT id, topic, partition, "offset", reason, sealed FROM dead_letter
    WHERE consumer = $1 AND topic = $2 AND key = $3 AND discarded_at IS NULL ORDER BY partition, "offset"
"""
_LETTER_KEY = "SELECT topic, key FROM dead_letter WHERE id = $1 AND consumer = $2 AND discarded_at IS NULL FOR UPDATE"
_DISCARD = "UPDATE dead_letter SET discarded_at = $2, sealed = '' WHERE id = $1"
_DELETE = "DELETE FROM dead_letter WHERE id = $1"
_REST = """
    SELECT EXISTS (SELECT FROM dead_letter WHERE consumer = $1 AND topic = $2 AND key = $3 AND discarded_at IS NULL)
"""


@dataclass(slots=True)
class Outcome:
    """What a replay achieved; ``stuck`` has the code why each remaining key still fails."""

    replayed: int = 0
    stuck: dict[str, str] | None = None


async def replay(
    conn: asyncpg.Connection, batch: AnyBatch, keyring: Keyring, consumer: str, key: str | None, now: dt.datetime
) -> Outcome:
    """Handle the letters of one consumer (or one key of it) again; a key stops at its first failure.

    Safe beside the running consumer: the parked key is held, so newer messages wait for the end of the replay.
    """
    outcome = Outcome(stuck={})
    for row in await conn.fetch(_KEYS, consumer, key):
        code = await _one_key(conn, batch, keyring, (consumer, row["topic"], row["key"]), now, outcome)
        if code is not None and outcome.stuck is not None:
            outcome.stuck[row["key"]] = code
    return outcome


async def _one_key(
    conn: asyncpg.Connection,
    batch: AnyBatch,
    keyring: Keyring,
    where: tuple[str, str, str],
    now: dt.datetime,
    outcome: Outcome,
) -> str | None:
    async with conn.transaction():
        await conn.execute(_HOLD, *where)
        for letter in await conn.fetch(_LETTERS, *where):
            try:
                async with conn.transaction():
                    await batch.again(conn, restore(keyring, letter), now)
                    await conn.execute(_DELETE, letter["id"])
            except Exception as error:
                if not is_content(error):
                    raise
                return reason_of(error)[0]
            outcome.replayed += 1
        await conn.execute(_UNPARK, *where)
    return None


async def discard(conn: asyncpg.Connection, consumer: str, letter: UUID, now: dt.datetime) -> bool:
    """Give one letter up for good; its key goes on when nothing else of it waits. False when there is none.

    Its content is gone; a mark stays, by which the loss audit and a repetition of the record know it.
    """
    async with conn.transaction():
        row = await conn.fetchrow(_LETTER_KEY, letter, consumer)
        if row is None:
            return False
        await conn.execute(_HOLD, consumer, row["topic"], row["key"])
        await conn.execute(_DISCARD, letter, now)
        if not await conn.fetchval(_REST, consumer, row["topic"], row["key"]):
            await conn.execute(_UNPARK, consumer, row["topic"], row["key"])
        return True


def restore(keyring: Keyring, letter: Any) -> ConsumerRecord:
    """The Kafka record of a letter, as it came."""
    parts: dict[str, Any] = dead_letters.unseal(keyring, letter["id"], letter["sealed"])
    headers: Sequence[tuple[str, bytes]] = parts["headers"]
    return ConsumerRecord(
        topic=letter["topic"],
        partition=letter["partition"],
        offset=letter["offset"],
        timestamp=parts["timestamp"],
        timestamp_type=0,
        key=parts["key"],
        value=parts["value"],
        checksum=None,
        serialized_key_size=0,
        serialized_value_size=0,
        headers=tuple(headers),
    )
