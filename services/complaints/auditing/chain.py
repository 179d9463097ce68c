"""The audit: an append-only chain of hashes per case, written in the transaction of what it tells."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import orjson

REGISTER = UUID(int=0)  # the chain of reads that show many cases
GENESIS = bytes(32)

# Heads are made and locked in id order, as every writer does.
_MAKE_HEADS = """
    INSERT INTO audit_head (case_id, number, hash)
    SELECT case_id, 0, $2 FROM unnest($1::uuid[]) AS case_id ORDER BY case_id ON CONFLICT DO NOTHING
"""
_LOCK_HEADS = "SELECT case_id, number, hash FROM audit_head WHERE case_id = ANY($1::uuid[]) ORDER BY case_id FOR UPDATE"
_APPEND = """
    INSERT INTO audit (case_id, number, at, actor, action, purpose, previous, hash)
    SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[],
                         $7::bytea[], $8::bytea[])
"""
# Of many lines copying takes half the time, because asyncpg looks through arrays value by value.
_MANY = 500
_COLUMNS = ("case_id", "number", "at", "actor", "action", "purpose", "previous", "hash")
_MOVE_HEADS = """
    UPDATE audit_head AS h SET number = n.number, hash = n.hash
    FROM unnest($1::uuid[], $2::bigint[], $3::bytea[]) AS n (case_id, number, hash) WHERE h.case_id = n.case_id
"""
_CHAIN = "SELECT number, at, actor, action, purpose, previous, hash FROM audit WHERE case_id = $1 ORDER BY number"


class Line(NamedTuple):
    """Who did or read what of which case, when, and (for reads) why."""

    case_id: UUID
    at: dt.datetime
    actor: str
    action: str
    purpose: str | None = None


async def append(conn: asyncpg.Connection, lines: Sequence[Line]) -> None:
    """Add lines in order, inside the caller's transaction."""
    if not lines:
        return
    cases = sorted({line.case_id for line in lines})
    await conn.execute(_MAKE_HEADS, cases, GENESIS)
    heads = {row["case_id"]: (row["number"], row["hash"]) for row in await conn.fetch(_LOCK_HEADS, cases)}
    rows: list[tuple[Any, ...]] = []
    for line in lines:
        number, previous = heads[line.case_id]
        digest = hash_of(line, number + 1, previous)
        rows.append((line.case_id, number + 1, line.at, line.actor, line.action, line.purpose, previous, digest))
        heads[line.case_id] = (number + 1, digest)
    if len(rows) < _MANY:
        await conn.execute(_APPEND, *map(list, zip(*rows, strict=True)))
    else:
        await conn.copy_records_to_table("audit", columns=_COLUMNS, records=rows)
    await conn.execute(_MOVE_HEADS, cases, [heads[case][0] for case in cases], [heads[case][1] for case in cases])


async def broken_at(conn: asyncpg.Connection, case_id: UUID) -> int | None:
    """The number of the first line of a case that was altered or is missing, or None when the chain holds."""
    rows = await conn.fetch(_CHAIN, case_id)
    broken = _first_broken(case_id, rows)
    if broken is not None:
        return broken
    head = await conn.fetchrow("SELECT number, hash FROM audit_head WHERE case_id = $1", case_id)
    last = (rows[-1]["number"], rows[-1]["hash"]) if rows else (0, GENESIS)
    if head is not None and (head["number"], head["hash"]) != last:
        return int(last[0]) + 1
    return None


def hash_of(line: Line, number: int, previous: bytes) -> bytes:
    """SHA-256 over the line, its number and the hash before it."""
    at = line.at.astimezone(dt.UTC).isoformat()
    parts = [previous.hex(), str(line.case_id), number, at, line.actor, line.action, line.purpose]
    return hashlib.sha256(orjson.dumps(parts)).digest()


def _first_broken(case_id: UUID, rows: Iterable[Any]) -> int | None:
    previous = GENESIS
    for number, row in enumerate(rows, start=1):
        line = Line(case_id, row["at"], row["actor"], row["action"], row["purpose"])
        if row["number"] != number or row["previous"] != previous or row["hash"] != hash_of(line, number, previous):
            return number
        previous = row["hash"]
    return None
