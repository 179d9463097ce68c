"""Documents over HTTP: sent in, listed, read, checked; every look and every arrival is a line of the case's audit."""

import base64
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from fastapi.responses import StreamingResponse

from services.complaints.documents.room import RecordRoom
from services.complaints.documents.sending import add_sending
from services.complaints.documents.views import checked, shown
from services.complaints.domain.documents.checklist import checklist
from services.complaints.domain.documents.kinds import Document
from shared.messaging.keyring import SealBroken
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

Reader = Annotated[Access, Depends(reader)]


def router(context: Context) -> APIRouter:
    """The routes; a reader who belongs to a region sees that region alone."""
    routes = APIRouter()
    room = RecordRoom(context)
    add_sending(routes, room)
    _reading(routes, room)
    return routes


def _reading(routes: APIRouter, room: RecordRoom) -> None:
    pool = room.context.pool

    @routes.get("/cases/{case_id}/documents")
    async def list_documents(case_id: UUID, access: Reader) -> list[dict[str, Any]]:
        """What documents a case has, without their content."""
        async with pool.acquire() as conn, conn.transaction():
            await room.case(conn, case_id, access)
            found = await room.documents.of_case(conn, case_id)
            await room.note(conn, access, case_id, "documents listed")
        return [shown(document) for document in found]

    @routes.get("/cases/{case_id}/documents/{document_id}")
    async def read_document(case_id: UUID, document_id: UUID, access: Reader) -> StreamingResponse:
        """The content of one document; that it was read is in the audit before the first byte leaves."""
        async with pool.acquire() as conn, conn.transaction():
            await room.case(conn, case_id, access)
            found = await _opened(room, conn, access, case_id, document_id)
        if found is None:
            raise Problem(500, "document-damaged", "The document is not what was kept.")
        document, body, sha256 = found
        headers = {
            "content-length": str(document.size),
            "content-digest": f"sha-256=:{base64.b64encode(sha256).decode()}:",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            "content-disposition": "attachment",
        }
        return StreamingResponse(body, media_type=document.media_type, headers=headers)

    @routes.get("/cases/{case_id}/checklist")
    async def check_documents(case_id: UUID, access: Reader) -> dict[str, Any]:
        """Which documents are asked for in the case, which are there, and what to do about the others."""
        async with pool.acquire() as conn, conn.transaction():
            case = await room.case(conn, case_id, access)
            found = checklist(case, await room.documents.of_case(conn, case_id))
            await room.note(conn, access, case_id, "checklist read")
        return checked(found)


async def _opened(
    room: RecordRoom, conn: Any, access: Access, case_id: UUID, document_id: UUID
) -> tuple[Document, AsyncIterator[bytes], bytes] | None:
    """The document ready to be read, noted in the audit; None (noted too) where it does not open; Problem 404."""
    try:
        found = await room.documents.find(conn, case_id, document_id)
        if found is None:
            raise Problem(404, "not-found", "There is no such document.")
        document, header = found
        # The first piece is tried before anything is answered, so that damage is an answer and no broken stream.
        await room.documents.piece(room.context.pool, document, header, 0)
    except SealBroken:
        await room.note(conn, access, case_id, f"document did not open: {document_id}")
        return None
    await room.note(conn, access, case_id, f"document read: {document.kind.value} {document_id}")
    return document, room.documents.content(room.context.pool, document, header), header.sha256
