"""What notifications does when it is asked for a notice, when staff record something of one, when a gateway answers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from services.notifications.domain import acts, directing
from services.notifications.domain.answers import answered
from services.notifications.domain.knowing import About
from services.notifications.domain.notice import Notice, State, notice_key
from services.notifications.domain.planning import plan
from services.notifications.domain.writing import Writing
from services.notifications.repository import Notices
from services.notifications.repository.acquaintances import (
    FURTHER,
    PREFIX,
    Acquaintances,
    FurtherAddresses,
    further_keys,
    known_key,
)
from shared.contracts.message import Command
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.notifications.gateways import GATEWAY_ANSWERS, GatewayAnswered
from shared.contracts.notifications.notices import ASKED
from shared.contracts.replies import Reason
from shared.messaging.handling import Accepted, Decision, Emit, On, Received, Refused, Store, Subscription, Work
from shared.messaging.stores import Stores
from shared.records.kinds import Kinds

# Planning a notice takes 1 to 2 ms; a batch must not hold its locks, or the loop, for seconds.
_MAX_RECORDS: Final = 100
_UNKNOWN: Final = Refused((Reason(code="NOTICE_UNKNOWN", field="notice_id", text="There is no such notice."),))


def stores(notices: Notices, records: Store[Any], kinds: Kinds, writing: Writing) -> Stores:
    """Notices, what is known of their recipients, and every kind of record, by the prefix of their keys."""
    return Stores(
        {
            "notice:": notices,
            PREFIX: Acquaintances(notices, records, writing.knowing),
            FURTHER: FurtherAddresses(records, writing.knowing),
            **{f"{name}:": records for name in kinds.by_name},
        }
    )


def subscription(store: Stores, writing: Writing) -> Subscription:
    """The topic of restricted requests, at most one notice for each notice id."""

    def keys(received: Received[NoticeRequested]) -> Iterable[str]:
        asked = received.message
        about = About.of(asked)
        known = (*writing.knowing.keys(about), *further_keys(about), *directing.keys(asked))
        return (notice_key(asked.notice_id), *known)

    def handle(received: Received[NoticeRequested], work: Work[Any]) -> tuple[Emit, ...]:
        asked = writing.completed(received.message)
        key = notice_key(asked.notice_id)
        before: Notice | None = work.get(key)
        if before is not None:  # asked again for the same cause and recipient
            if forgot(before, asked):
                work.put(key, remembered(before, asked))
            return ()
        if meant := directing.directed(asked, work.get, work.now.date()):
            return (Emit(REQUESTS.name, str(meant.notice_id), meant),)  # what is known of them is read with that one
        about = About.of(asked)
        desk = writing.desk(_records(writing, about, work).get, about, work.now)
        planned = plan(asked, desk)
        work.put(key, planned.notice)
        return planned.events

    handlers = (On(NoticeRequested, keys=keys, handle=handle),)
    return Subscription(REQUESTS.name, handlers, store, max_records=_MAX_RECORDS)


def _records(writing: Writing, about: About, work: Work[Any]) -> Mapping[str, Any]:
    """What is known of the recipient, by key."""
    known = {key: work.get(key) for key in writing.knowing.keys(about)}
    for key in further_keys(about):
        known = {**(work.get(key) or {}), **known}
    return known


def forgot(held: Notice, asked: NoticeRequested) -> bool:
    """Whether a request tells of a notice what a rebuild could not: for whom it is, or which contact holds that part.

    A request that was directed to a contact follows the one without an address under the same id.
    """
    known = held.recipient
    return held.state is not State.SENT and (
        known is None or (known.contact is None and asked.recipient.contact is not None)
    )


def remembered(held: Notice, asked: NoticeRequested) -> Notice:
    """A notice known from before a rebuild, with what was asked for, ``completed`` as when it was planned."""
    return replace(
        held,
        recipient=asked.recipient,
        facts=asked.facts,
        citation=asked.citation,
        due_at=asked.due_at,
        list_id=asked.list_id,
        campaign=asked.campaign,
    )


def answers(store: Stores, writing: Writing) -> Subscription:
    """The topic on which the site's gateway says what became of messages."""

    def handle(received: Received[GatewayAnswered], work: Work[Any]) -> tuple[Emit, ...]:
        answer = received.message
        notice: Notice | None = work.get(notice_key(answer.notice_id))
        if notice is None:
            return ()  # nobody asked: the gateway is not believed
        records: Mapping[str, Any] = work.get(known_key(answer.notice_id)) or {}
        desk = writing.desk(records.get, About.of(notice), work.now)
        after = answered(answer, notice, desk)
        if after.notice is not notice:
            work.put(notice_key(notice.id), after.notice)
        return after.events

    def keys(received: Received[GatewayAnswered]) -> Iterable[str]:
        return (notice_key(received.message.notice_id), known_key(received.message.notice_id))

    return Subscription(GATEWAY_ANSWERS.name, (On(GatewayAnswered, keys, handle),), store, max_records=_MAX_RECORDS)


def commands(writing: Writing) -> tuple[On[Any, Any], ...]:
    """What staff record about notices and ask for them."""

    def handle(received: Received[Any], work: Work[Any]) -> Decision:
        command: Command = received.message
        key = notice_key(received.message.notice_id)
        notice: Notice | None = work.get(key)
        if notice is None:
            return _UNKNOWN
        records: Mapping[str, Any] = work.get(known_key(notice.id)) or {}
        desk = writing.desk(records.get, About.of(notice), work.now)
        after = acts.act(command, notice, desk)
        if isinstance(after, acts.Against):
            return Refused(after.reasons)
        if after.notice is not notice:
            work.put(key, after.notice)
        made = {"notice_id": str(notice.id), "state": after.notice.state, "channel": after.notice.channel}
        return Accepted(made, after.events)

    def keys(received: Received[Any]) -> Iterable[str]:
        return (notice_key(received.message.notice_id), known_key(received.message.notice_id))

    return tuple(On(asked, keys, handle) for asked in ASKED)
