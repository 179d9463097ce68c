"""What staff record and ask: each act accepted or refused in every state, a repetition changes nothing."""

import datetime as dt
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from services.notifications.domain.acts import CALL_TRIES, Against, act
from services.notifications.domain.notice import MACHINE, Channel, Notice, State
from services.notifications.domain.planning import Plan
from services.notifications.domain.route import Known
from shared.contracts.message import Command
from shared.contracts.notifications.notices import (
    ASKED,
    CallOutcome,
    CancelNotice,
    MailingStep,
    NoticeDelivered,
    NoticeReturned,
    RecordCall,
    RecordMailing,
    RecordReturn,
    ReleaseNotice,
    RetryNotice,
    ReturnReason,
)
from tests.notifications.delivery.support import LATER, POSTAL, asked, done, planned, refused, said
from tests.notifications.support import NOW, desk


def _call(outcome: CallOutcome, minutes: int = 10, **more: Any) -> RecordCall:
    at = NOW + dt.timedelta(minutes=minutes)
    return RecordCall(actor="ana", notice_id=planned(asked()).id, outcome=outcome, at=at, **more)


def _mailing(step: MailingStep, minutes: int = 10, **more: Any) -> RecordMailing:
    at = NOW + dt.timedelta(minutes=minutes)
    return RecordMailing(actor="ana", notice_id=planned(asked()).id, step=step, at=at, **more)


def _return(reason: ReturnReason = ReturnReason.MOVED) -> RecordReturn:
    return RecordReturn(actor="ana", notice_id=planned(asked()).id, reason=reason, at=NOW + dt.timedelta(minutes=30))


def _plain(kind: type[Command]) -> Command:
    return kind.model_validate({"actor": "ana", "notice_id": planned(asked()).id})


def _to_call() -> Notice:
    return planned(asked(kind="DECISION_CALL", role="beneficiary", phone="402-555-0100"))


def _to_mail() -> Notice:
    return replace(planned(asked(email=None, postal=POSTAL)), state=State.AWAITING, content=b"%PDF-")


def _sent() -> Notice:
    return replace(planned(asked(postal=POSTAL)), state=State.SENT, finished_at=NOW, attempts=1)


def test_a_call_that_reached_the_recipient_is_the_delivery() -> None:
    after = done(_call(CallOutcome.REACHED, note="asked for the letter"), _to_call())
    assert (after.notice.state, after.notice.proof[-1].what) == (State.SENT, "REACHED")
    [delivered] = (emit.event for emit in after.events)
    assert isinstance(delivered, NoticeDelivered)
    assert (delivered.channel, delivered.on_time, delivered.attempts) == ("call", True, 1)
    assert "letter" not in delivered.model_dump_json()


def test_calls_without_success_are_counted_until_staff_must_find_another_way() -> None:
    notice = _to_call()
    for number in range(1, CALL_TRIES):
        after = done(_call(CallOutcome.NO_ANSWER, number), notice)
        assert (after.notice.state, said(after)) == (State.AWAITING, [])
        notice = after.notice
    last = done(_call(CallOutcome.LEFT_MESSAGE, CALL_TRIES), notice)
    assert (last.notice.state, last.notice.reason, said(last)) == (State.FAILED, "not-reached", ["NoticeFailed"])


@pytest.mark.parametrize(
    ("outcome", "reason"), [(CallOutcome.WRONG_NUMBER, "wrong-number"), (CallOutcome.REFUSED, "refused")]
)
def test_a_call_that_can_never_succeed_ends_the_calls_at_once(outcome: CallOutcome, reason: str) -> None:
    with_letter = replace(_to_call(), route=(Channel.LETTER,))
    assert with_letter.recipient is not None
    with_letter = replace(
        with_letter,
        recipient=with_letter.recipient.model_copy(update={"postal": asked(postal=POSTAL).recipient.postal}),
    )
    after = done(_call(outcome), with_letter)
    assert (after.notice.channel, after.notice.reason, said(after)) == (Channel.LETTER, reason, ["NoticeRerouted"])


def test_a_letter_is_printed_then_mailed_then_arrives() -> None:
    printed = done(_mailing(MailingStep.PRINTED, 1), _to_mail()).notice
    assert printed.state is State.AWAITING
    mailed = done(_mailing(MailingStep.MAILED, 2, carrier="USPS"), printed)
    assert (mailed.notice.state, said(mailed)) == (State.SENT, ["NoticeDelivered"])
    there = done(_mailing(MailingStep.DELIVERED, 3), mailed.notice)
    assert [one.what for one in there.notice.proof] == ["PRINTED", "MAILED", "DELIVERED"]
    assert said(there) == []


def test_certified_mail_has_a_tracking_number() -> None:
    notice = replace(_to_mail(), channel=Channel.CERTIFIED)
    assert refused(_mailing(MailingStep.MAILED), notice) == ["TRACKING_MISSING"]
    assert done(_mailing(MailingStep.MAILED, tracking="9407 1118 9876 5432"), notice).notice.state is State.SENT


