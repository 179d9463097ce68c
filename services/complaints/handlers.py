"""Handlers: a command or a delivery leads to one step of one case, and to what is published about it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from uuid import UUID

from services.complaints.announcements import Announcer
from services.complaints.domain import conclusion, filing, review
from services.complaints.domain.appeal import Appeal, Confidential, Entry, Reviewer, Step
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import DISCHARGE_APPEAL
from services.complaints.domain.states import IllegalTransition, State
from services.complaints.outline import outline
from services.complaints.pseudonyms import Pseudonyms
from shared.contracts.complaints import (
    AssignReviewer,
    CaseCommand,
    FileDischargeAppeal,
    Party,
    RecordDecision,
    RecordHospitalNotified,
    RecordInformationReceived,
    RecordNoticeValidity,
    RecordPartyNotified,
    RecordProviderExplanation,
    RecordViewsSolicited,
    WithdrawCase,
)
from shared.contracts.notifications import NoticeDelivered
from shared.contracts.replies import Reason
from shared.messaging.handling import Accepted, Decision, Emit, On, Received, Refused, Work

C = TypeVar("C", bound=CaseCommand)
_PARTIES = {party.value: party for party in Party}


def case_key(case_id: UUID) -> str:
    """The aggregate key of a case."""
    return f"case:{case_id}"


def command_handlers(
    announcer: Announcer, pseudonyms: Pseudonyms, book: RuleBook = DISCHARGE_APPEAL
) -> tuple[On[Any, Any], ...]:
    """The handlers of everything complaints is asked."""
    return (
        _filing(announcer, pseudonyms, book),
        _on(RecordHospitalNotified, announcer, lambda case, c, now: review.hospital_notified(case, c.at, now)),
        _on(
            RecordInformationReceived,
            announcer,
            lambda case, c, now: review.information_received(case, c.at, c.items, complete=c.complete, now=now),
        ),
        _on(RecordViewsSolicited, announcer, lambda case, c, now: review.views_solicited(case, c.at, now)),
        _on(RecordProviderExplanation, announcer, lambda case, c, now: review.explanation_offered(case, c.at, now)),
        _on(
            RecordNoticeValidity,
            announcer,
            lambda case, c, now: review.validity_found(case, c.at, valid=c.valid, now=now),
        ),
        _on(AssignReviewer, announcer, _assign),
        _on(RecordDecision, announcer, _decide),
        _on(
            RecordPartyNotified,
            announcer,
            lambda case, c, now: conclusion.party_notified(case, c.party, c.how, c.at, now),
        ),
        _on(WithdrawCase, announcer, lambda case, c, now: review.withdrawn(case, c.at, now)),
    )


def delivery_handlers(announcer: Announcer) -> tuple[On[Any, Any], ...]:
    """The handler of delivered notices: a delivered decision letter is the written notice of its party."""

    def keys(received: Received[NoticeDelivered]) -> Iterable[str]:
        case_id = _case_of(received.message)
        return () if case_id is None else (case_key(case_id),)

    def handle(received: Received[NoticeDelivered], work: Work[Appeal]) -> Decision:
        notice = received.message
        case_id = _case_of(notice)
        before = None if case_id is None else work.get(case_key(case_id))
        if before is None:
            return ()
        step = conclusion.letter_left(before, _PARTIES[notice.recipient_role], notice.delivered_at, work.now)
        if step.appeal is before:
            return ()
        return _applied(announcer, work, before, step, Entry(work.now, "notifications", notice.wire_type()))

    return (On(NoticeDelivered, keys, handle),)


def _case_of(notice: NoticeDelivered) -> UUID | None:
    if notice.notice_type != "DECISION_LETTER" or notice.recipient_role not in _PARTIES:
        return None
    try:
        return UUID(notice.subject)
    except ValueError:
        return None


def _filing(announcer: Announcer, pseudonyms: Pseudonyms, book: RuleBook) -> On[FileDischargeAppeal, Appeal]:
    def case_of(command: FileDischargeAppeal) -> UUID:
        return pseudonyms.case(command.beneficiary, command.facility_ccn, command.discharge_on)

    def handle(received: Received[FileDischargeAppeal], work: Work[Appeal]) -> Decision:
        command, case_id = received.message, case_of(received.message)
        before = work.get(case_key(case_id))
        try:
            request = filing.filing_of(command, work.now)
            if before is not None and before.state is not State.WITHDRAWN:
                step = filing.join(before, request)
            else:
                step = filing.open_case(case_id, request, _confidential(command), work.now, before, book)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        entry = Entry(work.now, command.actor, command.wire_type())
        events = _applied(announcer, work, before, step, entry)
        joined = before is not None and before.state is not State.WITHDRAWN
        return Accepted({**outline(step.appeal), "joined": joined}, events)

    return On(FileDischargeAppeal, lambda received: (case_key(case_of(received.message)),), handle)


def _on(command: type[C], announcer: Announcer, act: Callable[[Appeal, C, dt.datetime], Step]) -> On[C, Appeal]:
    def handle(received: Received[C], work: Work[Appeal]) -> Decision:
        message = received.message
        before = work.get(case_key(message.case_id))
        if before is None:
            return Refused((Reason(code="NO_SUCH_CASE", field="case_id", text="There is no such case."),))
        try:
            step = act(before, message, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        except IllegalTransition as illegal:
            return Refused((Reason(code="ILLEGAL_TRANSITION", field=None, text=str(illegal)),))
        entry = Entry(work.now, message.actor, message.wire_type())
        events = _applied(announcer, work, before, step, entry)
        return Accepted(outline(step.appeal), events)

    return On(command, lambda received: (case_key(received.message.case_id),), handle)


def _applied(
    announcer: Announcer, work: Work[Appeal], before: Appeal | None, step: Step, entry: Entry
) -> tuple[Emit, ...]:
    work.put(case_key(step.appeal.id), step.appeal.noted(entry))
    return announcer.changes(before, step.appeal, step.facts, work.now)


def _confidential(command: FileDischargeAppeal) -> Confidential:
    return Confidential(
        beneficiary=command.beneficiary,
        patient=command.patient,
        physician=command.physician,
        hospital=command.hospital,
    )


def _assign(case: Appeal, command: AssignReviewer, now: dt.datetime) -> Step:
    reviewer = Reviewer(id=command.reviewer, physician=command.physician)
    return review.reviewer_assigned(case, command.at, reviewer, attested=command.attested_no_conflict, now=now)


def _decide(case: Appeal, command: RecordDecision, now: dt.datetime) -> Step:
    return review.determined(
        case,
        command.at,
        reviewer=command.reviewer,
        outcome=command.outcome,
        rationale=command.rationale,
        liable_from=command.liable_from,
        now=now,
    )
