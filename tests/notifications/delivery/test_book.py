"""A rebuild knows every notice there was, sends none, and holds those of which nothing says that they left."""

import datetime as dt
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest

from services.notifications.book import REBUILT, Book
from services.notifications.domain.acts import act
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import BY_TEXT_TOO
from services.notifications.domain.notice import Channel, Notice, State
from services.notifications.domain.planning import Plan, follow, plan
from services.notifications.domain.registry import KINDS
from services.notifications.domain.route import Known
from services.notifications.handlers import subscription
from services.notifications.repository import Notices
from shared.contracts.notifications import REQUESTS, NoticeRequested
from shared.contracts.notifications.notices import RecordReturn, ReleaseNotice, ReturnReason
from shared.messaging.handling import Emit, Work
from shared.messaging.rebuild.reading import Reading
from tests.notifications.delivery.support import CONTACT, LATER, POSTAL, asked, done, person
from tests.notifications.support import FACTS, NOW, STORES, WRITING, desk, received, request
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
    book = Book(KINDS, Notices(KEYRING), WRITING)
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


async def test_a_notice_that_was_directed_to_a_contact_comes_back_for_that_contact() -> None:
    log = MemoryLog()
    first = request(kind="SESSION_REMINDER", email=None)
    meant = first.model_copy(update={"recipient": asked(1, "SESSION_REMINDER", contact=CONTACT).recipient})
    log.hears(REQUESTS.name, ASKED_BY, str(first.notice_id), first, NOW)
    _say(log, plan(meant, desk()), _heard(log, meant))
    book, _ = await _rebuilt(log)
    assert book.notices[meant.notice_id].recipient == meant.recipient


async def _released(log: MemoryLog, message: NoticeRequested, now: dt.datetime) -> tuple[Notice, Notice]:
    """The notice as it was planned, and after a rebuild and its release."""
    first = _say(log, plan(WRITING.completed(message), desk()), _heard(log, message))
    book, _ = await _rebuilt(log)
    held = book.notices[message.notice_id]
    assert held.state is State.HELD
    return first, done(ReleaseNotice(actor="ana", notice_id=held.id), held, now).notice


def _mail(notice: Notice) -> EmailMessage:
    assert notice.content is not None
    return message_from_bytes(notice.content, policy=default)


async def test_a_held_invitation_to_a_survey_goes_with_the_code_and_the_link_it_had() -> None:
    facts = {**FACTS["SURVEY_INVITATION"], "survey_group": "APPEAL", "answer_by": "2014-09-05"}
    del facts["survey_code"]
    message = asked(1, "SURVEY_INVITATION", "beneficiary", language="es").model_copy(update={"facts": facts})
    first, again = await _released(MemoryLog(), message, LATER)
    assert (first.facts, again.facts, again.state) == (first.facts, first.facts, State.QUEUED)
    words = _mail(again).get_body(("plain",))
    assert words is not None
    assert again.facts is not None
    assert again.facts["survey_code"] in words.get_content()
    assert again.facts["survey_url"] in words.get_content()


@pytest.mark.parametrize(
    "kind", sorted(kind for kind, one in CATALOGUE.items() if "leave_url" in (*one.mandatory, *one.optional))
)
async def test_held_mail_of_a_list_goes_with_its_way_out(kind: str) -> None:
    role = next(iter(CATALOGUE[kind].letters))
    facts = {name: value for name, value in FACTS[kind].items() if name != "leave_url"}
    message = asked(1, kind, role, contact=CONTACT).model_copy(update={"facts": facts, "list_id": "falls"})
    first, again = await _released(MemoryLog(), message, LATER)
    assert again.facts == first.facts
    mail, link = _mail(again), WRITING.links.leave("falls", CONTACT)
    assert link in str(mail["List-Unsubscribe"])
    words = mail.get_body(("plain",))
    assert words is not None
    assert link in words.get_content()


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (kind, role)
        for kind, one in CATALOGUE.items()
        for role in {one.letters[role]: role for role in one.letters}.values()
    ],
)
async def test_every_held_notice_is_written_again_word_for_word(kind: str, role: str) -> None:
    message = asked(1, kind, role, contact=CONTACT, postal=POSTAL)
    first, again = await _released(MemoryLog(), message, NOW)
    assert (again.facts, again.recipient, again.letter, again.channel, again.route, again.citation) == (
        first.facts,
        first.recipient,
        first.letter,
        first.channel,
        first.route,
        first.citation,
    )
    assert again.content == first.content


async def test_a_held_text_waits_for_the_end_of_quiet_hours_again() -> None:
    known = Known(person(preferences={"channels": ["sms"], "quiet": {"start": "20:00", "end": "08:00"}}))
    log, night = MemoryLog(), dt.datetime(2014, 8, 7, 3, tzinfo=dt.UTC)
    kind = next(kind for kind, one in CATALOGUE.items() if one.channels == BY_TEXT_TOO and not one.urgent)
    message = asked(1, kind, next(iter(CATALOGUE[kind].letters)), mobile="+14025550100", contact=CONTACT)
    first = _say(log, plan(message, desk(night, known)), _heard(log, message))
    book, _ = await _rebuilt(log)
    again = done(ReleaseNotice(actor="ana", notice_id=first.id), book.notices[first.id], night, known).notice
    assert (again.channel, again.available_at, again.content) == (Channel.SMS, first.available_at, first.content)
    assert again.available_at == dt.datetime(2014, 8, 7, 12, tzinfo=dt.UTC)


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
