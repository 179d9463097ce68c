"""ConcernConfirmed: a standard of care was not met at a provider, so help is offered there."""

from collections.abc import Iterable

from services.recruitment.repository.assistance import AssistanceStore, key_of
from shared.contracts.complaints import CONCERNS, ConcernConfirmed
from shared.messaging.handling import Emit, On, Received, Subscription, Work


def keys(received: Received[ConcernConfirmed]) -> Iterable[str]:
    """The request that the concern opens."""
    return (key_of(received.message.concern),)


def confirmed(received: Received[ConcernConfirmed], work: Work[ConcernConfirmed]) -> tuple[Emit, ...]:
    """Open a request for assistance; the same concern opens one only."""
    work.put(key_of(received.message.concern), received.message)
    return ()


def subscription() -> Subscription:
    """Confirmed concerns as complaints may tell them: provider and topic (42 CFR 480.105)."""
    return Subscription(topic=CONCERNS.name, handlers=(On(ConcernConfirmed, keys, confirmed),), store=AssistanceStore())
