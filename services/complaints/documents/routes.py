"""Documents over HTTP: sent in, listed, read, checked; every look and every arrival is a line of the case's audit.

Documents come here and not over Kafka: a medical record is larger than a message may be.
"""

import base64
import binascii
import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict

from services.complaints import audit
from services.complaints.documents.receiving import Arrival, TooLarge, receive
from services.complaints.documents.sealing import Place
from services.complaints.documents.settings import DocumentSettings
from services.complaints.documents.store import DocumentStore
from services.complaints.documents.views import checked, shown
from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.documents.checklist import checklist
from services.complaints.domain.documents.kinds import BEGINNINGS, MOST_PAGES, Document, Kind, is_what_it_says
from services.complaints.domain.refusal import Refusal, check_instant
from services.complaints.handlers import case_key
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from shared.contracts.complaints import CASES, Channel, Role
from shared.contracts.documents import DocumentsReceived
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.keyring import SealBroken
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

Reader = Annotated[Access, Depends(reader)]


class Sent(BaseModel):
    """What is said of a document that is sent in; ``received_at`` is when it reached the QIO (now unless given)."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="forbid")

    kind: Kind
    sender: Role
    channel: Channel
    pages: Annotated[int, Query(ge=1, le=MOST_PAGES)]
    received_at: dt.datetime | None = None


class Desk:
    """What the routes work with."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.cases = CaseStore(context.keyring, ComplaintsSettings().desk())
        self.documents = DocumentStore(context.keyring)
        self.most_bytes = DocumentSettings().most_bytes

    async def case(self, conn: Any, case_id: UUID, access: Access) -> Case:
        """The case, if the reader may see it; Problem 404."""
        case = (await self.cases.load(conn, [case_key(case_id)])).get(case_key(case_id))
        if case is None or (access.region is not None and access.region != case.facility.region):
            raise Problem(404, "not-found", "There is no such case.")
        return case

    async def note(self, conn: Any, access: Access, case_id: UUID, action: str) -> None:
        """A line of the case's audit."""
        line = audit.Line(case_id, self.context.clock(), access.actor, action, access.purpose.value)
        await audit.append(conn, [line])


def router(context: Context) -> APIRouter:
    """The routes; a reader who belongs to a region sees that region alone."""
    routes = APIRouter()
    desk = Desk(context)
    _sending(routes, desk)
    _reading(routes, desk)
    return routes


def _sending(routes: APIRouter, desk: Desk) -> None:
    pool = desk.context.pool

    @routes.post("/cases/{case_id}/documents", status_code=201)
    async def send_document(
        case_id: UUID,
        access: Reader,
        request: Request,
        response: Response,
        sent: Annotated[Sent, Query()],
        content_digest: Annotated[str | None, Header(max_length=200)] = None,
    ) -> dict[str, Any]:
        """Keep the body as a document; 200 where the case has the same content already.

        ``Content-Digest: sha-256=:...:`` (RFC 9530), where given, must fit what came.
        """
        media_type = _media_type(request, desk.most_bytes)
        received_at = _received_at(sent.received_at, desk.context.clock())
        async with pool.acquire() as conn:
            await desk.case(conn, case_id, access)
        place = Place(case_id, uuid4())
        arrival = await _arrived(place, request, desk.most_bytes)
        try:
            _check(arrival, media_type, content_digest)
            document = Document(
                id=place.document_id,
                case_id=case_id,
                kind=sent.kind,
                sender=sent.sender,
                channel=sent.channel,
                media_type=media_type,
                pages=sent.pages,
                size=arrival.size,
                received_at=received_at,
            )
            kept, new = await _kept(desk, access, document, arrival)
        finally:
            arrival.close()
        response.status_code = 201 if new else 200
        return shown(kept)


