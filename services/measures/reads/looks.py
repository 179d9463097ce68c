"""The audit of explanations: an append-only chain of hashes of who looked at whose contributions, and what for."""

import datetime as dt
import hashlib
from typing import Final, NamedTuple

import asyncpg
import orjson
import structlog

log = structlog.get_logger()

GENESIS: Final = bytes(32)
_HOLD: Final = "SELECT number, hash FROM explained_head FOR UPDATE"
_APPEND: Final = """
    INSERT INTO explained (number, at, actor, purpose, asked, previous, hash) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
_MOVE: Final = "UPDATE explained_head SET number = $1, hash = $2"
_LINES: Final = "SELECT number, at, actor, purpose, asked, previous, hash FROM explained ORDER BY number"
_HEAD: Final = "SELECT number, hash FROM explained_head"


class Look(NamedTuple):
    """Who asked for what, when (UTC) and why."""

    at: dt.datetime
    actor: str
    purpose: str
    asked: str


async def note(conn: asyncpg.Connection, look: Look) -> int:
    """Add a line, in a transaction of its own that must be over before anything is shown; its number.

    The log line is a receipt outside the database: who can write to both tables cannot make it fit another chain.
    """
    async with conn.transaction():
        number, previous = await conn.fetchrow(_HOLD)
        number += 1
        digest = hash_of(look, number, previous)
        await conn.execute(_APPEND, number, *look, previous, digest)
        await conn.execute(_MOVE, number, digest)
    log.info("explanation noted", number=number, hash=digest.hex())
    return int(number)


async def broken_at(conn: asyncpg.Connection) -> int | None:
    """The number of the first line that was altered or is missing; None when the chain holds."""
    previous, expected = GENESIS, 1
    async with conn.transaction(isolation="repeatable_read", readonly=True):
        async for row in conn.cursor(_LINES):
            look = Look(row["at"], row["actor"], row["purpose"], row["asked"])
            digest = hash_of(look, expected, previous)
            if (row["number"], row["previous"], row["hash"]) != (expected, previous, digest):
                return expected
            previous, expected = digest, expected + 1
        head = await conn.fetchrow(_HEAD)
    return None if tuple(head) == (expected - 1, previous) else expected


def hash_of(look: Look, number: int, previous: bytes) -> bytes:
    """SHA-256 over the line, its number and the hash before it."""
    parts = [previous.hex(), number, look.at.astimezone(dt.UTC).isoformat(), look.actor, look.purpose, look.asked]
    return hashlib.sha256(orjson.dumps(parts)).digest()