def test_a_mail_that_came_back_is_followed_by_a_letter() -> None:
    after = done(_return(ReturnReason.BAD_ADDRESS), _sent())
    assert (after.notice.channel, after.notice.state) == (Channel.LETTER, State.QUEUED)
    assert said(after) == ["NoticeReturned", "NoticeRerouted"]
    came_back = after.events[0].event
    assert isinstance(came_back, NoticeReturned)
    assert came_back.channel == "email"


def test_a_letter_that_came_back_and_no_way_left_is_for_staff() -> None:
    mailed = done(_mailing(MailingStep.MAILED), _to_mail()).notice
    after = done(_return(), mailed)
    assert (after.notice.state, after.notice.reason, said(after)) == (
        State.RETURNED,
        "returned-moved",
        ["NoticeReturned"],
    )


def test_staff_may_give_what_failed_by_a_way_of_their_own() -> None:
    task = planned(asked(email=None))
    after = done(_mailing(MailingStep.MAILED), task)
    assert (after.notice.state, after.notice.channel, after.notice.step) == (State.SENT, Channel.LETTER, 2)
    assert after.notice.over[0].content == task.content


def test_what_waits_in_the_queue_cannot_be_recorded_as_mailed_or_told() -> None:
    assert refused(_mailing(MailingStep.MAILED), planned(asked())) == ["STATE"]
    assert refused(_call(CallOutcome.REACHED), planned(asked())) == ["STATE"]
    assert refused(_call(CallOutcome.REACHED), _to_mail()) == ["OTHER_WAY"]


def test_nothing_is_recorded_of_the_future_or_of_before_the_notice() -> None:
    assert refused(_call(CallOutcome.REACHED, 61), _to_call()) == ["FUTURE"]
    assert refused(_call(CallOutcome.REACHED, -1), _to_call()) == ["TOO_EARLY"]


def test_retrying_uses_the_addresses_there_are_now() -> None:
    task = planned(asked(email=None))
    assert refused(_plain(RetryNotice), task) == ["NO_WAY"]
    moved = asked(email="new@facility.example").recipient
    again = done(_plain(RetryNotice), replace(task, recipient=moved))
    assert (again.notice.channel, again.notice.state, said(again)) == (Channel.EMAIL, State.QUEUED, ["NoticeRerouted"])
    assert said(done(_plain(RetryNotice), again.notice)) == []


def test_retrying_is_refused_when_the_recipient_does_not_want_it_any_more() -> None:
    known = Known(against="contact-stopped")
    assert refused(_plain(RetryNotice), planned(asked(email=None)), known=known) == ["UNWANTED"]


def test_a_held_notice_goes_when_staff_release_it_and_its_request_is_known() -> None:
    held = replace(planned(asked()), state=State.HELD, content=None)
    assert done(_plain(ReleaseNotice), held).notice.state is State.QUEUED
    assert refused(_plain(ReleaseNotice), replace(held, recipient=None, facts=None)) == ["NOT_SENDABLE"]
    assert refused(_plain(ReleaseNotice), planned(asked())) == ["STATE"]


def test_a_notice_that_a_rule_wants_cannot_be_taken_back() -> None:
    assert refused(_plain(CancelNotice), _to_call()) == ["LEGAL"]
    after = done(_plain(CancelNotice), planned(asked()))
    assert (after.notice.state, said(after)) == (State.STOPPED, ["NoticeStopped"])
    assert said(done(_plain(CancelNotice), after.notice)) == []
    assert refused(_plain(CancelNotice), _sent()) == ["STATE"]


EVERY = (
    *(_call(outcome) for outcome in CallOutcome),
    *(_mailing(step, tracking="9407111898765432") for step in MailingStep),
    _return(),
    *(_plain(kind) for kind in (RetryNotice, ReleaseNotice, CancelNotice)),
)


def test_every_command_of_the_contract_is_an_act() -> None:
    assert {type(command) for command in EVERY} == set(ASKED)


@pytest.mark.parametrize(
    ("command", "state", "channel"),
    list(product(EVERY, State, (Channel.EMAIL, Channel.LETTER, Channel.CALL, Channel.SMS, Channel.TASK))),
)
def test_every_act_in_every_state_is_decided_and_repeats_without_effect(
    command: Command, state: State, channel: Channel
) -> None:
    notice = replace(planned(asked(postal=POSTAL)), state=state, channel=channel)
    before = notice
    after = act(command, notice, desk(LATER))
    assert notice == before
    if isinstance(after, Against):
        assert after.reasons
        return
    assert isinstance(after, Plan)
    if after.notice.state is not state:
        assert after.notice.state in {to for (of, _), to in MACHINE.table.items() if of is state}
    again = act(command, after.notice, desk(LATER))
    if isinstance(again, Plan) and after.notice.step == notice.step:
        assert (again.notice, again.events) == (after.notice, ())
