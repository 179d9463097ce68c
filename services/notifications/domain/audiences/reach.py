"""Who of an audience is written to and by which channel, and why others are left out."""

from collections.abc import Mapping, Sequence
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
    NO_ADDRESS = "NO_ADDRESS"  # no address for any of the ways a message may go


# The ways a campaign message may go, in the order of its notice type, and the address each needs.
WAYS: Final[Mapping[Channel, str]] = MappingProxyType(
    {Channel.EMAIL: "email", Channel.PORTAL: "portal", Channel.LETTER: "postal"}
)
# The QIO's own people; who is in an audience through these alone gets what it gets for information.
STAFF: Final = frozenset({Part.QIO_STAFF, Part.SUPERVISOR})


def way(wished: Sequence[Channel], addressed: AbstractSet[str]) -> Channel | None:
    """The way a message goes first, as planning will choose it: the one they like best of those with an address."""
    ways = sorted(WAYS, key=lambda one: wished.index(one) if one in wished else len(wished))
    return next((one for one in ways if WAYS[one] in addressed), None)


def why_not(way: Channel | None, *, stopped: bool, may_get: bool) -> LeftOut | None:
    """Why somebody is left out, None when they are not; ``may_get``: they are on the list it is sent for, if any."""
    if stopped:
        return LeftOut.STOPPED
    if not may_get:
        return LeftOut.NOT_SUBSCRIBED
    return LeftOut.NO_ADDRESS if way is None else None


def left_out(facts: ContactFacts, list_id: str | None, lists: AbstractSet[str]) -> LeftOut | None:
    """Why somebody on these ``lists`` does not get what is sent for ``list_id`` (None: for no list); None: they do."""
    return why_not(channel(facts), stopped=facts.stopped, may_get=list_id is None or list_id in lists)


def channel(facts: ContactFacts) -> Channel | None:
    """The way a message to a contact goes first."""
    addressed = frozenset(name for name in WAYS.values() if getattr(facts.addresses, name))
    return way(facts.preferences.channels, addressed)


def only_staff(parts: AbstractSet[Part]) -> bool:
    """Whether somebody is meant in no part but those of the QIO's own people."""
    return bool(parts) and parts <= STAFF
