"""The pipeline's store of documents that partners returned."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple
from uuid import UUID

import asyncpg

from services.complaints.auditing import chain as audit
from shared.contracts.partners import DocumentReturned

PREFIX: Final = "partner-document:"
_KNOWN: Final = """
    SELECT d.partner, d.document, d.case_id, d.kind, d.pages, d.sha256, d.received_at, d.verdict
    FROM partner_document AS d JOIN unnest($1::text[], $2::uuid[]) AS w (partner, document) USING (partner, document)
"""
_KEEP: Final = """
    INSERT INTO partner_document (partner, document, case_id, kind, pages, sha256, received_at, verdict)
    SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::text[], $5::int[], $6::bytea[], $7::timestamptz[],
                         $8::text[])
    ON CONFLICT DO NOTHING
"""

Verdict = Literal["TAKEN", "NOT_EXPECTED", "UNKNOWN_CASE"]


class Document(NamedTuple):
    """A returned document, without content; ``case_id`` where the partner has that case."""

    partner: str
    document: UUID
    case_id: UUID | None
    kind: str
    pages: int
    sha256: bytes
    received_at: dt.datetime
    verdict: Verdict


def document_key(partner: str, document: UUID) -> str:
    """The aggregate key of a document."""
    return f"{PREFIX}{partner}:{document}"


class DocumentStore:
    """By ``partner-document:<partner>:<document>``; heads are locked by the caller."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Document]:
        """Those that were received before."""
        if not keys:
            return {}
        parts = [key.removeprefix(PREFIX).rsplit(":", 1) for key in keys]
        rows = await conn.fetch(_KNOWN, [part[0] for part in parts], [UUID(part[1]) for part in parts])
        return {document_key(row["partner"], row["document"]): Document(*row) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Document], now: dt.datetime) -> None:
        """Keep them; one that the case did not take has a line in the case's audit all the same."""
        documents = [changed[key] for key in sorted(changed)]
        await conn.execute(_KEEP, *map(list, zip(*documents, strict=True)))
        lines = [
            audit.Line(one.case_id, now, f"partner:{one.partner}", DocumentReturned.wire_type())
            for one in documents
            if one.case_id is not None and one.verdict == "NOT_EXPECTED"
        ]
        await audit.append(conn, lines)
