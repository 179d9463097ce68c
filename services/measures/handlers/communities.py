"""CommunityDefined and CommunityDissolved: which areas make a community; the folder publishes its results anew."""

from collections.abc import Iterable

from services.measures.domain.community import Community
from services.measures.repository.communities import CommunityStore, key_of
from shared.contracts.recruitment.communities import COMMUNITIES, CommunityDefined, CommunityDissolved
from shared.messaging.handling import Emit, On, Received, Subscription, Work


def keys(received: Received[CommunityDefined | CommunityDissolved]) -> Iterable[str]:
    """The community."""
    return (key_of(received.message.community),)


def defined(received: Received[CommunityDefined], work: Work[Community]) -> tuple[Emit, ...]:
    """Take the definition over unless a later version is known; no beneficiary is touched."""
    event = received.message
    return _take(work, Community(event.community, event.name, event.version, event.areas))


def dissolved(received: Received[CommunityDissolved], work: Work[Community]) -> tuple[Emit, ...]:
    """Leave the community without areas unless a later version is known: its results come to nothing.

    It keeps its name, and what was published of it is published anew as 0 of 0.
    """
    event = received.message
    known = work.get(key_of(event.community))
    name = event.community if known is None else known.name
    return _take(work, Community(event.community, name, event.version, ()))


def _take(work: Work[Community], said: Community) -> tuple[Emit, ...]:
    key = key_of(said.id)
    known = work.get(key)
    if known is None or said.version > known.version:
        work.put(key, said)
    return ()


def subscription() -> Subscription:
    """Communities as recruitment defines and dissolves them."""
    return Subscription(
        topic=COMMUNITIES.name,
        handlers=(On(CommunityDefined, keys, defined), On(CommunityDissolved, keys, dissolved)),
        store=CommunityStore(),
    )
