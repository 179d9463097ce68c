"""Who of an audience is written to and by which channel, and why others are left out."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.terms import Channel, Part


class LeftOut(StrEnum):
    """Why somebody of an audience is not written to; of several reasons the first."""

    STOPPED = "STOPPED"  # asked not to be written to
    NOT_SUBSCRIBED = "NOT_SUBSCRIBED"  # not, or not any more, on the mailing list it is sent for
    NO_ADDRESS = "NO_ADDRESS"  # no address for any channel they want


# What of a contact's addresses a channel needs. Certified mail is for legal notices, a task for what cannot be sent.
NEEDS: Final[Mapping[Channel, str]] = MappingProxyType(
    {
        Channel.EMAIL: "email",
        Channel.LETTER: "postal",
        Channel.CALL: "phone",
        Channel.SMS: "mobile",
        Channel.VOICE: "phone",
        Channel.PORTAL: "portal",
    }
)
# The QIO's own people; who is in an audience through these alone gets what it gets for information.
STAFF: Final = frozenset({Part.QIO_STAFF, Part.SUPERVISOR})


def channel(facts: ContactFacts) -> Channel | None:
    """The first channel they want that there is an address for."""
    usable = (one for one in facts.preferences.channels if one in NEEDS and getattr(facts.addresses, NEEDS[one]))
    return next(usable, None)


def left_out(facts: ContactFacts, list_id: str | None, lists: AbstractSet[str]) -> LeftOut | None:
    """Why somebody on these ``lists`` does not get what is sent for ``list_id`` (None: for no list); None: they do."""
    if facts.stopped:
        return LeftOut.STOPPED
    if list_id is not None and list_id not in lists:
        return LeftOut.NOT_SUBSCRIBED
    return LeftOut.NO_ADDRESS if channel(facts) is None else None


def only_staff(parts: AbstractSet[Part]) -> bool:
    """Whether somebody is meant in no part but those of the QIO's own people."""
    return bool(parts) and parts <= STAFF
