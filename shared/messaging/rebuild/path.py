"""The tables of the message path as a rebuilt service needs them: sequences, answers, inbox, offsets, heads."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple
from uuid import UUID

import asyncpg

from shared.messaging import leader
from shared.messaging.rebuild.sequences import Stream

COPY_SECONDS: Final = 600.0  # for each table, above any size it may have

# Whoever would write waits for the end of the rebuild, and meets its offsets then.
_HOLD = "LOCK TABLE consumer_offset, heads IN EXCLUSIVE MODE"
_FILLED = """
    SELECT array_remove(ARRAY[
        CASE WHEN EXISTS (SELECT FROM heads) THEN 'heads' END,
        CASE WHEN EXISTS (SELECT FROM outbox) THEN 'outbox' END,
        CASE WHEN EXISTS (SELECT FROM inbox) THEN 'inbox' END,
        CASE WHEN EXISTS (SELECT FROM consumer_offset) THEN 'consumer_offset' END,
        CASE WHEN EXISTS (SELECT FROM stream_sequence) THEN 'stream_sequence' END,
        CASE WHEN EXISTS (SELECT FROM command_reply) THEN 'command_reply' END,
        CASE WHEN EXISTS (SELECT FROM dead_letter) THEN 'dead_letter' END,
        CASE WHEN EXISTS (SELECT FROM parked_key) THEN 'parked_key' END
    ], NULL)
"""
_EPOCH = "UPDATE stream_epoch SET epoch = $1"


class NotEmpty(Exception):  # noqa: N818 - the fact is the name
    """The schema is in use or was; only an empty one is rebuilt."""


class Answer(NamedTuple):
    """How a command was answered; ``payload`` as it was published, ``decided_at`` in UTC."""

    type: str
    payload: bytes
    decided_at: dt.datetime


class Handled(NamedTuple):
    """A message that a consumer has handled, and the inbox's day of it."""

    consumer: str
    id: UUID
    day: dt.date


class Place(NamedTuple):
    """Where a consumer goes on in a partition."""

    consumer: str
    topic: str
    partition: int
    next: int


@dataclass(frozen=True, slots=True)
class Path:
    """What the tables shall hold. ``epoch`` has never been used; ``heads`` are aggregates with their changes so far."""

    epoch: int
    sequences: Mapping[Stream, int]
    answers: Mapping[UUID, Answer]
    handled: frozenset[Handled]
    places: tuple[Place, ...]
    heads: Mapping[str, int]


async def refuse_unless_empty(conn: asyncpg.Connection) -> None:
    """Raise NotEmpty while the service runs or where there is anything; what was found holds for this transaction."""
    if not await leader.exclude(conn, "relay"):
        raise NotEmpty("the service is running; stop it first")
    await conn.execute(_HOLD)
    filled = await conn.fetchval(_FILLED)
    if filled:
        raise NotEmpty(f"the schema is not empty ({', '.join(filled)}); only a newly migrated one can be rebuilt")


async def restore(conn: asyncpg.Connection, path: Path) -> None:
    """Fill the empty tables, set-wise, in the caller's transaction."""
    await conn.execute(_EPOCH, path.epoch)
    sequences = ((topic, key, last) for (topic, key), last in path.sequences.items())
    await _copy(conn, "stream_sequence", ("topic", "key", "last"), sequences)
    answers = ((command_id, *answer) for command_id, answer in path.answers.items())
    await _copy(conn, "command_reply", ("command_id", "type", "payload", "decided_at"), answers)
    handled = ((*one, "handled") for one in sorted(path.handled))
    await _copy(conn, "inbox", ("consumer", "event_id", "day", "outcome"), handled)
    await _copy(conn, "consumer_offset", Place._fields, path.places)
    await _copy(conn, "heads", ("key", "version"), path.heads.items())


async def _copy(
    conn: asyncpg.Connection, table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]
) -> None:
    await conn.copy_records_to_table(table, columns=columns, records=rows, timeout=COPY_SECONDS)
