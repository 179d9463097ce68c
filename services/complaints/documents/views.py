"""Documents and checklists in plain values."""

from typing import Any

from services.complaints.domain.documents.checklist import Checklist, Line, advice, against_completing
from services.complaints.domain.documents.kinds import Document
from shared.contracts.envelope import format_instant


def shown(document: Document) -> dict[str, Any]:
    """A document without its content."""
    return {
        "document_id": str(document.id),
        "case_id": str(document.case_id),
        "kind": document.kind.value,
        "sender": document.sender.value,
        "channel": document.channel.value,
        "media_type": document.media_type,
        "pages": document.pages,
        "bytes": document.size,
        "received_at": format_instant(document.received_at),
    }


def checked(found: Checklist) -> dict[str, Any]:
    """A checklist with what stands against calling it complete, and advice."""
    against = against_completing(found, None)
    return {
        "complete": found.complete,
        "items": [_line(line) for line in found.lines],
        "against": against.model_dump() if against is not None else None,
        "advice": list(advice(found)),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.item.kind.value,
        "of": line.item.of.value,
        "citation": line.item.citation,
        "requested_at": format_instant(line.requested_at) if line.requested_at is not None else None,
        "received_at": format_instant(line.received_at) if line.received_at is not None else None,
        "missing": line.missing,
        "documents": line.documents,
        "pages": line.pages,
    }
