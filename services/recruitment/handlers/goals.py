"""GoalReached and GoalWithdrawn: how far a coalition's community has come with the goals of the program."""

from collections.abc import Iterable
from functools import partial

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.progress import progress
from shared.contracts.measures import GOALS, GoalReached, GoalWithdrawn
from shared.messaging.handling import Emit, On, Received, Subscription, Work
from shared.records.commands import happen
from shared.records.kinds import Kinds, Record
from shared.records.store import RecordStore


def subscription(kinds: Kinds, store: RecordStore) -> Subscription:
    """What measures says of goals."""
    handle = partial(said, kinds=kinds)
    return Subscription(
        topic=GOALS.name, handlers=(On(GoalReached, keys, handle), On(GoalWithdrawn, keys, handle)), store=store
    )


def keys(received: Received[GoalReached | GoalWithdrawn]) -> Iterable[str]:
    """The coalition over the community."""
    return (COALITION.key(received.message.community),)


def said(received: Received[GoalReached | GoalWithdrawn], work: Work[Record], *, kinds: Kinds) -> tuple[Emit, ...]:
    """Take it into the coalition's progress; where there is none, or what is said is held already, nothing happens."""
    held = work.get(COALITION.key(received.message.community))
    assert held is None or isinstance(held, COALITION.state)
    event = progress(held, received.message) if held else None
    return tuple(happen([event] if event else [], work, kinds))
