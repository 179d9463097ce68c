"""Keeps documents in tables: what is known of them, and their sealed pieces behind a small store of their own."""

import datetime as dt
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from services.complaints.documents.receiving import Arrival
from services.complaints.documents.sealing import Header, Place, unseal
from services.complaints.domain.documents.kinds import Document, Kind
from shared.contracts.complaints import Channel, Role
from shared.messaging.keyring import Keyring

_INSERT = """
    INSERT INTO document (document_id, case_id, kind, sender, channel, media_type, pages, size, received_at, stored_at,
                          digest, sealed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (case_id, digest) DO NOTHING
"""
_SAME = "SELECT * FROM document WHERE case_id = $1 AND digest = $2"
_LIST = "SELECT * FROM document WHERE case_id = $1 ORDER BY received_at, document_id"
_ONE = "SELECT * FROM document WHERE case_id = $1 AND document_id = $2"
_PIECE = "SELECT sealed FROM document_piece WHERE document_id = $1 AND number = $2"


class Pieces(Protocol):
    """Where the sealed pieces of documents are: a table here, an object storage elsewhere."""

    async def put(self, conn: asyncpg.Connection, document_id: UUID, pieces: Iterator[bytes]) -> None:
        """Keep all pieces, in the caller's transaction where the place takes part in one."""
        ...

    async def get(self, pool: asyncpg.Pool, document_id: UUID, number: int) -> bytes | None:
        """One sealed piece, or None."""
        ...


class PiecesInTable:
    """Pieces as rows."""

    async def put(self, conn: asyncpg.Connection, document_id: UUID, pieces: Iterator[bytes]) -> None:
        """Copied, so that not all of them are in memory at once."""
        rows = ((document_id, number, sealed) for number, sealed in enumerate(pieces))
        await conn.copy_records_to_table("document_piece", columns=("document_id", "number", "sealed"), records=rows)

    async def get(self, pool: asyncpg.Pool, document_id: UUID, number: int) -> bytes | None:
        """One row."""
        sealed: bytes | None = await pool.fetchval(_PIECE, document_id, number)
        return sealed


class DocumentStore:
    """Documents by case. What is read here is not audited here: the routes do that."""

    def __init__(self, keyring: Keyring, pieces: Pieces | None = None) -> None:
        self._keyring = keyring
        self._pieces = pieces or PiecesInTable()

    async def keep(
        self, conn: asyncpg.Connection, document: Document, arrival: Arrival, now: dt.datetime
    ) -> tuple[Document, bool]:
        """Keep a document, in the caller's transaction; the same content of a case again is the document there is.

        Returns what is kept, and whether it is new. The caller has locked the case.
        """
        place = arrival.place
        digest = self._keyring.reference("document", arrival.header.sha256.hex())
        sealed = arrival.header.sealed(self._keyring, place)
        done = await conn.execute(_INSERT, *_row(document), now, digest, sealed)
        if done.endswith(" 0"):
            return _document(await conn.fetchrow(_SAME, document.case_id, digest)), False
        await self._pieces.put(conn, document.id, arrival.pieces())
        return document, True

    async def of_case(self, conn: asyncpg.Connection, case_id: UUID) -> Sequence[Document]:
        """All documents of a case in the order they were received."""
        return [_document(row) for row in await conn.fetch(_LIST, case_id)]

    async def find(self, conn: asyncpg.Connection, case_id: UUID, document_id: UUID) -> tuple[Document, Header] | None:
        """A document and what opens it; raises SealBroken for an altered or moved row."""
        row = await conn.fetchrow(_ONE, case_id, document_id)
        if row is None:
            return None
        return _document(row), Header.opened(self._keyring, Place(case_id, document_id), row["sealed"])

    async def piece(self, pool: asyncpg.Pool, document: Document, header: Header, number: int) -> bytes:
        """One piece in clear; raises SealBroken."""
        sealed = await self._pieces.get(pool, document.id, number)
        return unseal(header.key, Place(document.case_id, document.id), number, sealed)

    async def content(self, pool: asyncpg.Pool, document: Document, header: Header) -> AsyncIterator[bytes]:
        """The whole document, a piece at a time; raises SealBroken where it is not what was kept."""
        for number in range(header.pieces):
            yield await self.piece(pool, document, header, number)


def _row(document: Document) -> tuple[Any, ...]:
    return (
        document.id,
        document.case_id,
        document.kind.value,
        document.sender.value,
        document.channel.value,
        document.media_type,
        document.pages,
        document.size,
        document.received_at,
    )


def _document(row: Any) -> Document:
    return Document(
        id=row["document_id"],
        case_id=row["case_id"],
        kind=Kind(row["kind"]),
        sender=Role(row["sender"]),
        channel=Channel(row["channel"]),
        media_type=row["media_type"],
        pages=row["pages"],
        size=row["size"],
        received_at=row["received_at"],
    )
