"""The ids of addresses: keyed digests, so that what is known of an address can be kept and told without it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.notifications.domain.unsubscribing import Reference
from shared.contracts.notifications.lists import Reach
from shared.contracts.notifications.requests import Recipient
from shared.contracts.notifications.terms import Addresses, Channel, PostalAddress

# Staff's own task needs no address.
REACH: Final[Mapping[Channel, Reach]] = MappingProxyType(
    {
        Channel.EMAIL: Reach.EMAIL,
        Channel.LETTER: Reach.POSTAL,
        Channel.CERTIFIED: Reach.POSTAL,
        Channel.CALL: Reach.PHONE,
        Channel.SMS: Reach.MOBILE,
        Channel.VOICE: Reach.MOBILE,
        Channel.PORTAL: Reach.PORTAL,
    }
)
_NATIONAL_DIGITS: Final = 10


@dataclass(frozen=True, slots=True)
class AddressIds:
    """Makes the id of an address: the same however it is written, and nothing to be told from it without the key."""

    reference: Reference

    def of(self, reach: Reach, address: str) -> UUID:
        """The id of one address, in one line."""
        text = f"{reach}|{normal(reach, address)}"
        return UUID(bytes=self.reference("notifications.addresses", text)[:16], version=4)

    def of_contact(self, known: Addresses) -> dict[Reach, UUID]:
        """The ids of all addresses of a contact."""
        return self._of(known.email, known.postal, known.phone, known.mobile, known.portal)

    def of_recipient(self, known: Recipient) -> dict[Reach, UUID]:
        """The ids of all addresses that a notice could go to."""
        return self._of(known.email, known.postal, known.phone, known.mobile, known.portal)

    def _of(
        self,
        email: str | None,
        postal: PostalAddress | None,
        phone: str | None,
        mobile: str | None,
        portal: str | None,
    ) -> dict[Reach, UUID]:
        given = {
            Reach.EMAIL: email,
            Reach.POSTAL: postal and postal_line(postal),
            Reach.PHONE: phone,
            Reach.MOBILE: mobile,
            Reach.PORTAL: portal,
        }
        return {reach: self.of(reach, address) for reach, address in given.items() if address}


def postal_line(address: PostalAddress) -> str:
    """A postal address in one line; the four further digits of a ZIP Code do not make it another."""
    return " ".join((*address.lines, address.city, address.state, address.zip_code[:5]))


def normal(reach: Reach, address: str) -> str:
    """How an address is written to be compared: case, blanks and punctuation do not count where none may matter."""
    match reach:
        case Reach.EMAIL:
            # Case matters to no mail server in use, whatever RFC 5321 2.4 leaves open for the part before the @.
            return address.strip().casefold()
        case Reach.PHONE | Reach.MOBILE:
            digits = re.sub("[^0-9]", "", address)
            return digits[1:] if len(digits) > _NATIONAL_DIGITS and digits.startswith("1") else digits
        case Reach.POSTAL:
            return " ".join(re.findall(r"\w+", address.casefold()))
        case Reach.PORTAL:
            return address.strip()
