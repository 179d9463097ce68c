"""What the records tell of the recipient of a notice: contact, subscription, and which addresses reach nobody."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.notifications.domain.addresses.ids import REACH, AddressIds
from services.notifications.domain.addresses.kinds import ADDRESS, Address
from services.notifications.domain.addresses.marking import usable
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.engagement import lasting
from services.notifications.domain.engagement.kinds import STORY
from services.notifications.domain.lists.allowed import Unwanted, may_write
from services.notifications.domain.lists.asking import NOTICE as CONFIRMATION
from services.notifications.domain.lists.kinds import SUBSCRIPTION
from services.notifications.domain.lists.state import Subscription, subscription_id
from services.notifications.domain.notice import Notice
from services.notifications.domain.route import NOTHING, Known
from shared.contracts.notifications import NoticeRequested, Recipient
from shared.contracts.notifications.lists import Reach
from shared.contracts.notifications.terms import Channel

# The record of a key, or None.
Get = Callable[[str], Any]
_DIGEST: Final = "DIGEST"


@dataclass(frozen=True, slots=True)
class About:
    """What of a notice, asked for or kept, decides what must be known of its recipient."""

    notice_type: str
    recipient: Recipient | None
    list_id: str | None = None
    campaign: UUID | None = None
    subject: str = ""

    @classmethod
    def of(cls, one: NoticeRequested | Notice) -> "About":
        """The same of a request and of the notice it became."""
        kind = one.type if isinstance(one, Notice) else one.notice_type
        return cls(kind, one.recipient, one.list_id, one.campaign, one.subject)

    @property
    def story(self) -> str | None:
        """The id of the story it tells or gives thanks for."""
        return self.subject.removeprefix(lasting.SUBJECT) if self.subject.startswith(lasting.SUBJECT) else None


@dataclass(frozen=True, slots=True)
class Knowing:
    """Finds what is known; ``ids`` makes the ids of addresses."""

    ids: AddressIds

    def keys(self, about: About) -> tuple[str, ...]:
        """The records that tell something of this recipient; ``further`` says which others, once these are known."""
        recipient = about.recipient
        if recipient is None:
            return ()
        keys = [ADDRESS.key(str(one)) for one in self.ids.of_recipient(recipient).values()]
        if about.story is not None:
            keys.append(STORY.key(about.story))
        if recipient.contact is not None:
            keys.append(CONTACT.key(str(recipient.contact)))
            if about.list_id is not None:
                keys.append(SUBSCRIPTION.key(subscription_id(about.list_id, recipient.contact)))
        return tuple(dict.fromkeys(keys))

    def further(self, contact: Contact | None) -> tuple[str, ...]:
        """The records of the contact's own addresses, which stand in where the request has none."""
        if contact is None or contact.facts is None:
            return ()
        return tuple(ADDRESS.key(str(one)) for one in self.ids.of_contact(contact.facts.addresses).values())

    def known(self, get: Get, about: About, now: dt.datetime) -> Known:
        """What is known at ``now`` (UTC); ``get`` gives the records of ``keys`` and ``further``."""
        described, recipient = CATALOGUE.get(about.notice_type), about.recipient
        if recipient is None or described is None:
            return NOTHING
        contact: Contact | None = None
        subscription: Subscription | None = None
        if recipient.contact is not None:
            contact = get(CONTACT.key(str(recipient.contact)))
            if about.list_id is not None:
                subscription = get(SUBSCRIPTION.key(subscription_id(about.list_id, recipient.contact)))
        facts = contact.facts if contact is not None else None
        given = self._addresses(get, self.ids.of_recipient(recipient))
        own = self._addresses(get, self.ids.of_contact(facts.addresses)) if facts is not None else {}
        spent = _unusable(given, now)
        replaced = frozenset(one for one in spent if one in own and one not in _unusable(own, now))
        used = {**own, **{reach: address for reach, address in given.items() if reach not in replaced}}
        against = may_write(
            described.category,
            facts,
            subscription,
            used.get(Reach.EMAIL),
            now,
            list_id=about.list_id,
            confirming=about.notice_type == CONFIRMATION,
            bulk=about.campaign is not None or about.notice_type == _DIGEST,
        )
        if described.category is not Category.LEGAL:
            against = against or self._taken_back(get, about, recipient, contact)
        return Known(
            facts,
            unusable=_channels(_unusable(used, now)),
            spent=_channels(spent),
            replaced=replaced,
            against=against,
        )

    def _taken_back(self, get: Get, about: About, recipient: Recipient, contact: Contact | None) -> Unwanted | None:
        # Whoever is known twice and was merged asked for nothing.
        if contact is not None and contact.facts is None and contact.merged_into is None:
            return Unwanted.FORGOTTEN
        if about.story is None:
            return None
        told = lasting.may_be_told(get(STORY.key(about.story)), about.notice_type, recipient.role)
        return None if told else Unwanted.STORY_WITHDRAWN

    def _addresses(self, get: Get, ids: Mapping[Reach, UUID]) -> dict[Reach, Address | None]:
        return {reach: get(ADDRESS.key(str(one))) for reach, one in ids.items()}


def _unusable(addresses: Mapping[Reach, Address | None], now: dt.datetime) -> frozenset[Reach]:
    return frozenset(
        reach for channel, reach in REACH.items() if reach in addresses and not usable(channel, addresses[reach], now)
    )


def _channels(reaches: frozenset[Reach]) -> frozenset[Channel]:
    return frozenset(channel for channel, reach in REACH.items() if reach in reaches)
