"""What staff record about a notice and ask for it: each decided against its state, each total."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Final

from services.notifications.domain import telling
from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.notice import MACHINE, PAPER, Action, Channel, Notice, Proof, State, Step
from services.notifications.domain.planning import Desk, Plan, afresh, follow, unwanted
from shared.contracts.message import Command
from shared.contracts.notifications.notices import (
    CallOutcome,
    CancelNotice,
    MailingStep,
    RecordCall,
    RecordMailing,
    RecordReturn,
    ReleaseNotice,
    RetryNotice,
)
from shared.contracts.replies import Reason

# So many calls without success, and the next way follows. Our own choice: no rule says a number.
CALL_TRIES: Final = 3
RETRIED: Final = "retried"
RELEASED: Final = "released"
CANCELLED: Final = "cancelled"
_STAFFS_LIST: Final = frozenset((State.FAILED, State.TASK, State.RETURNED, State.HELD))
_STOPPED_SHORT: Final = _STAFFS_LIST - {State.HELD}
_UNDER_WAY: Final = frozenset((State.QUEUED, State.SENDING, State.AWAITING))
_OVER: Final = {
    CallOutcome.WRONG_NUMBER: "wrong-number",
    CallOutcome.REFUSED: "refused",
}


@dataclass(frozen=True, slots=True)
class Against:
    """Refused for these reasons; nothing has changed."""

    reasons: tuple[Reason, ...]


def against(code: str, field: str | None, text: str) -> Against:
    """A refusal for one reason."""
    return Against((Reason(code=code, field=field, text=text),))


def act(command: Command, notice: Notice, desk: Desk) -> Plan | Against:
    """The notice after what staff record or ask; an act that was recorded before changes nothing."""
    match command:
        case RecordCall():
            return _untimely(command.at, notice, desk.now) or _call(command, notice, desk)
        case RecordMailing():
            return _untimely(command.at, notice, desk.now) or _mailing(command, notice, desk)
        case RecordReturn():
            return _untimely(command.at, notice, desk.now) or _returned(command, notice, desk)
        case RetryNotice():
            return _again(notice, desk, _STOPPED_SHORT, RETRIED)
        case ReleaseNotice():
            return _again(notice, desk, frozenset((State.HELD,)), RELEASED)
        case CancelNotice():
            return _cancel(notice, desk)
    raise AssertionError("no act of staff")


# --- calls and letters --------------------------------------------------------------------------------------------


def _call(command: RecordCall, notice: Notice, desk: Desk) -> Plan | Against:
    details = {"note": command.note} if command.note else {}
    proof = Proof(command.outcome, command.at, command.actor, details)
    if _known(notice, proof):
        return Plan(notice, ())
    if command.outcome is CallOutcome.REACHED:
        return _delivered(notice, proof, Channel.CALL, desk)
    if notice.channel is not Channel.CALL or notice.state is not State.AWAITING:
        return _noted(notice, proof, _STOPPED_SHORT)
    called = replace(notice, proof=(*notice.proof, proof), attempts=notice.attempts + 1)
    reason = _OVER.get(command.outcome)
    if reason is None and called.attempts >= CALL_TRIES:
        reason = "not-reached"
    return Plan(called, ()) if reason is None else _next(called, reason, desk)


def _mailing(command: RecordMailing, notice: Notice, desk: Desk) -> Plan | Against:
    given = {"carrier": command.carrier, "tracking": command.tracking}
    proof = Proof(command.step, command.at, command.actor, {name: text for name, text in given.items() if text})
    if _known(notice, proof):
        return Plan(notice, ())
    if command.step is MailingStep.MAILED and notice.channel is Channel.CERTIFIED and not command.tracking:
        return against("TRACKING_MISSING", "tracking", "Certified mail has a tracking number.")
    if command.step is MailingStep.PRINTED:
        return _noted(notice, proof, _STOPPED_SHORT | {State.AWAITING})
    if notice.state is State.SENT and notice.channel in PAPER:
        return Plan(replace(notice, proof=(*notice.proof, proof)), ())
    channel = notice.channel if notice.channel in PAPER else Channel.LETTER
    return _delivered(notice, proof, channel, desk)


def _returned(command: RecordReturn, notice: Notice, desk: Desk) -> Plan | Against:
    if notice.state is State.RETURNED:
        return Plan(notice, ())
    refused = MACHINE.reason_against(notice.state, Action.RETURN)
    if refused is not None:
        return Against((refused,))
    if notice.channel not in PAPER | {Channel.EMAIL}:
        return against("NOT_BY_MAIL", None, "Only letters and mail come back.")
    proof = Proof(f"RETURNED {command.reason}", command.at, command.actor)
    came_back = replace(notice, proof=(*notice.proof, proof))
    said = telling.returned(notice, notice.channel, command.reason, command.at)
    reason = f"returned-{command.reason.lower().replace('_', '-')}"
    then = _next(came_back, reason, desk, stays=State.RETURNED)
    return Plan(then.notice, (said, *then.events))


def _delivered(notice: Notice, proof: Proof, channel: Channel, desk: Desk) -> Plan | Against:
    """The recipient has it. What was on staff's list they may have given by another way than the last."""
    state = MACHINE.after(notice.state, Action.DELIVER)
    if state is None:
        refused = MACHINE.reason_against(notice.state, Action.DELIVER)
        assert refused is not None
        return Against((refused,))
    if notice.channel is not channel:
        if notice.state not in _STAFFS_LIST:
            return against("OTHER_WAY", None, f"The notice goes by {notice.channel}; cancel or await that first.")
        notice = _by_staff(notice, channel, desk.now)
    given = replace(
        notice,
        state=state,
        reason=None,
        attempts=notice.attempts + 1,
        finished_at=proof.at,
        proof=(*notice.proof, proof),
    )
    return Plan(given, (telling.delivered(given, proof.at),))


