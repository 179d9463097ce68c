"""Events of others, topic by topic: the roster follows them, and rows of the table make notices of them."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from services.notifications.domain.roster.kinds import KEPT
from services.notifications.domain.rules.firing import Cause, Table, fire
from shared.contracts.complaints import CASES
from shared.contracts.effects import EFFECTS
from shared.contracts.measures import GOALS
from shared.contracts.message import Event, Message
from shared.contracts.notifications.requests import REQUESTS, NoticeRequested
from shared.contracts.recruitment.coalitions import COALITIONS
from shared.contracts.recruitment.communities import COMMUNITIES
from shared.contracts.recruitment.participants import FACILITIES
from shared.contracts.recruitment.pipeline import PIPELINE
from shared.contracts.recruitment.pledges import PLEDGES
from shared.contracts.recruitment.program import PROGRAM
from shared.contracts.signals import SIGNALS
from shared.contracts.topic import Topic
from shared.messaging.handling import Emit, On, Received, Subscription, Work
from shared.records.deciding import Held
from shared.records.kinds import Kind, Record
from shared.records.store import RecordStore

# Nothing confidential: what is told follows from what everyone at a QIO may know.
TOPICS: Final[tuple[Topic, ...]] = (
    PROGRAM, FACILITIES, PIPELINE, COMMUNITIES, COALITIONS, PLEDGES, GOALS, CASES, SIGNALS, EFFECTS
)  # fmt: skip


def subscriptions(store: RecordStore, table: Table) -> tuple[Subscription, ...]:
    """One for each topic; messages of which nothing follows are passed over."""
    return tuple(_subscription(topic, store, table) for topic in TOPICS)


def asked(requests: Iterable[NoticeRequested]) -> tuple[Emit, ...]:
    """The requests, to be published."""
    return tuple(Emit(REQUESTS.name, str(request.notice_id), request) for request in requests)


def followers(message: type[Message]) -> tuple[Kind[Any], ...]:
    """The kinds of the roster that a message changes."""
    return tuple(kind for kind in KEPT if message in kind.events)


def _subscription(topic: Topic, store: RecordStore, table: Table) -> Subscription:
    heard = [message for message in topic.messages if followers(message) or message in table.rows]
    return Subscription(topic.name, tuple(_on(message, table) for message in heard), store)


def _on(message: type[Message], table: Table) -> On[Any, Record]:
    kinds = followers(message)
    return On(message, partial(_keys, kinds=kinds, table=table), partial(_handle, kinds=kinds, table=table))


def _keys(received: Received[Event], *, kinds: tuple[Kind[Any], ...], table: Table) -> Iterable[str]:
    yield from (kind.key(kind.id_of(received.message)) for kind in kinds)
    yield from table.keys(received.message)


def _handle(
    received: Received[Event], work: Work[Record], *, kinds: tuple[Kind[Any], ...], table: Table
) -> tuple[Emit, ...]:
    event, said_at = received.message, received.envelope.time
    follow(event, said_at, work, kinds)
    return asked(fire(table, event, Cause(received.envelope.id, said_at), work.now, Held(work.get)))


def follow(event: Event, at: dt.datetime, work: Work[Record], kinds: Iterable[Kind[Any]]) -> None:
    """Change the records of the roster that an event is about; ``at`` (UTC) is when it was said."""
    for kind in kinds:
        key = kind.key(kind.id_of(event))
        work.put(key, kind.after(work.get(key), event, at))
