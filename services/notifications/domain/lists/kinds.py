"""How lists and subscriptions change by their events."""

import datetime as dt
from typing import Any, Final

from services.notifications.domain.lists.state import MailingList, State, Subscription, subscription_id
from shared.contracts.notifications.lists import (
    LISTS,
    SUBSCRIPTIONS,
    MailingListClosed,
    MailingListOpened,
    SubscriptionAsked,
    SubscriptionConfirmed,
    SubscriptionLeft,
)
from shared.records.kinds import Kind

Happened = SubscriptionAsked | SubscriptionConfirmed | SubscriptionLeft


def _list(before: MailingList | None, event: MailingListOpened | MailingListClosed, at: dt.datetime) -> MailingList:
    del at
    if isinstance(event, MailingListOpened):
        return MailingList(id=event.list_id, **event.model_dump(exclude={"list_id", "actor"}))
    assert before is not None
    return before.model_copy(update={"closed_at": event.closed_at})


def _subscription(before: Subscription | None, event: Happened, at: dt.datetime) -> Subscription:
    del at
    if isinstance(event, SubscriptionAsked):
        return Subscription(
            id=_id(event),
            list_id=event.list_id,
            contact=event.contact,
            state=State.PENDING,
            asked_at=event.asked_at,
            expires_at=event.expires_at,
        )
    assert before is not None
    if isinstance(event, SubscriptionConfirmed):
        return before.model_copy(update={"state": State.CONFIRMED, "confirmed_at": event.confirmed_at})
    return before.model_copy(update={"state": State.LEFT, "left_at": event.left_at, "left_by": event.how})


def _id(event: Happened) -> str:
    return subscription_id(event.list_id, event.contact)


LIST: Final = Kind(
    name="list",
    state=MailingList,
    events=(MailingListOpened, MailingListClosed),
    begins=(MailingListOpened,),
    id_of=lambda event: event.list_id,
    evolve=_list,
    topic=LISTS.name,
)
SUBSCRIPTION: Final = Kind(
    name="subscription",
    state=Subscription,
    events=(SubscriptionAsked, SubscriptionConfirmed, SubscriptionLeft),
    begins=(SubscriptionAsked,),
    id_of=_id,
    evolve=_subscription,
    topic=SUBSCRIPTIONS.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (LIST, SUBSCRIPTION)