def _by_staff(notice: Notice, channel: Channel, now: dt.datetime) -> Notice:
    """The notice on a step of its own, by a way that staff found."""
    before = Step(
        number=notice.step,
        channel=notice.channel,
        state=notice.state,
        reason=notice.reason,
        letter=notice.letter,
        content=notice.content,
        proof=notice.proof,
        begun_at=notice.begun_at,
        over_at=now,
    )
    return replace(
        notice,
        channel=channel,
        step=notice.step + 1,
        content=None,
        proof=(),
        attempts=0,
        begun_at=now,
        over=(*notice.over, before),
    )


def _noted(notice: Notice, proof: Proof, states: frozenset[State]) -> Plan | Against:
    """Nothing follows from it, but it is known."""
    if notice.state in states:
        return Plan(replace(notice, proof=(*notice.proof, proof)), ())
    refused = MACHINE.reason_against(notice.state, Action.NOTE)
    text = f"Nothing of the kind is expected of a notice that goes by {notice.channel}."
    return Against((refused or Reason(code="STATE", field=None, text=text),))


def _next(notice: Notice, reason: str, desk: Desk, *, stays: State = State.FAILED) -> Plan:
    try:
        return follow(notice, reason, desk, stays=stays)
    except NotSendable:
        return follow(replace(notice, route=()), reason, desk, stays=stays)


def _known(notice: Notice, proof: Proof) -> bool:
    return any((one.what, one.at) == (proof.what, proof.at) for one in notice.proof)


def _untimely(at: dt.datetime, notice: Notice, now: dt.datetime) -> Against | None:
    if at > now:
        return against("FUTURE", "at", "It cannot have happened yet.")
    if at < notice.queued_at:
        return against("TOO_EARLY", "at", "The notice was not asked for yet.")
    return None


# --- what staff ask for -------------------------------------------------------------------------------------------


def _again(notice: Notice, desk: Desk, states: frozenset[State], reason: str) -> Plan | Against:
    if notice.state in _UNDER_WAY and notice.reason == reason:
        return Plan(notice, ())
    if notice.state not in states:
        wanted = " or ".join(sorted(state.lower() for state in states))
        return against("STATE", None, f"The notice is {notice.state.lower()}; it would have to be {wanted}.")
    if unwanted(notice.type, desk):
        return against("UNWANTED", None, "The recipient does not want it any more.")
    try:
        planned = afresh(notice, reason, desk)
    except NotSendable as verdict:
        return against("NOT_SENDABLE", None, f"It cannot be written: {verdict.code}.")
    return planned or against("NO_WAY", None, "There is no usable address for any of its ways.")


def _cancel(notice: Notice, desk: Desk) -> Plan | Against:
    if notice.state is State.STOPPED:
        return Plan(notice, ())
    described = CATALOGUE.get(notice.type)
    if described is None or described.category is Category.LEGAL:
        return against("LEGAL", None, "A rule wants this notice: it cannot be taken back.")
    refused = MACHINE.reason_against(notice.state, Action.STOP)
    if refused is not None:
        return Against((refused,))
    stopped = replace(notice, state=State.STOPPED, reason=CANCELLED, finished_at=desk.now)
    return Plan(stopped, (telling.stopped(stopped, CANCELLED),))
