"""Heads and chunks of many beneficiaries: locked in order, loaded and saved with one statement each."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import asyncpg

from services.measures.domain.head import Head
from services.measures.domain.stored_heads import decode_head
from services.measures.domain.timeline import Chunk, decode_chunk, encode

_LOCK = "SELECT ref, id, head FROM beneficiary WHERE ref = ANY($1::bytea[]) ORDER BY ref FOR UPDATE"
# Most are known: looked for first, because an insert that meets its row costs as much as one that does not.
_INSERT = """
    INSERT INTO beneficiary (ref)
    SELECT told FROM unnest($1::bytea[]) AS told WHERE NOT EXISTS (SELECT FROM beneficiary b WHERE b.ref = told)
    ON CONFLICT DO NOTHING
"""
# Arrays of numbers go as text: asyncpg looks at each number of an array twice, which cost a tenth of a claim.
_LOAD = """
    SELECT c.beneficiary, c.year, c.body
    FROM unnest($1::text::bigint[], $2::text::smallint[]) AS wanted (beneficiary, year)
    JOIN chunk c ON c.beneficiary = wanted.beneficiary AND c.year = wanted.year
"""
_SAVE_HEADS = """
    UPDATE beneficiary b
    SET head = s.head, claims = s.claims, care = s.care, enrolments = s.enrolments, wake = nullif(s.wake, 0),
        release = s.release
    FROM unnest($1::bytea[], $2::bytea[], $3::text::integer[], $4::text::integer[], $5::text::integer[],
                $6::text::integer[], $7::text::integer[])
         AS s (ref, head, claims, care, enrolments, wake, release)
    WHERE b.ref = s.ref
"""
_SAVE_CHUNKS = """
    INSERT INTO chunk (beneficiary, year, area, moved, body)
    SELECT * FROM unnest($1::text::bigint[], $2::text::smallint[], $3::text[], $4::text::boolean[], $5::bytea[])
    ON CONFLICT (beneficiary, year) DO UPDATE SET area = excluded.area, moved = excluded.moved, body = excluded.body
"""
_WOKEN = "SELECT ref FROM beneficiary WHERE wake <= $1 ORDER BY wake LIMIT $2"
_OUTDATED = "SELECT ref FROM beneficiary WHERE release < $1 LIMIT $2"


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
    rows = [(ref, encode(head), *head.counts(), head.wake, head.release) for ref, head in heads]
    refs, bodies, *numbers = zip(*rows, strict=True)
    await conn.execute(_SAVE_HEADS, refs, bodies, *map(_array, numbers))
    written = sorted((number, year, *_residence(chunk), encode(chunk)) for number, year, chunk in chunks)
    if written:
        owners, years, areas, moved, contents = zip(*written, strict=True)
        await conn.execute(_SAVE_CHUNKS, _array(owners), _array(years), areas, _array(moved), contents)


async def woken(conn: asyncpg.Connection, today: int, limit: int) -> list[bytes]:
    """Beneficiaries for whom the day ``today`` changes something, the longest waiting first."""
    return [row["ref"] for row in await conn.fetch(_WOKEN, today, limit)]


async def outdated(conn: asyncpg.Connection, release: int, limit: int) -> list[bytes]:
    """Beneficiaries counted with value sets older than ``release``."""
    return [row["ref"] for row in await conn.fetch(_OUTDATED, release, limit)]


def _residence(chunk: Chunk) -> tuple[str, bool]:
    """Where the person lived on 1 January, and whether also elsewhere: by this the people behind a number are found."""
    enrolment = chunk.enrolment
    return (enrolment.area, bool(enrolment.moves)) if enrolment is not None else ("", False)


def _array(numbers: Iterable[int]) -> str:
    """PostgreSQL's way to write an array of whole numbers, or of booleans."""
    return "{" + ",".join(map(str, numbers)) + "}"
