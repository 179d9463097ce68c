"""Heads and chunks of many beneficiaries: locked in order, loaded and saved with one statement each."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import asyncpg

from services.measures.domain.timeline import Chunk, Head, decode_chunk, decode_head, encode

_LOCK = "SELECT ref, id, head FROM beneficiary WHERE ref = ANY($1::bytea[]) ORDER BY ref FOR UPDATE"
_INSERT = "INSERT INTO beneficiary (ref) SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING"
# Arrays of numbers go as text: asyncpg looks at each number of an array twice, which cost a tenth of a claim.
_LOAD = """
    SELECT c.beneficiary, c.year, c.body
    FROM unnest($1::text::bigint[], $2::text::smallint[]) AS wanted (beneficiary, year)
    JOIN chunk c ON c.beneficiary = wanted.beneficiary AND c.year = wanted.year
"""
_SAVE_HEADS = """
    UPDATE beneficiary b SET head = s.head, claims = s.claims, enrolments = s.enrolments
    FROM unnest($1::bytea[], $2::bytea[], $3::text::integer[], $4::text::integer[]) AS s (ref, head, claims, enrolments)
    WHERE b.ref = s.ref
"""
_SAVE_CHUNKS = """
    INSERT INTO chunk (beneficiary, year, body)
    SELECT * FROM unnest($1::text::bigint[], $2::text::smallint[], $3::bytea[])
    ON CONFLICT (beneficiary, year) DO UPDATE SET body = excluded.body
"""


class Locked(NamedTuple):
    """A beneficiary this transaction holds."""

    id: int
    head: Head


async def lock(conn: asyncpg.Connection, refs: Iterable[bytes]) -> dict[bytes, Locked]:
    """Hold these beneficiaries, known or not yet, until the transaction ends; always in reference order.

    All missing ones are made before the first is locked, so that two batches never wait for each other in a circle.
    """
    ordered = sorted(refs)
    await conn.execute(_INSERT, ordered)
    rows = await conn.fetch(_LOCK, ordered)
    return {ref: Locked(number, decode_head(head)) for ref, number, head in rows}


async def load(conn: asyncpg.Connection, wanted: Sequence[tuple[int, int]]) -> dict[int, dict[int, Chunk]]:
    """Those chunks of (beneficiary id, year) that exist, by id and year."""
    found: dict[int, dict[int, Chunk]] = {}
    if wanted:
        numbers, years = zip(*wanted, strict=True)
        rows = await conn.fetch(_LOAD, _array(numbers), _array(years))
        for number, year, body in rows:
            found.setdefault(number, {})[year] = decode_chunk(body)
    return found


async def save(
    conn: asyncpg.Connection, heads: Iterable[tuple[bytes, Head]], chunks: Iterable[tuple[int, int, Chunk]]
) -> None:
    """Write changed heads and changed chunks."""
    rows = [(ref, encode(head), *head.counts()) for ref, head in heads]
    refs, bodies, claims, enrolments = zip(*rows, strict=True)
    await conn.execute(_SAVE_HEADS, refs, bodies, _array(claims), _array(enrolments))
    written = sorted((number, year, encode(chunk)) for number, year, chunk in chunks)
    numbers, years, contents = zip(*written, strict=True)
    await conn.execute(_SAVE_CHUNKS, _array(numbers), _array(years), contents)


def _array(numbers: Iterable[int]) -> str:
    """PostgreSQL's way to write an array of whole numbers."""
    return "{" + ",".join(map(str, numbers)) + "}"
