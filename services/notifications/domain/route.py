"""Which ways a notice may go, in order, and from when on: by its type, its recipient and what the recipient asked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.notifications.domain.catalogue.kind import Category, NoticeType
from services.notifications.domain.contacts.hours import next_allowed, next_digest
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.mail import checked_address
from services.notifications.domain.notice import Channel
from shared.contracts.notifications import Recipient
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.lists import Reach
from shared.contracts.notifications.terms import Rhythm

DISTURBING: Final = frozenset((Channel.CALL, Channel.SMS, Channel.VOICE))
_UTC: Final = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a recipient besides the request.

    ``contact`` is None where there is none or it was forgotten; ``unusable`` are ways none of whose addresses reaches
    anybody, ``spent`` those of which the request's own does not, ``replaced`` the kinds of address of which the contact
    has another that may; ``against`` is the code of why a notice that no rule wants may not be sent at all.
    """

    contact: ContactFacts | None = None
    unusable: frozenset[Channel] = frozenset()
    spent: frozenset[Channel] = frozenset()
    replaced: frozenset[Reach] = frozenset()
    against: str | None = None


NOTHING: Final = Known()


def addressed(recipient: Recipient, known: Known) -> Recipient:
    """The recipient with the contact's preferences, and its addresses where the request has none that is of use."""
    facts = known.contact
    if facts is None:
        return recipient
    own, wished = facts.addresses, facts.preferences
    return recipient.model_copy(
        update={
            **{
                reach.value: getattr(own, reach)
                if reach in known.replaced
                else getattr(recipient, reach) or getattr(own, reach)
                for reach in Reach
            },
            "language": wished.language,
            "time_zone": wished.time_zone,
            "format": wished.format,
        }
    )


def address(channel: Channel, recipient: Recipient) -> str | None:
    """Where a message of this channel goes; None for ways that are no message and where there is no address."""
    match channel:
        case Channel.EMAIL:
            return recipient.email
        case Channel.SMS:
            return recipient.mobile
        case Channel.VOICE:
            return recipient.phone or recipient.mobile
        case Channel.PORTAL:
            return recipient.portal
    return None


def usable(channel: Channel, recipient: Recipient, known: Known) -> bool:
    """Whether this way can be gone. Staff find the number to call, and the address of certified mail, themselves."""
    if channel in (Channel.CALL, Channel.CERTIFIED, Channel.TASK):
        return True
    if channel in known.unusable:
        return False
    if channel is Channel.LETTER:
        return recipient.postal is not None
    if channel is Channel.EMAIL:
        return _is_plain(recipient.email or "")
    return address(channel, recipient) is not None


def route(described: NoticeType, recipient: Recipient, known: Known) -> tuple[Channel, ...]:
    """The usable ways, in the order of the notice type; what no rule wants goes in the order the contact prefers."""
    return tuple(one for one in _ordered(described, known) if usable(one, recipient, known))


def not_before(
    described: NoticeType, channel: Channel, known: Known, now: dt.datetime, due: dt.datetime
) -> dt.datetime:
    """From when on (UTC) this way may be gone: outside quiet hours where it rings.

    An urgent notice rings at any hour, and so does one that a rule wants and that would be late otherwise.
    """
    if known.contact is None or described.urgent or channel not in DISTURBING:
        return now
    wished = known.contact.preferences
    allowed = next_allowed(now, wished.quiet, zone(wished.time_zone))
    return now if described.category is Category.LEGAL and allowed > due else allowed


def digest_at(described: NoticeType, known: Known, now: dt.datetime) -> dt.datetime | None:
    """When (UTC) the digest goes that the notice waits for; None for what goes at once."""
    if known.contact is None or described.urgent or not described.digestible:
        return None
    wished = known.contact.preferences
    if wished.rhythm is Rhythm.AT_ONCE:
        return None
    return next_digest(now, wished.rhythm, zone(wished.time_zone))


def zone(name: str) -> ZoneInfo:
    """The IANA zone; UTC for what is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _UTC


def _ordered(described: NoticeType, known: Known) -> Iterable[Channel]:
    if known.contact is None or described.category is Category.LEGAL:
        return described.channels
    wished = known.contact.preferences.channels
    return sorted(described.channels, key=lambda one: wished.index(one) if one in wished else len(wished))


def _is_plain(email: str) -> bool:
    try:
        checked_address(email)
    except NotSendable:
        return False
    return True
