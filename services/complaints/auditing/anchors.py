"""Anchors of the audit: the ends of its chains, sealed with a key that is not in the database, with receipts outside.

A chain of hashes alone does not show that its end, or all of it, was taken away and its head set back. An anchor
records the ends that moved since the last one; who can write to the database can neither make nor mend a seal, and a
receipt kept elsewhere (file, log) shows when the last anchors are gone too.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import UUID

import asyncpg
import orjson
import structlog

from shared.contracts.envelope import format_instant
from shared.messaging.keyring import Keyring
from shared.messaging.leader import wait
from shared.runtime.service import Context

log = structlog.get_logger()

EVERY_SECONDS: Final = 900.0
START: Final = bytes(32)  # what the first anchor is bound to
ROWS: Final = 5_000  # fetched at a time

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.audit-anchor', 0))"
_LAST = "SELECT number, seal FROM audit_anchor ORDER BY number DESC LIMIT 1"
_TAKE_HEADS = """
    INSERT INTO audit_anchor_head (anchor, case_id, line, hash)
    SELECT $1, h.case_id, h.number, h.hash FROM audit_head AS h
    WHERE h.number > 0
      AND NOT EXISTS (SELECT 1 FROM audit_anchor_head AS n WHERE n.case_id = h.case_id AND n.line >= h.number)
"""
_HEADS = "SELECT case_id, line, hash FROM audit_anchor_head WHERE anchor = $1 ORDER BY case_id"
_KEEP = "INSERT INTO audit_anchor (number, at, heads, digest, previous, seal) VALUES ($1, $2, $3, $4, $5, $6)"
_SINCE = "SELECT number, at, heads, seal FROM audit_anchor WHERE number > $1 ORDER BY number"


class Receipt(NamedTuple):
    """What shows, outside the database, that there was an anchor."""

    number: int
    at: dt.datetime
    heads: int
    seal: bytes


async def take(conn: asyncpg.Connection, keyring: Keyring, now: dt.datetime) -> Receipt | None:
    """Anchor every chain that grew since the last anchor; None when none did. One at a time, whoever asks."""
    async with conn.transaction():
        await conn.execute(_LOCK)
        last = await conn.fetchrow(_LAST)
        number, previous = (last["number"] + 1, last["seal"]) if last is not None else (1, START)
        heads = int((await conn.execute(_TAKE_HEADS, number)).rsplit(" ", 1)[1])
        if not heads:
            return None
        found = Digest()
        async for row in conn.cursor(_HEADS, number, prefetch=ROWS):
            found.add(row)
        seal = seal_of(keyring, number, now, found, previous)
        await conn.execute(_KEEP, number, now, heads, found.value(), previous, seal)
    return Receipt(number, now, heads, seal)


class Digest:
    """SHA-256 over the ends of chains in the order of their cases, and their number."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.heads = 0

    def add(self, row: Any) -> None:
        """Take in the next end."""
        case_id: UUID = row["case_id"]
        self._hash.update(case_id.bytes + int(row["line"]).to_bytes(8, "big") + row["hash"])
        self.heads += 1

    def value(self) -> bytes:
        """The digest of what was taken in."""
        return self._hash.digest()


def seal_of(keyring: Keyring, number: int, at: dt.datetime, digest: Digest, previous: bytes) -> bytes:
    """The keyed digest of an anchor and of the seal before it."""
    parts = [number, format_instant(at), digest.heads, digest.value().hex(), previous.hex()]
    return keyring.reference("complaints.audit-anchor", orjson.dumps(parts).decode())


async def receipts_since(conn: asyncpg.Connection, number: int) -> list[Receipt]:
    """The receipts of all anchors after ``number``."""
    return [Receipt(row["number"], row["at"], row["heads"], row["seal"]) for row in await conn.fetch(_SINCE, number)]


def read_receipts(path: Path) -> Iterator[Receipt]:
    """The receipts of a file, one JSON object a line; none where there is no file. Raises ValueError for another."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            try:
                value = orjson.loads(line)
                at = dt.datetime.fromisoformat(value["at"])
                yield Receipt(int(value["anchor"]), at, int(value["heads"]), bytes.fromhex(value["seal"]))
            except (ValueError, KeyError, TypeError):
                raise ValueError(f"{path.name} is no file of receipts") from None


def write_receipts(path: Path, receipts: Iterable[Receipt]) -> None:
    """Append receipts and make sure they are on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        for number, at, heads, seal in receipts:
            line = {"anchor": number, "at": format_instant(at), "heads": heads, "seal": seal.hex()}
            file.write(orjson.dumps(line) + b"\n")
        file.flush()
        os.fsync(file.fileno())


async def run(context: Context) -> None:
    """Anchor every quarter of an hour until the process shall stop; the log line is a receipt outside the database."""
    while not context.stop.is_set():
        async with context.pool.acquire() as conn:
            receipt = await take(conn, context.keyring, context.clock())
        if receipt is not None:
            log.info("audit anchored", anchor=receipt.number, heads=receipt.heads, seal=receipt.seal.hex())
        await wait(context.stop, EVERY_SECONDS)
