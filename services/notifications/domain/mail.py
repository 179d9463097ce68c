"""The complete mail of a notice: the same bytes at every attempt, no personal data in its headers but the address.

It is put together here, byte by byte: EmailMessage takes longer for it than all the rest of planning does together. The
tests hold it to what EmailMessage makes of the same letter.
"""

import binascii
import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.notifications.domain.attachment import Attachment
from services.notifications.domain.letters import Letter, NotSendable
from shared.contracts.message import REDISCLOSURE

BAD_ADDRESS: Final = "bad-address"
NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})

_ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_PLAIN: Final = re.compile(rf"{_ATOM}(\.{_ATOM})*@{_ATOM}(\.{_ATOM})*")  # dot-atoms of RFC 5322 3.2.3
_ENCODED: Final = "=?"  # would be read as an encoded word (RFC 2047)
_EOL: Final = "\r\n"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose name and address stand in From; the address is also where failures return to."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """The part after the at sign."""
        return self.address.rpartition("@")[2]


def message_id(notice_id: UUID, domain: str) -> str:
    """The Message-ID of a notice: always the same, so that a repeated mail shows as a repetition."""
    return f"<{notice_id}@{domain}>"


def checked_address(address: str) -> str:
    """The address, when it is one plain address; raises NotSendable for control characters, lists and the like."""
    if not _PLAIN.fullmatch(address) or _ENCODED in address:
        raise NotSendable(BAD_ADDRESS)
    return address


def compose(
    letter: Letter,
    *,
    notice_id: UUID,
    to: str,
    sender: Sender,
    queued_at: dt.datetime,
    headers: Mapping[str, str] = NO_HEADERS,
    attachments: tuple[Attachment, ...] = (),
) -> bytes:
    """The mail with a plain text and an HTML part, CRLF line ends. ``queued_at`` (UTC) is its Date.

    The recipient's name stays out of the headers, which every relay on the way may log. ``headers`` are those of mail
    for a list.
    """
    boundary = f"=_{notice_id.hex}"  # a random one would make each attempt another mail
    body = _multipart(
        "alternative",
        boundary,
        (_text("plain", letter.text), _text("html", letter.html)),
        f"Content-Language: {letter.language}{_EOL}",
    )
    if attachments:
        body = _multipart("mixed", f"{boundary}.m", (body, *map(_attached, attachments)))
    lines = (
        _from(sender),
        _line("To", checked_address(to)),
        _same("Subject", letter.title),
        _line("Date", format_datetime(queued_at.astimezone(dt.UTC))),
        _line("Message-ID", message_id(notice_id, sender.domain)),
        _line("Auto-Submitted", "auto-generated"),
        _line("X-Redisclosure", REDISCLOSURE),
        *(_folded(name, value) for name, value in headers.items()),
        _line("MIME-Version", "1.0"),
    )
    return "".join(lines).encode() + body


@lru_cache(maxsize=8)
def _from(sender: Sender) -> str:
    return _folded("From", str(Address(sender.name, addr_spec=sender.address)))


@lru_cache(maxsize=1024)
def _same(name: str, value: str) -> str:
    """A header that many mails have: its words are those of a type of notice, never of a person."""
    return _folded(name, value)


def _line(name: str, value: str) -> str:
    """A header of plain words of ours, or of a checked address, which no reader would understand in pieces."""
    return f"{name}: {value}{_EOL}"


def _folded(name: str, value: str) -> str:
    """A header, encoded and on as many lines as it needs; raises ValueError for a line end in its value."""
    folded: str = SMTP.fold(*SMTP.header_store_parse(name, value))
    return folded


def _text(subtype: str, words: str) -> bytes:
    """A part of text in UTF-8, quoted-printable, its last line ended."""
    head = f'Content-Type: text/{subtype}; charset="utf-8"{_EOL}Content-Transfer-Encoding: quoted-printable{_EOL}{_EOL}'
    lines = words.encode().splitlines()
    return head.encode() + binascii.b2a_qp(b"\r\n".join((*lines, b"")), istext=True)


def _attached(attachment: Attachment) -> bytes:
    part = EmailMessage(policy=SMTP)
    main, _, sub = attachment.content_type.partition("/")
    part.set_content(
        attachment.content,
        maintype=main,
        subtype=sub,
        disposition="attachment",
        filename=attachment.name,
        params=dict(attachment.parameters),
    )
    return part.as_bytes()


def _multipart(subtype: str, boundary: str, parts: Sequence[bytes], headers: str = "") -> bytes:
    """Parts one after the other, each with headers of its own and its last line ended (RFC 2046 5.1.1)."""
    head = f'Content-Type: multipart/{subtype};{_EOL} boundary="{boundary}"{_EOL}{headers}{_EOL}'
    return b"".join((head.encode(), *_fenced(boundary.encode(), parts)))


def _fenced(boundary: bytes, parts: Sequence[bytes]) -> Iterable[bytes]:
    for part in parts:
        yield from (b"--", boundary, b"\r\n", part, b"\r\n")
    yield from (b"--", boundary, b"--\r\n")
