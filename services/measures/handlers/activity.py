"""FacilityActivity: counts of appeals and confirmed concerns, complete each time; the last told holds."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from services.measures.repository.activity import ActivityStore, key_of
from shared.contracts.complaints import ACTIVITY, FacilityActivity
from shared.messaging.handling import Emit, On, Received, Reject, Subscription, Work

FIRST: Final = "2000-01"
_ZONES: Final = dt.timedelta(days=1)  # it may be tomorrow at a facility


def keys(received: Received[FacilityActivity]) -> Iterable[str]:
    """The facility and month."""
    return (key_of(received.message.ccn, received.message.month),)


def counted(received: Received[FacilityActivity], work: Work[FacilityActivity]) -> tuple[Emit, ...]:
    """Take the counts over.

    Months of all facilities go from the first to the last that any of them told, so one that cannot be is refused.
    """
    month = received.message.month
    if not (FIRST <= month <= f"{work.now + _ZONES:%Y-%m}" and "01" <= month[5:] <= "12"):
        raise Reject("month-out-of-range", "month")
    work.put(key_of(received.message.ccn, month), received.message)
    return ()


def subscription() -> Subscription:
    """Activity as complaints tells it."""
    return Subscription(topic=ACTIVITY.name, handlers=(On(FacilityActivity, keys, counted),), store=ActivityStore())