def _reading(routes: APIRouter, desk: Desk) -> None:
    pool = desk.context.pool

    @routes.get("/cases/{case_id}/documents")
    async def list_documents(case_id: UUID, access: Reader) -> list[dict[str, Any]]:
        """What documents a case has, without their content."""
        async with pool.acquire() as conn, conn.transaction():
            await desk.case(conn, case_id, access)
            found = await desk.documents.of_case(conn, case_id)
            await desk.note(conn, access, case_id, "documents listed")
        return [shown(document) for document in found]

    @routes.get("/cases/{case_id}/documents/{document_id}")
    async def read_document(case_id: UUID, document_id: UUID, access: Reader) -> StreamingResponse:
        """The content of one document; that it was read is in the audit before the first byte leaves."""
        async with pool.acquire() as conn, conn.transaction():
            await desk.case(conn, case_id, access)
            found = await _opened(desk, conn, access, case_id, document_id)
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
            case = await desk.case(conn, case_id, access)
            found = checklist(case, await desk.documents.of_case(conn, case_id))
            await desk.note(conn, access, case_id, "checklist read")
        return checked(found)


async def _opened(
    desk: Desk, conn: Any, access: Access, case_id: UUID, document_id: UUID
) -> tuple[Document, AsyncIterator[bytes], bytes] | None:
    """The document ready to be read, noted in the audit; None (noted too) where it does not open; Problem 404."""
    try:
        found = await desk.documents.find(conn, case_id, document_id)
        if found is None:
            raise Problem(404, "not-found", "There is no such document.")
        document, header = found
        # The first piece is tried before anything is answered, so that damage is an answer and no broken stream.
        await desk.documents.piece(desk.context.pool, document, header, 0)
    except SealBroken:
        await desk.note(conn, access, case_id, f"document did not open: {document_id}")
        return None
    await desk.note(conn, access, case_id, f"document read: {document.kind.value} {document_id}")
    return document, desk.documents.content(desk.context.pool, document, header), header.sha256


async def _kept(desk: Desk, access: Access, document: Document, arrival: Arrival) -> tuple[Document, bool]:
    """Keep, note and announce in one transaction; of the same content again only that it came is noted."""
    now, key = desk.context.clock(), case_key(document.case_id)
    async with desk.context.pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, [key])
        case = await desk.case(conn, document.case_id, access)
        kept, new = await desk.documents.keep(conn, document, arrival, now)
        came = "document kept" if new else "document came again"
        await desk.note(conn, access, case.id, f"{came}: {kept.kind.value} {kept.id}")
        if new and procedures.of(case.type).announced:
            documents = await desk.documents.of_case(conn, case.id)
            pages = sum(one.pages for one in documents)
            event = DocumentsReceived(case_id=case.id, documents=len(documents), pages=pages)
            await outbox.append(conn, [Emit(CASES.name, str(case.id), event)], now=now)
    return kept, new


async def _arrived(place: Place, request: Request, most_bytes: int) -> Arrival:
    try:
        return await receive(place, request.stream(), most_bytes)
    except TooLarge:
        raise _too_large(most_bytes) from None


def _check(arrival: Arrival, media_type: str, digest: str | None) -> None:
    if not arrival.size:
        raise Problem(422, "document-empty", "The document is empty.")
    if not is_what_it_says(media_type, arrival.beginning):
        raise Problem(415, "not-what-it-says", "The document is not of the media type it is said to be.")
    if digest is not None and _sha256(digest) != arrival.header.sha256:
        raise Problem(422, "digest-differs", "What came is not what was sent: its digest differs.")


def _media_type(request: Request, most_bytes: int) -> str:
    """The media type, one that is kept; Problem 415, or 413 where the sender says that it is too large."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in BEGINNINGS:
        raise Problem(415, "media-type", f"Documents are kept as {', '.join(BEGINNINGS)}.")
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most_bytes:
        raise _too_large(most_bytes)
    return media_type


def _too_large(most_bytes: int) -> Problem:
    return Problem(413, "document-too-large", f"A document has at most {most_bytes} bytes.")


def _received_at(given: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    if given is None:
        return now
    try:
        return check_instant("received_at", given, now=now, citation="42 CFR 476.78")
    except Refusal as refusal:
        (reason,) = refusal.reasons
        raise Problem(422, reason.code.lower().replace("_", "-"), reason.text, paths=("query.received_at",)) from None


def _sha256(header: str) -> bytes | None:
    """The SHA-256 of a Content-Digest header; None where it has none."""
    for part in header.split(","):
        name, _, value = part.strip().partition("=")
        if name.lower() == "sha-256":
            try:
                return base64.b64decode(value.strip().strip(":"), validate=True)
            except (binascii.Error, ValueError):
                return None
    return None
