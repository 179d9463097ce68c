"""Handlers of disclosures and status ids: pure decisions over the log and what it knows of the case."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

from services.complaints.disclosures.store import case_view_key, disclosure_key
from services.complaints.domain.disclosure import log
from services.complaints.domain.disclosure.decide import Request
from services.complaints.domain.disclosure.log import CaseView, LoggedDisclosure
from services.complaints.domain.disclosure.recipients import Condition, Information, NoticeException, Recipient
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.refusal import Refusal
from services.complaints.status.ids import StatusIds, digest_of
from services.complaints.status.stages import LOOKED_UP
from shared.contracts.disclosures import (
    DisclosureCommand,
    IssueStatusId,
    RecordDisclosureNotice,
    RecordDisclosureSent,
    RequestDisclosure,
    RevokeStatusId,
)
from shared.contracts.envelope import format_instant
from shared.contracts.message import REDISCLOSURE
from shared.contracts.replies import Reason
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Work

if TYPE_CHECKING:
    from uuid import UUID

D = TypeVar("D", bound=DisclosureCommand)
S = TypeVar("S", IssueStatusId, RevokeStatusId)
Step = Callable[[LoggedDisclosure, dt.datetime, str, Desk, dt.datetime], LoggedDisclosure]
_NO_CASE = Refused((Reason(code="NO_SUCH_CASE", field="case_id", text="There is no such case."),))
_NO_DISCLOSURE = Refused(
    (Reason(code="NO_SUCH_DISCLOSURE", field="disclosure_id", text="There is no such disclosure."),)
)


def disclosure_handlers(status_ids: StatusIds, desk: Desk) -> tuple[On[Any, Any], ...]:
    """The handlers of ``shared.contracts.disclosures``, for the store of the keys ``disclosure:...``."""
    return (
        _asking(desk),
        _step(RecordDisclosureNotice, log.notice_given, desk),
        _step(RecordDisclosureSent, log.sent, desk),
        On(IssueStatusId, _case_keys, lambda received, work: _issue(received, work, status_ids)),
        On(RevokeStatusId, _case_keys, _revoke),
    )


def outline(entry: LoggedDisclosure) -> dict[str, object]:
    """A disclosure in plain values, with the mark that travels with whatever is sent."""
    return {
        "disclosure_id": str(entry.id),
        "case_id": str(entry.case_id),
        "recipient": entry.request.recipient.value,
        "information": entry.request.information.value,
        "decision": entry.decision.value,
        "citation": entry.citation,
        "reasons": [reason.model_dump() for reason in entry.reasons],
        "disclosable_at": _instant(entry.disclosable_at),
        "due_at": _instant(entry.due_at),
        "sent_at": _instant(entry.sent_at),
        "redisclosure": REDISCLOSURE,
    }


def _asking(desk: Desk) -> On[RequestDisclosure, Any]:
    def id_of(received: Received[RequestDisclosure]) -> "UUID":
        return received.derive("disclosure")

    def keys(received: Received[RequestDisclosure]) -> Iterable[str]:
        return disclosure_key(id_of(received)), case_view_key(received.message.case_id)

    def handle(received: Received[RequestDisclosure], work: Work[Any]) -> Decision:
        command = received.message
        case: CaseView | None = work.get(case_view_key(command.case_id))
        if case is None:
            return _NO_CASE
        try:
            entry = log.asked(id_of(received), case.case_id, _request(command, case), command.actor, desk, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(disclosure_key(entry.id), entry)
        return Accepted(outline(entry))

    return On(RequestDisclosure, keys, handle)


def _request(command: RequestDisclosure, case: CaseView) -> Request:
    return Request(
        recipient=Recipient(command.recipient),
        information=Information(command.information),
        case_type=case.case_type,
        zone=case.zone,
        stated=frozenset(map(Condition, command.stated)),
        notice_given=command.notice_given_at,
        exception=NoticeException(command.exception) if command.exception is not None else None,
        smallest_cell=command.smallest_cell,
        requested=command.requested_at,
    )


def _step(command: type[D], act: Step, desk: Desk) -> On[D, Any]:
    def handle(received: Received[D], work: Work[Any]) -> Decision:
        message = received.message
        before: LoggedDisclosure | None = work.get(disclosure_key(message.disclosure_id))
        if before is None:
            return _NO_DISCLOSURE
        try:
            after = act(before, message.at, message.actor, desk, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(disclosure_key(after.id), after)
        return Accepted(outline(after))

    return On(command, lambda received: (disclosure_key(received.message.disclosure_id),), handle)


def _case_keys(received: Received[S]) -> Iterable[str]:
    return (case_view_key(received.message.case_id),)


def _issue(received: Received[IssueStatusId], work: Work[Any], status_ids: StatusIds) -> Decision:
    key = case_view_key(received.message.case_id)
    case = cast("CaseView | None", work.get(key))
    if case is None:
        return _NO_CASE
    if case.case_type not in LOOKED_UP:
        text = "The status of this type of case is not looked up by anyone."
        return Refused((Reason(code="NO_STATUS_ID", field="case_id", text=text, citation="42 CFR 480.101"),))
    issue = case.issue + 1
    status_id = status_ids.make(case.case_id, issue)
    work.put(key, replace(case, issue=issue, digest=digest_of(status_id), actor=received.message.actor))
    return Accepted({"case_id": str(case.case_id), "status_id": status_id})


def _revoke(received: Received[RevokeStatusId], work: Work[Any]) -> Decision:
    key = case_view_key(received.message.case_id)
    case = cast("CaseView | None", work.get(key))
    if case is None:
        return _NO_CASE
    if case.digest is None:
        return Refused((Reason(code="NO_STATUS_ID", field="case_id", text="The case has no status id in force."),))
    work.put(key, replace(case, issue=case.issue + 1, digest=None, actor=received.message.actor))
    return Accepted({"case_id": str(case.case_id)})


def _instant(at: dt.datetime | None) -> str | None:
    return format_instant(at) if at is not None else None
