"""Whether somebody may be written to at all: what the law wants always, mail of a list only with consent."""

import datetime as dt
from enum import StrEnum

from services.notifications.domain.addresses.kinds import Address
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.lists.state import State, Subscription, standing
from shared.contracts.notifications.contacts import ContactFacts


class Unwanted(StrEnum):
    """Why a notice is not sent, in codes for its record."""

    STOPPED = "contact-stopped"
    NOT_ON_LIST = "not-on-list"  # never asked, not confirmed, or left
    COMPLAINED = "address-complained"
    FORGOTTEN = "contact-forgotten"
    STORY_WITHDRAWN = "story-withdrawn"  # whoever told it does not want it told any more


def may_write(
    category: Category,
    contact: ContactFacts | None,
    subscription: Subscription | None,
    address: Address | None,
    now: dt.datetime,
    *,
    list_id: str | None = None,
    confirming: bool = False,
    bulk: bool = False,
) -> Unwanted | None:
    """Why this may not be written to a contact; None where it may. ``now`` is in UTC.

    ``subscription`` is that of the contact to ``list_id``, ``address`` what is known of the address it would go to;
    None stands for nothing known. ``confirming``: it is the mail that asks to confirm a subscription. ``bulk``: it goes
    to many, in a campaign, or gathers what does, in a digest; who complained gets none. Whether the address can be
    used is another question: ``addresses.marking.usable``.
    """
    if category is Category.LEGAL:
        return None
    if contact is not None and contact.stopped:
        return Unwanted.STOPPED
    listed = list_id is not None or category is Category.LIST
    if (listed or bulk) and address is not None and address.facts.complained_at is not None:
        return Unwanted.COMPLAINED
    if not listed:
        return None
    if confirming:
        return None
    if subscription is None or subscription.list_id != list_id or standing(subscription, now) is not State.CONFIRMED:
        return Unwanted.NOT_ON_LIST
    return None
