"""What the records tell of the recipient of a notice: contact, subscription, and which addresses reach nobody."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from services.notifications.domain.addresses.ids import REACH, AddressIds
from services.notifications.domain.addresses.kinds import ADDRESS, Address
from services.notifications.domain.addresses.marking import usable
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.contacts.kinds import CONTACT, Contact
from services.notifications.domain.lists.allowed import may_write
from services.notifications.domain.lists.asking import NOTICE as CONFIRMATION
from services.notifications.domain.lists.kinds import SUBSCRIPTION
from services.notifications.domain.lists.state import Subscription, subscription_id
from services.notifications.domain.route import NOTHING, Known
from shared.contracts.notifications import Recipient
from shared.contracts.notifications.lists import Reach

# The record of a key, or None.
Get = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Knowing:
    """Finds what is known; ``ids`` makes the ids of addresses."""

    ids: AddressIds

    def keys(self, recipient: Recipient | None, list_id: str | None) -> tuple[str, ...]:
        """The records that tell something of this recipient."""
        if recipient is None:
            return ()
        keys = [ADDRESS.key(str(one)) for one in self.ids.of_recipient(recipient).values()]
        if recipient.contact is not None:
            keys.append(CONTACT.key(str(recipient.contact)))
            if list_id is not None:
                keys.append(SUBSCRIPTION.key(subscription_id(list_id, recipient.contact)))
        return tuple(dict.fromkeys(keys))

    def known(
        self, get: Get, notice_type: str, recipient: Recipient | None, list_id: str | None, now: dt.datetime
    ) -> Known:
        """What is known at ``now`` (UTC); ``get`` gives the records of ``keys``."""
        described = CATALOGUE.get(notice_type)
        if recipient is None or described is None:
            return NOTHING
        addresses = {reach: self._address(get, one) for reach, one in self.ids.of_recipient(recipient).items()}
        contact: Contact | None = None
        subscription: Subscription | None = None
        if recipient.contact is not None:
            contact = get(CONTACT.key(str(recipient.contact)))
            if list_id is not None:
                subscription = get(SUBSCRIPTION.key(subscription_id(list_id, recipient.contact)))
        facts = contact.facts if contact is not None else None
        against = may_write(
            described.category,
            facts,
            subscription,
            addresses.get(Reach.EMAIL),
            now,
            list_id=list_id,
            confirming=notice_type == CONFIRMATION,
        )
        unusable = frozenset(one for one, reach in REACH.items() if not usable(one, addresses.get(reach), now))
        return Known(facts, unusable, against)

    def _address(self, get: Get, address: object) -> Address | None:
        found: Address | None = get(ADDRESS.key(str(address)))
        return found
