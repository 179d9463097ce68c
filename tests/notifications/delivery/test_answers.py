"""What a gateway's answer changes, and what it does not."""

import datetime as dt
from dataclasses import replace

import pytest

from services.notifications.domain.answers import answered, handed_over
from services.notifications.domain.notice import Channel, Notice, State
from shared.contracts.notifications.gateways import GatewayAnswered, GatewayOutcome, GatewayRequested
from tests.notifications.delivery.support import LATER, POSTAL, asked, planned, said
from tests.notifications.support import desk


def _with_gateway(state: State = State.AWAITING) -> Notice:
    notice = planned(asked(mobile="402-555-0100", postal=POSTAL))
    return replace(
        notice, state=state, channel=Channel.SMS, route=(Channel.LETTER,), content=b"News. QIO 1-866-555-0100"
    )


def _answer(outcome: GatewayOutcome, step: int = 1, reason: str | None = None) -> GatewayAnswered:
    return GatewayAnswered(notice_id=_with_gateway().id, step=step, outcome=outcome, reason=reason, at=LATER)


def test_what_the_gateway_delivered_is_delivered_once() -> None:
    after = answered(_answer(GatewayOutcome.DELIVERED), _with_gateway(), desk(LATER))
    assert (after.notice.state, said(after)) == (State.SENT, ["NoticeDelivered"])
    again = answered(_answer(GatewayOutcome.DELIVERED), after.notice, desk(LATER))
    assert (again.notice, again.events) == (after.notice, ())


def test_what_the_gateway_only_accepted_still_waits() -> None:
    after = answered(_answer(GatewayOutcome.ACCEPTED), _with_gateway(), desk(LATER))
    assert (after.notice.state, said(after)) == (State.AWAITING, [])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (_answer(GatewayOutcome.FAILED, reason="no-such-number"), "no-such-number"),
        (_answer(GatewayOutcome.FAILED), "gateway-failed"),
        (_answer(GatewayOutcome.EXPIRED), "gateway-expired"),
    ],
)
def test_what_the_gateway_could_not_deliver_goes_the_next_way(answer: GatewayAnswered, reason: str) -> None:
    after = answered(answer, _with_gateway(), desk(LATER))
    assert (after.notice.channel, after.notice.reason, after.notice.step) == (Channel.LETTER, reason, 2)
    assert said(after) == ["NoticeRerouted"]


@pytest.mark.parametrize("outcome", GatewayOutcome)
@pytest.mark.parametrize("state", [state for state in State if state not in (State.AWAITING, State.HELD)])
def test_an_answer_nobody_waits_for_changes_nothing(state: State, outcome: GatewayOutcome) -> None:
    notice = _with_gateway(state)
    after = answered(_answer(outcome), notice, desk(LATER))
    assert (after.notice, after.events) == (notice, ())


def test_an_answer_about_an_earlier_step_changes_nothing() -> None:
    notice = replace(_with_gateway(), step=2)
    assert answered(_answer(GatewayOutcome.FAILED), notice, desk(LATER)).notice is notice


def test_what_is_held_since_a_rebuild_may_turn_out_delivered_and_nothing_else_follows_by_itself() -> None:
    held = _with_gateway(State.HELD)
    assert answered(_answer(GatewayOutcome.DELIVERED), held, desk(LATER)).notice.state is State.SENT
    failed = answered(_answer(GatewayOutcome.FAILED), held, desk(LATER))
    assert (failed.notice.state, failed.events) == (State.HELD, ())


def test_the_gateway_is_told_where_and_what_and_until_when() -> None:
    until = LATER + dt.timedelta(hours=4)
    waiting, emit = handed_over(_with_gateway(State.QUEUED), "News", until)
    request = emit.event
    assert isinstance(request, GatewayRequested)
    assert (request.to, request.text, request.answer_by) == ("402-555-0100", "News. QIO 1-866-555-0100", until)
    assert (waiting.state, waiting.available_at) == (State.AWAITING, until)


def test_a_text_says_nothing_of_what_it_is_about() -> None:
    from services.notifications.domain import planning  # noqa: PLC0415 - its private part

    message = asked(kind="DECISION_LETTER", role="beneficiary", mobile="402-555-0100")
    letter = desk().letters.write("DECISION_LETTER", message.recipient, message.facts)
    text = planning._short(letter, message.facts)
    assert text == "Our decision about your care. BFCC-QIO Area 1 1-866-555-0100"
