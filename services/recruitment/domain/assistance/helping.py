"""Requests are assigned, helped with, left waiting, gone on with, ended."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.assistance.asking import unknown_request
from services.recruitment.domain.assistance.request_kind import ENDS, MACHINE, REQUEST, Request, Step
from services.recruitment.domain.assistance.resource_kind import RESOURCE
from services.recruitment.domain.networks.standing import in_future, too_early
from services.recruitment.domain.people.kinds import PERSON
from shared.contracts.recruitment.assistance_commands import (
    AssignAssistance,
    AssistanceOutcome,
    CloseAssistance,
    PauseAssistance,
    RecordAssistance,
    ResumeAssistance,
)
from shared.contracts.recruitment.assistance_requests import (
    AssistanceAssigned,
    AssistanceClosed,
    AssistancePaused,
    AssistanceRecorded,
    AssistanceResumed,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

_Turn = AssignAssistance | RecordAssistance | PauseAssistance | ResumeAssistance | CloseAssistance


def _keys(command: _Turn, ids: Ids) -> Iterable[str]:
    del ids
    yield REQUEST.key(command.request)
    if isinstance(command, AssignAssistance):
        yield PERSON.key(command.to.partition(":")[2])
    if isinstance(command, RecordAssistance):
        yield from (RESOURCE.key(one) for one in command.resources)


def _found(command: _Turn, held: Held, step: Step) -> Request | Against:
    found = held.get(REQUEST, command.request)
    if found is None:
        return unknown_request()
    if impossible := MACHINE.reason_against(found.status, step, "request"):
        return Against((impossible,))
    return found


def _on(found: Request, day: dt.date, field: str, asked: Asked) -> Iterator[Reason]:
    yield from too_early(day, found.latest_day(), field, "its last step")
    yield from in_future(day, asked.now, field)


def _made(found: Request, step: Step) -> dict[str, object]:
    after = MACHINE.after(found.status, step)
    assert after is not None, "the step is possible"
    return {"request": found.id, "status": after.value}


def assign(command: AssignAssistance, held: Held, asked: Asked) -> Decided | Against:
    """Give a request to one of the QIO's people."""
    found = _found(command, held, Step.ASSIGN)
    if isinstance(found, Against):
        return found
    day, field = command.assigned_on, "assigned_on"
    last = next((one.on for one in reversed(found.turns) if one.step is Step.ASSIGN), None)
    made = {**_made(found, Step.ASSIGN), "assigned_to": command.to}
    if found.assigned_to == command.to and last == day:
        return Decided({**made, "changed": False})
    reasons = [*_on(found, day, field, asked)]
    person = held.get(PERSON, command.to.partition(":")[2])
    if person is None:
        reasons.append(Reason(code="PERSON_UNKNOWN", field="to", text="No such person of the QIO is known."))
    elif not person.serving(day):
        reasons.append(Reason(code="NOT_SERVING", field="to", text=f"This person has no role at the QIO on {day}."))
    if refusal := refused(reasons):
        return refusal
    return Decided({**made, "changed": True}, (AssistanceAssigned(**command.model_dump()),))


def give(command: RecordAssistance, held: Held, asked: Asked) -> Decided | Against:
    """Record help given by whom the request is assigned to."""
    found = _found(command, held, Step.HELP)
    if isinstance(found, Against):
        return found
    reasons = [*_on(found, command.given_on, "given_on", asked)]
    for position, one in enumerate(command.resources):
        field = f"resources[{position}]"
        resource = held.get(RESOURCE, one)
        if resource is None:
            reasons.append(Reason(code="RESOURCE_UNKNOWN", field=field, text="There is no such resource."))
        elif resource.on(command.given_on) is None:
            text = f"This resource was not in use on {command.given_on}."
            reasons.append(Reason(code="NOT_IN_USE", field=field, text=text))
        if one in command.resources[:position]:
            reasons.append(Reason(code="REPEATED", field=field, text="The resource is given twice."))
    if refusal := refused(reasons):
        return refusal
    event = AssistanceRecorded(**command.model_dump(), by=found.assigned_to)
    minutes = sum(one.minutes for one in found.helps) + command.minutes
    return Decided({**_made(found, Step.HELP), "minutes": minutes}, (event,))


def pause(command: PauseAssistance, held: Held, asked: Asked) -> Decided | Against:
    """Let a request wait."""
    found = _found(command, held, Step.PAUSE)
    if isinstance(found, Against):
        return found
    if refusal := refused(_on(found, command.since, "since", asked)):
        return refusal
    return Decided(_made(found, Step.PAUSE), (AssistancePaused(**command.model_dump()),))


def resume(command: ResumeAssistance, held: Held, asked: Asked) -> Decided | Against:
    """Go on with a request."""
    found = _found(command, held, Step.RESUME)
    if isinstance(found, Against):
        return found
    if refusal := refused(_on(found, command.resumed_on, "resumed_on", asked)):
        return refusal
    return Decided(_made(found, Step.RESUME), (AssistanceResumed(**command.model_dump()),))


def close(command: CloseAssistance, held: Held, asked: Asked) -> Decided | Against:
    """End a request."""
    step = ENDS[command.outcome]
    found = _found(command, held, step)
    if isinstance(found, Against):
        return found
    reasons = [*_on(found, command.closed_on, "closed_on", asked)]
    resolved = command.outcome is AssistanceOutcome.RESOLVED
    if resolved and not found.helps:
        reasons.append(Reason(code="NO_HELP", field="request", text="No help is recorded; what resolved it?"))
    if resolved and command.helped is None:
        reasons.append(Reason(code="MISSING", field="helped", text="Say whether it helped."))
    if not resolved and command.helped is not None:
        text = "Whether it helped is asked of resolved requests alone."
        reasons.append(Reason(code="NOT_ASKED", field="helped", text=text))
    if not resolved and command.reason is None:
        reasons.append(Reason(code="MISSING", field="reason", text="Say why it ends unresolved."))
    if refusal := refused(reasons):
        return refusal
    return Decided(_made(found, step), (AssistanceClosed(**command.model_dump()),))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AssignAssistance, _keys, assign),
    Rule(RecordAssistance, _keys, give),
    Rule(PauseAssistance, _keys, pause),
    Rule(ResumeAssistance, _keys, resume),
    Rule(CloseAssistance, _keys, close),
)
