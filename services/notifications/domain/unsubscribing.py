"""The links by which people join and leave lists, and the headers of list mail (RFC 2369, RFC 2919, RFC 8058)."""

import base64
import binascii
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.policy import Policy
from enum import StrEnum
from typing import Final, Self
from urllib.parse import quote
from uuid import UUID

# A keyed digest of 32 bytes of a text, for a purpose: what a keyring gives.
Reference = Callable[[str, str], bytes]

ONE_CLICK: Final = "List-Unsubscribe=One-Click"
_DIGEST: Final = 32
_CONTACT: Final = 16
_LONGEST: Final = 300


class Purpose(StrEnum):
    """What a link is for; a token for one is worth nothing for the other."""

    CONFIRM = "confirm"
    LEAVE = "unsubscribe"


class MailHeader(str):
    """A header that is written as it is: Python would otherwise encode long addresses, which no mail program reads.

    Addresses (after a comma and a space) stand on lines of their own, which never reach 998 characters.
    """

    __slots__ = ("name",)

    name: str

    def __new__(cls, name: str, value: str) -> Self:
        """The header; raises ValueError for anything but printable ASCII."""
        if not (value.isascii() and value.isprintable()):
            raise ValueError(f"{name} must be printable ASCII")
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: Policy) -> str:
        """The line or lines of the header."""
        return f"{self.name}: {self.replace(', ', f',{policy.linesep} ')}{policy.linesep}"


@dataclass(frozen=True, slots=True)
class Links:
    """Makes links and reads their tokens. ``url`` is where the pages are reached, ``mailbox`` where replies go.

    A token is derived, never stored: a keyed digest (HMAC-SHA256) over list, contact and purpose, and both ids, which
    say nothing to others. It is good for as long as the key is, whatever was sent in between.
    """

    reference: Reference
    url: str
    mailbox: str

    def confirm(self, list_id: str, contact: UUID) -> str:
        """The link that confirms a subscription."""
        return self._link(Purpose.CONFIRM, list_id, contact)

    def leave(self, list_id: str, contact: UUID) -> str:
        """The link that ends a subscription."""
        return self._link(Purpose.LEAVE, list_id, contact)

    def token(self, purpose: Purpose, list_id: str, contact: UUID) -> str:
        """What stands behind the last slash: letters, digits, ``-`` and ``_``."""
        plain = self._digest(purpose, list_id, contact) + contact.bytes + list_id.encode()
        return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()

    def read(self, purpose: Purpose, token: str) -> tuple[str, UUID] | None:
        """List and contact of a token for this purpose; None for whatever we did not make."""
        if len(token) > _LONGEST or not token.isascii():
            return None
        try:
            plain = base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True)
            list_id = plain[_DIGEST + _CONTACT :].decode()
            contact = UUID(bytes=plain[_DIGEST : _DIGEST + _CONTACT])
        except (binascii.Error, ValueError):
            return None
        if not hmac.compare_digest(plain[:_DIGEST], self._digest(purpose, list_id, contact)):
            return None
        return (list_id, contact)

    def _link(self, purpose: Purpose, list_id: str, contact: UUID) -> str:
        return f"{self.url}/{purpose}/{self.token(purpose, list_id, contact)}"

    def _digest(self, purpose: Purpose, list_id: str, contact: UUID) -> bytes:
        return self.reference("notifications.lists", f"{list_id}|{contact}|{purpose}")


def list_headers(links: Links, list_id: str, contact: UUID) -> Mapping[str, str]:
    """What a mail to a list carries besides: who it is from and how to leave. Never for legal notices.

    Receivers heed the one-click link only in mail with a DKIM signature that covers ``List-Unsubscribe`` and
    ``List-Unsubscribe-Post`` (RFC 8058 section 4). Put each into the mail as it is: ``mail[name] = value``.
    """
    token = links.token(Purpose.LEAVE, list_id, contact)
    reply = f"mailto:{links.mailbox}?subject={quote(f'unsubscribe {token}')}"
    values = {
        "List-Id": f"<{list_id}.{links.mailbox.rpartition('@')[2]}>",
        "List-Unsubscribe": f"<{links.leave(list_id, contact)}>, <{reply}>",
        "List-Unsubscribe-Post": ONE_CLICK,
    }
    return {name: MailHeader(name, value) for name, value in values.items()}
