"""The complete mail of a notice: the same bytes at every attempt, no personal data in its headers but the address."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import HeaderParseError, MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.notifications.domain.attachment import Attachment
from services.notifications.domain.letters import Letter, NotSendable
from shared.contracts.message import REDISCLOSURE

BAD_ADDRESS: Final = "bad-address"
NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


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
    try:
        parsed = Address(addr_spec=address)
    except (HeaderParseError, MessageError, ValueError, IndexError):
        raise NotSendable(BAD_ADDRESS) from None
    if parsed.addr_spec != address or not parsed.domain or not address.isascii() or not address.isprintable():
        raise NotSendable(BAD_ADDRESS)
    if any(char in address for char in ' ,;<>"()[]\\'):
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
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(sender.name, addr_spec=sender.address)
    mail["To"] = Address(addr_spec=checked_address(to))
    mail["Subject"] = letter.title
    mail["Date"] = format_datetime(queued_at.astimezone(dt.UTC))
    mail["Message-ID"] = message_id(notice_id, sender.domain)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Redisclosure"] = REDISCLOSURE
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(letter.text, cte="quoted-printable")
    mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = letter.language
    mail.set_boundary(f"=_{notice_id.hex}")  # a random one would make each attempt another mail
    for attachment in attachments:
        _attach(mail, attachment)
    if attachments:
        mail.set_boundary(f"=_{notice_id.hex}.m")
    return mail.as_bytes()


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    main, _, sub = attachment.content_type.partition("/")
    mail.add_attachment(
        attachment.content, maintype=main, subtype=sub, filename=attachment.name, params=dict(attachment.parameters)
    )
