"""CommunityDefined: which areas make a community from now on; the folder publishes its results anew."""

from collections.abc import Iterable

from services.measures.domain.community import Community
from services.measures.repository.communities import CommunityStore, key_of
from shared.contracts.recruitment.communities import COMMUNITIES, CommunityDefined
from shared.messaging.handling import Emit, On, Received, Subscription, Work


def keys(received: Received[CommunityDefined]) -> Iterable[str]:
    """The community."""
    return (key_of(received.message.community),)


def defined(received: Received[CommunityDefined], work: Work[Community]) -> tuple[Emit, ...]:
    """Take the definition over unless a later version is known; no beneficiary is touched."""
    event = received.message
    key = key_of(event.community)
    known = work.get(key)
    if known is None or event.version > known.version:
        work.put(key, Community(event.community, event.name, event.version, event.areas))
    return ()


def subscription() -> Subscription:
    """Communities as recruitment defines them."""
    return Subscription(
        topic=COMMUNITIES.name,
        handlers=(On(CommunityDefined, keys, defined),),
        store=CommunityStore(),
    )
