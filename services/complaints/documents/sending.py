"""The route by which documents come in: limited and checked, kept, noted and announced in one transaction.

They come here and not over Kafka: a medical record is larger than a message may be.
"""

import base64
import binascii
import datetime as dt
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict

from services.complaints.documents.receiving import Arrival, TooLarge, receive
from services.complaints.documents.room import RecordRoom
from services.complaints.documents.sealing import Place
from services.complaints.documents.views import shown
from services.complaints.domain import procedures
from services.complaints.domain.documents.kinds import BEGINNINGS, MOST_PAGES, Document, Kind, is_what_it_says
from services.complaints.domain.refusal import Refusal, check_instant
from services.complaints.handlers import case_key
from shared.contracts.complaints import CASES, Channel, Role
from shared.contracts.documents import DocumentsReceived
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.runtime.access import Access, Problem, reader


class Sent(BaseModel):
    """What is said of a document that is sent in; ``received_at`` is when it reached the QIO (now unless given)."""

    model_config = ConfigDict(hide_input_in_errors=True, extra="forbid")

    kind: Kind
    sender: Role
    channel: Channel
    pages: Annotated[int, Query(ge=1, le=MOST_PAGES)]
    received_at: dt.datetime | None = None


def add_sending(routes: APIRouter, room: RecordRoom) -> None:
    """Add the route."""
    pool = room.context.pool

    @routes.post("/cases/{case_id}/documents", status_code=201)
    async def send_document(
        case_id: UUID,
        access: Annotated[Access, Depends(reader)],
        request: Request,
        response: Response,
        sent: Annotated[Sent, Query()],
        content_digest: Annotated[str | None, Header(max_length=200)] = None,
    ) -> dict[str, Any]:
        """Keep the body as a document; 200 where the case has the same content already.

        ``Content-Digest: sha-256=:...:`` (RFC 9530), where given, must fit what came.
        """
        media_type = _media_type(request, room.most_bytes)
        received_at = _received_at(sent.received_at, room.context.clock())
        async with pool.acquire() as conn:
            await room.case(conn, case_id, access)
        place = Place(case_id, uuid4())
        arrival = await _arrived(place, request, room.most_bytes)
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
            kept, new = await _kept(room, access, document, arrival)
        finally:
            arrival.close()
        response.status_code = 201 if new else 200
        return shown(kept)


async def _kept(room: RecordRoom, access: Access, document: Document, arrival: Arrival) -> tuple[Document, bool]:
    """Keep, note and announce in one transaction; of the same content again only that it came is noted."""
    now, key = room.context.clock(), case_key(document.case_id)
    async with room.context.pool.acquire() as conn, conn.transaction():
        await locks.lock(conn, [key])
        case = await room.case(conn, document.case_id, access)
        kept, new = await room.documents.keep(conn, document, arrival, now)
        came = "document kept" if new else "document came again"
        await room.note(conn, access, case.id, f"{came}: {kept.kind.value} {kept.id}")
        if new and procedures.of(case.type).announced:
            documents = await room.documents.of_case(conn, case.id)
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
