"""A rebuild knows every notice there was, sends none, and holds those of which nothing says that they left."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest

from services.notifications.book import REBUILT, Book
from services.notifications.domain.acts import act
from services.notifications.domain.notice import Notice, State
from services.notifications.domain.planning import Plan, follow, plan
from services.notifications.domain.registry import KINDS
from services.notifications.handlers import subscription
from services.notifications.repository import Notices
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.notifications.notices import RecordReturn, ReleaseNotice, ReturnReason
from shared.messaging.handling import Emit, Work
from shared.messaging.rebuild.reading import Reading
from tests.notifications.delivery.support import LATER, POSTAL, asked, done
from tests.notifications.support import NOW, STORES, WRITING, desk, received, request
from tests.recruitment.rebuild.memory import MemoryLog
from tests.support.service import KEYRING

ASKED_BY = UUID("0195b0de-0000-7000-8000-00000000000a")


def _heard(log: MemoryLog, message: NoticeRequested) -> UUID:
    """The request in its topic, from another service; the id of its envelope."""
    event_id = UUID(int=message.notice_id.int ^ ASKED_BY.int)
    log.hears(REQUESTS.name, event_id, str(message.notice_id), message, NOW)
    return event_id


def _say(log: MemoryLog, plan: Plan, cause: UUID | None = None) -> Notice:
    log.says([emit for emit in plan.events if "notices.v1" in emit.topic], NOW, cause)
    return plan.notice


async def _rebuilt(log: MemoryLog) -> tuple[Book, Reading]:
    book = Book(KINDS, Notices(KEYRING))
    reading = Reading("notifications", [subscription(STORES, WRITING)], book, lambda _: None)
    await reading.run(log)
    return book, reading


async def test_what_was_queued_is_held_and_has_its_words_from_the_request() -> None:
    log, message = MemoryLog(), asked(1)
    _say(log, plan(message, desk()), _heard(log, message))
    book, _ = await _rebuilt(log)
    held = book.notices[message.notice_id]
    assert (held.state, held.reason, held.recipient, held.facts) == (
        State.HELD,
        REBUILT,
        message.recipient,
        message.facts,
    )
    assert (held.type, held.subject, held.channel, held.due_at) == ("WELCOME", "subject-1", "email", message.due_at)


async def test_its_request_is_known_as_handled_so_that_nothing_is_planned_again() -> None:
    log, message = MemoryLog(), asked(1)
    cause = _heard(log, message)
    _say(log, plan(message, desk()), cause)
    _, reading = await _rebuilt(log)
    assert cause in {one.id for one in reading.path({}, dt.date(2000, 1, 1)).handled}


async def test_a_request_that_is_gone_leaves_a_held_notice_without_words_until_it_is_asked_again() -> None:
    log, message = MemoryLog(), asked(1)
    _say(log, plan(message, desk()))
    book, _ = await _rebuilt(log)
    held = book.notices[message.notice_id]
    assert (held.state, held.recipient, held.facts) == (State.HELD, None, None)
    release = ReleaseNotice(actor="ana", notice_id=held.id)
    assert not isinstance(act(release, held, desk(LATER)), Plan)
    key = f"notice:{held.id}"
    work: Work[object] = Work(LATER, {key: held})
    [handler] = subscription(STORES, WRITING).handlers
    work.begin(handler.keys(received(message)))
    assert handler.handle(received(message), work) == ()
    again = work.get(key)
    assert isinstance(again, Notice)
    assert done(release, again).notice.state is State.QUEUED


async def test_what_was_delivered_failed_returned_or_stopped_is_so_again() -> None:
    log = MemoryLog()
    sent = _say(log, plan(asked(1), desk()))
    _say(log, done_by_mail(sent))
    failed = _say(log, plan(asked(2), desk()))
    _say(log, follow(replace(failed, state=State.SENDING), "smtp-550", desk(LATER)))
    back = done_by_mail(_say(log, plan(asked(3), desk())))
    _say(log, back)
    came_back = RecordReturn(actor="a", notice_id=back.notice.id, reason=ReturnReason.MOVED, at=LATER)
    _say(log, done(came_back, back.notice))
    _say(log, plan(asked(4, email=None), desk()))
    _say(log, plan(asked(5, email="broken"), desk()))
    _say(log, plan(request(6, facts={}), desk()))
    book, _ = await _rebuilt(log)
    states = [book.notices[asked(number).notice_id].state for number in range(1, 7)]
    assert states == [State.SENT, State.FAILED, State.RETURNED, State.TASK, State.TASK, State.FAILED]


def done_by_mail(notice: Notice) -> Plan:
    """As the sender records it."""
    from services.notifications.domain import telling  # noqa: PLC0415

    given = replace(notice, state=State.SENT, attempts=1, finished_at=NOW)
    return Plan(given, (telling.delivered(given, NOW),))


async def test_a_notice_on_its_second_way_is_held_on_that_way() -> None:
    log, message = MemoryLog(), asked(1, postal=POSTAL)
    first = _say(log, plan(message, desk()))
    _say(log, follow(replace(first, state=State.SENDING), "smtp-550", desk(LATER)))
    book, _ = await _rebuilt(log)
    held = book.notices[message.notice_id]
    assert (held.state, held.channel, held.step) == (State.HELD, "letter", 2)


@pytest.mark.parametrize("value", [b"{broken", b'{"facility": 1}'])
async def test_what_others_wrote_wrongly_on_the_topic_of_requests_hinders_no_rebuild(value: bytes) -> None:
    log, message = MemoryLog(), asked(1)
    _say(log, plan(message, desk()), _heard(log, message))
    for records in log.topics[REQUESTS.name].values():
        for record in list(records):
            records.append(replace(record, value=value, offset=len(records)))
    book, _ = await _rebuilt(log)
    assert book.notices[message.notice_id].recipient == message.recipient


async def test_reading_the_history_says_nothing() -> None:
    log = MemoryLog()
    log.says([Emit(emit.topic, emit.key, emit.event) for emit in plan(asked(1), desk()).events], NOW)
    book, reading = await _rebuilt(log)
    assert reading.events == 1
    assert [notice.content for notice in book.notices.values()] == [None]
