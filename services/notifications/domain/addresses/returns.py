"""Reads mail that comes back: delivery reports, complaints, and replies that want to leave a list.

Anybody can send such a mail, so it is believed only what it says of a notice whose id it knows; nothing in it is
carried out, followed or kept. Standards: RFC 3464 (delivery reports), RFC 5965 (complaints).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from itertools import islice
from typing import Final
from uuid import UUID

from services.notifications.domain.addresses.statuses import bounce, status_in
from shared.contracts.notifications.lists import Bounce

# A report comes before the mail it returns, which may be cut off.
_BYTES: Final = 200_000
# Parts within parts cost their depth with every line; a report has few, with those of the mail it returns.
_TYPES: Final = 30
_PARTS: Final = 50
_FIELD: Final = 1_000
_UUID: Final = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LEAVING: Final = re.compile(r"\bunsubscribe[ _+]+([A-Za-z0-9_-]{60,300})(?![A-Za-z0-9_-])", re.IGNORECASE)
_MESSAGE_ID: Final = re.compile(r"^message-id:\s*(<[^<>\s]{1,300}>)", re.IGNORECASE | re.MULTILINE)
_UNWANTED: Final = frozenset(("abuse", "opt-out"))


@dataclass(frozen=True, slots=True)
class Bounced:
    """A mail came back for good; ``status`` is the enhanced status code, where there is one."""

    notice: UUID
    kind: Bounce
    status: str | None


@dataclass(frozen=True, slots=True)
class Complained:
    """The reader told their mail provider that it is unwanted."""

    notice: UUID


@dataclass(frozen=True, slots=True)
class Leaving:
    """The reader replied that they want to leave a list; the token says who and which, to whoever has the key."""

    token: str


Back = Bounced | Complained | Leaving


def read_back(raw: bytes, domain: str) -> Back | None:
    """What a mail says that came to us, ``domain`` being that of our Message-IDs; None for any other mail.

    Never raises. A mail that is only delayed says nothing yet.
    """
    raw = raw[:_BYTES]
    if raw.lower().count(b"content-type:") > _TYPES:
        return None
    mail = message_from_bytes(raw)
    parts = list(islice(mail.walk(), _PARTS))
    report = _part(parts, "message/delivery-status")
    if report is not None:
        return _bounced(_blocks(report), parts, domain)
    feedback = _part(parts, "message/feedback-report")
    if feedback is not None:
        return _complained(_blocks(feedback), parts, domain)
    leaving = _LEAVING.search(re.sub(r"\s+", " ", _field(mail, "Subject")))
    return Leaving(leaving[1]) if leaving else None


def mails(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The mails of a file, line by line: one mail, or many as an mbox keeps them (RFC 4155)."""
    kept: list[bytes] = []
    size, many, blank = 0, False, True
    for line in lines:
        if blank and line.startswith(b"From ") and (many or not kept):
            if kept:
                yield b"".join(kept)
            kept, size, many, blank = [], 0, True, False
            continue
        blank = not line.strip()
        if size < _BYTES:
            kept.append(line)
            size += len(line)
    if any(line.strip() for line in kept):
        yield b"".join(kept)


def _bounced(blocks: list[Message], parts: list[Message], domain: str) -> Bounced | None:
    failed = next((block for block in blocks if _field(block, "Action").strip().casefold() == "failed"), None)
    notice = _notice((_field(block, "Original-Envelope-Id") for block in blocks), domain) or _original(parts, domain)
    if failed is None or notice is None:
        return None
    status = status_in(_field(failed, "Status"), _field(failed, "Diagnostic-Code"))
    return Bounced(notice, bounce(status), status)


def _complained(blocks: list[Message], parts: list[Message], domain: str) -> Complained | None:
    unwanted = any(_field(block, "Feedback-Type").strip().casefold() in _UNWANTED for block in blocks)
    notice = _original(parts, domain)
    return Complained(notice) if unwanted and notice is not None else None


def _part(parts: list[Message], kind: str) -> Message | None:
    return next((part for part in parts if part.get_content_type() == kind), None)


def _blocks(part: Message) -> list[Message]:
    """The groups of fields of a report, which may be kept as parts or, of a type Python does not know, as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return [one for one in payload if isinstance(one, Message)]
    return [message_from_bytes(str(payload).encode("ascii", "replace"))]


def _original(parts: list[Message], domain: str) -> UUID | None:
    """The notice that the report returns, whole or its headers only."""
    own = parts[1:]  # the first is the report itself, whose Message-ID is the sender's
    ids = [_field(part, "Message-ID") for part in own]
    texts = [str(part.get_payload()) for part in own if part.get_content_type() == "text/rfc822-headers"]
    ids += [found[1] for text in texts if (found := _MESSAGE_ID.search(text[:_BYTES]))]
    return _notice(ids, domain)


def _notice(ids: Iterable[str], domain: str) -> UUID | None:
    ours = re.compile(rf"<?({_UUID})@{re.escape(domain)}>?", re.IGNORECASE)
    found = next((found for one in ids if (found := ours.fullmatch(one.strip()))), None)
    return UUID(found[1]) if found else None


def _field(message: Message, name: str) -> str:
    """A field in one piece of text, whatever bytes it holds."""
    return str(message.get(name, ""))[:_FIELD]
