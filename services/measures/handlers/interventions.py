"""Interventions of coalitions: what ran where and when; their effects are looked at again after each change."""

from collections.abc import Iterable, Sequence
from typing import Any

from services.measures.domain.intervention import FOLLOWED, Intervention, after
from services.measures.repository.interventions import InterventionStore, key_of
from shared.contracts.recruitment.interventions import INTERVENTIONS
from shared.messaging.handling import Emit, On, Received, Reject, Subscription, Work


def keys(received: Received[Any]) -> Iterable[str]:
    """The intervention."""
    return (key_of(received.message.intervention),)


def take(received: Received[Any], work: Work[Intervention]) -> Sequence[Emit]:
    """Take over what happened to it. Rejected where its beginning was never told: nothing could be said of it."""
    (key,) = keys(received)
    before = work.get(key)
    found = after(before, received.message)
    if found is None:
        raise Reject("unknown-intervention", "intervention")
    if found != before:
        work.put(key, found)
    return ()


def subscription() -> Subscription:
    """Interventions as recruitment tells them; dose and reach change no estimate."""
    return Subscription(
        topic=INTERVENTIONS.name,
        handlers=tuple(On(event, keys, take) for event in FOLLOWED),
        store=InterventionStore(),
    )
