"""Requests for technical assistance are taken in, from whom they may come, and taken up again."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from services.recruitment.domain.assistance.reporting_kind import DUE
from services.recruitment.domain.assistance.request_kind import MACHINE, REQUEST, TARGET, Step, Target
from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.interest.kinds import OF_INTEREST
from services.recruitment.domain.networks.standing import in_future, learning_id, too_early
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.recruitment.assistance_commands import (
    ReopenAssistance,
    RequestAssistance,
    SetAssistanceTarget,
)
from shared.contracts.recruitment.assistance_requests import (
    AssistanceReopened,
    AssistanceRequested,
    AssistanceTargetSet,
)
from shared.contracts.recruitment.assistance_terms import AssistanceKind
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.quality_reporting import ReportingProgram
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused
from shared.records.kinds import Kind

_SENDERS: Final[Mapping[str, Kind[Any]]] = {"participant": PARTICIPANT, "coalition": COALITION, "interest": OF_INTEREST}
_PROGRAMS: Final = {
    AssistanceKind.INPATIENT_REPORTING: ReportingProgram.INPATIENT,
    AssistanceKind.OUTPATIENT_REPORTING: ReportingProgram.OUTPATIENT,
}


def unknown_request() -> Against:
    """There is no such request."""
    return against("REQUEST_UNKNOWN", "request", "There is no such request. The list of them shows their ids.")


def _target_keys(command: SetAssistanceTarget, ids: Ids) -> Iterable[str]:
    del ids
    return (TARGET.key(command.kind),)


def set_target(command: SetAssistanceTarget, held: Held, asked: Asked) -> Decided | Against:
    """Set the target days of a kind."""
    del asked
    before = held.get(TARGET, command.kind)
    changed = before is None or before.days != command.days
    made = {"kind": command.kind.value, "days": command.days, "changed": changed}
    return Decided(made, (AssistanceTargetSet(**command.model_dump()),) if changed else ())


def _due(target: Target | None, day: dt.date) -> dt.date | None:
    return None if target is None else day + dt.timedelta(days=target.days)


def _id(made: UUID) -> str:
    return learning_id("ta", made)


def _request_keys(command: RequestAssistance, ids: Ids) -> Iterable[str]:
    yield REQUEST.key(_id(ids("assistance")))
    yield TARGET.key(command.kind)
    kind, _, identifier = command.asked_by.partition(":")
    yield _SENDERS[kind].key(identifier)
    if command.partner is not None:
        yield PARTICIPANT.key(command.partner)
    if command.reporting is not None:
        yield DUE.key(command.reporting)


def request(command: RequestAssistance, held: Held, asked: Asked) -> Decided | Against:
    """Take a request in."""
    reasons = (
        *in_future(command.received_on, asked.now, "received_on"),
        *_against_sender(command, held),
        *_against_partner(command, held),
        *_against_reporting(command, held),
    )
    if refusal := refused(reasons):
        return refusal
    due = _due(held.get(TARGET, command.kind), command.received_on)
    event = AssistanceRequested(**command.model_dump(), request=_id(asked.new_id("assistance")), due_on=due)
    return Decided({"request": event.request, "due_on": due and due.isoformat()}, (event,))


def _against_sender(command: RequestAssistance, held: Held) -> Iterator[Reason]:
    kind, _, identifier = command.asked_by.partition(":")
    field = "asked_by"
    if kind == "interest":
        if held.get(OF_INTEREST, identifier) is None:
            yield Reason(code="INTEREST_UNKNOWN", field=field, text="No such interest is known.")
    elif kind == "coalition":
        coalition = held.get(COALITION, identifier)
        if coalition is None:
            yield Reason(code="COALITION_UNKNOWN", field=field, text="No coalition was formed over this community.")
        elif coalition.ended_on is not None and coalition.ended_on <= command.received_on:
            yield Reason(code="COALITION_ENDED", field=field, text=f"The coalition ended on {coalition.ended_on}.")
    else:
        participant = held.get(PARTICIPANT, identifier)
        if reason := reason_against(participant, command.received_on, field):
            yield reason
        elif participant and command.kind in _PROGRAMS and participant.setting is not Setting.HOSPITAL:
            yield Reason(code="NOT_A_HOSPITAL", field=field, text="This reporting is of hospitals; this is none.")


def _against_partner(command: RequestAssistance, held: Held) -> Iterator[Reason]:
    records = command.kind is AssistanceKind.EHR_REPORTING
    if command.partner is None:
        if records:
            text = "Say which Regional Extension Center helps with electronic records."
            yield Reason(code="MISSING", field="partner", text=text)
        return
    center = held.get(PARTICIPANT, command.partner)
    if not records:
        text = "Only help with reporting from electronic records has a Regional Extension Center as partner."
        yield Reason(code="NOT_ASKED", field="partner", text=text)
    elif reason := reason_against(center, command.received_on, "partner"):
        yield reason
    elif center is not None and center.setting is not Setting.REGIONAL_EXTENSION_CENTER:
        yield Reason(code="NOT_A_CENTER", field="partner", text="This is no Regional Extension Center.")


def _against_reporting(command: RequestAssistance, held: Held) -> Iterator[Reason]:
    if command.reporting is None:
        return
    due = held.get(DUE, command.reporting)
    if due is None:
        yield Reason(code="DUE_UNKNOWN", field="reporting", text="Nothing of that name is in the calendar.")
    elif _PROGRAMS.get(command.kind) is not due.program:
        text = "The kind of help is of another program than the data that is due."
        yield Reason(code="PROGRAM_DIFFERS", field="reporting", text=text)


def _reopen_keys(command: ReopenAssistance, ids: Ids) -> Iterable[str]:
    del ids
    yield REQUEST.key(command.request)
    yield from (TARGET.key(kind) for kind in AssistanceKind)


def reopen(command: ReopenAssistance, held: Held, asked: Asked) -> Decided | Against:
    """Take an ended request up again."""
    found = held.get(REQUEST, command.request)
    if found is None:
        return unknown_request()
    if impossible := MACHINE.reason_against(found.status, Step.REOPEN, "request"):
        return Against((impossible,))
    day, field = command.reopened_on, "reopened_on"
    if refusal := refused((*too_early(day, found.latest_day(), field, "it ended"), *in_future(day, asked.now, field))):
        return refusal
    due = _due(held.get(TARGET, found.kind), day)
    event = AssistanceReopened(**command.model_dump(), due_on=due)
    return Decided({"request": found.id, "due_on": due and due.isoformat()}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(SetAssistanceTarget, _target_keys, set_target),
    Rule(RequestAssistance, _request_keys, request),
    Rule(ReopenAssistance, _reopen_keys, reopen),
)
