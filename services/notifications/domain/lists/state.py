"""What is kept of a mailing list and of a subscription, and what can happen to them."""

import datetime as dt
from enum import StrEnum
from typing import Final
from uuid import UUID

from pydantic import AwareDatetime

from shared.contracts.notifications.lists import LeftBy
from shared.contracts.notifications.terms import Part
from shared.records.kinds import Record
from shared.records.machine import Machine


class MailingList(Record):
    """A mailing list; once closed it stays closed."""

    id: str
    name: str
    purpose: str
    parts: tuple[Part, ...]
    languages: tuple[str, ...]
    owner: str
    phone: str
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None = None


class State(StrEnum):
    """Where a subscription is."""

    ABSENT = "ABSENT"  # never asked for
    PENDING = "PENDING"
    EXPIRED = "EXPIRED"  # asked for and not confirmed in time
    CONFIRMED = "CONFIRMED"
    LEFT = "LEFT"


class Action(StrEnum):
    """What can be done with a subscription."""

    ASK = "ASK"
    CONFIRM = "CONFIRM"
    LEAVE = "LEAVE"


MACHINE: Final = Machine(
    "the subscription",
    {
        (State.ABSENT, Action.ASK): State.PENDING,
        (State.PENDING, Action.ASK): State.PENDING,
        (State.PENDING, Action.CONFIRM): State.CONFIRMED,
        (State.PENDING, Action.LEAVE): State.LEFT,
        (State.EXPIRED, Action.ASK): State.PENDING,
        (State.EXPIRED, Action.LEAVE): State.LEFT,
        (State.CONFIRMED, Action.ASK): State.CONFIRMED,
        (State.CONFIRMED, Action.CONFIRM): State.CONFIRMED,
        (State.CONFIRMED, Action.LEAVE): State.LEFT,
        # Whoever left comes back by asking; a link that confirmed once does not bring them back.
        (State.LEFT, Action.ASK): State.PENDING,
        (State.LEFT, Action.LEAVE): State.LEFT,
    },
)


class Subscription(Record):
    """A contact on a list. Times are UTC; those of an earlier time on the list are gone with the next asking.

    ``state`` is PENDING, CONFIRMED or LEFT: that it expired is told by the time, see ``standing``.
    """

    id: str
    list_id: str
    contact: UUID
    state: State
    asked_at: AwareDatetime
    expires_at: AwareDatetime
    confirmed_at: AwareDatetime | None = None
    left_at: AwareDatetime | None = None
    left_by: LeftBy | None = None


def subscription_id(list_id: str, contact: UUID) -> str:
    """The id of the subscription of a contact to a list."""
    return f"{list_id}|{contact}"


def standing(subscription: Subscription | None, now: dt.datetime) -> State:
    """The state at this time (UTC)."""
    if subscription is None:
        return State.ABSENT
    if subscription.state is State.PENDING and subscription.expires_at <= now:
        return State.EXPIRED
    return subscription.state
