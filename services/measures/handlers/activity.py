"""FacilityActivity: counts of appeals and confirmed concerns, complete each time; the last told holds."""

from collections.abc import Iterable

from services.measures.repository.activity import ActivityStore, key_of
from shared.contracts.complaints import ACTIVITY, FacilityActivity
from shared.messaging.handling import Emit, On, Received, Subscription, Work


def keys(received: Received[FacilityActivity]) -> Iterable[str]:
    """The facility and month."""
    return (key_of(received.message.ccn, received.message.month),)


def counted(received: Received[FacilityActivity], work: Work[FacilityActivity]) -> tuple[Emit, ...]:
    """Take the counts over."""
    work.put(key_of(received.message.ccn, received.message.month), received.message)
    return ()


def subscription() -> Subscription:
    """Activity as complaints tells it."""
    return Subscription(topic=ACTIVITY.name, handlers=(On(FacilityActivity, keys, counted),), store=ActivityStore())
