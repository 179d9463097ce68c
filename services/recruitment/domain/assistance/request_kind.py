"""A request for technical assistance as it stands, and the target days; how they change by their events."""

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.assistance_commands import (
    AssistanceOutcome,
    Helped,
    WaitingFor,
)
from shared.contracts.recruitment.assistance_requests import (
    ASSISTANCE_REQUESTS,
    ASSISTANCE_TARGETS,
    AssistanceAssigned,
    AssistanceClosed,
    AssistancePaused,
    AssistanceRecorded,
    AssistanceReopened,
    AssistanceRequested,
    AssistanceResumed,
    AssistanceTargetSet,
)
from shared.contracts.recruitment.assistance_terms import AssistanceKind
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class Status(StrEnum):
    """How far a request has come."""

    RECEIVED = "RECEIVED"
    ASSIGNED = "ASSIGNED"
    WORKING = "WORKING"
    WAITING = "WAITING"
    RESOLVED = "RESOLVED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class Step(StrEnum):
    """What can be done with a request."""

    ASSIGN = "ASSIGN"
    HELP = "HELP"
    PAUSE = "PAUSE"
    RESUME = "RESUME"
    RESOLVE = "RESOLVE"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"
    REOPEN = "REOPEN"


OPEN: Final = (Status.RECEIVED, Status.ASSIGNED, Status.WORKING, Status.WAITING)
MACHINE: Final = Machine(
    "the request",
    {
        (Status.RECEIVED, Step.ASSIGN): Status.ASSIGNED,
        (Status.ASSIGNED, Step.ASSIGN): Status.ASSIGNED,
        (Status.WORKING, Step.ASSIGN): Status.WORKING,
        (Status.WAITING, Step.ASSIGN): Status.WAITING,
        (Status.ASSIGNED, Step.HELP): Status.WORKING,
        (Status.WORKING, Step.HELP): Status.WORKING,
        (Status.ASSIGNED, Step.PAUSE): Status.WAITING,
        (Status.WORKING, Step.PAUSE): Status.WAITING,
        (Status.WAITING, Step.RESUME): Status.WORKING,
        (Status.WORKING, Step.RESOLVE): Status.RESOLVED,
        (Status.WAITING, Step.RESOLVE): Status.RESOLVED,
        (Status.RECEIVED, Step.DECLINE): Status.DECLINED,
        (Status.ASSIGNED, Step.DECLINE): Status.DECLINED,
        **{(one, Step.WITHDRAW): Status.WITHDRAWN for one in OPEN},
        (Status.RESOLVED, Step.REOPEN): Status.RECEIVED,
        (Status.DECLINED, Step.REOPEN): Status.RECEIVED,
        (Status.WITHDRAWN, Step.REOPEN): Status.RECEIVED,
    },
)
ENDS: Final = {
    AssistanceOutcome.RESOLVED: Step.RESOLVE,
    AssistanceOutcome.DECLINED: Step.DECLINE,
    AssistanceOutcome.WITHDRAWN: Step.WITHDRAW,
}


class Help(Record):
    """Help given, with its length in minutes and the resources that were used."""

    by: str
    given_on: dt.date
    minutes: int
    what: str
    resources: tuple[str, ...]


class Turn(Record):
    """Where a request came to on a day, by which step."""

    step: Step
    to: Status
    on: dt.date
    reason: str | None = None


class Request(Record):
    """Help that was asked for; ``due_on`` is its last day, None where its kind has no target. ``turns`` is its way."""

    id: str
    asked_by: str
    kind: AssistanceKind
    about: str
    partner: str | None
    reporting: str | None
    received_on: dt.date
    due_on: dt.date | None
    status: Status = Status.RECEIVED
    assigned_to: str | None = None
    waiting_for: WaitingFor | None = None
    helps: tuple[Help, ...] = ()
    turns: tuple[Turn, ...] = ()
    helped: Helped | None = None

    def latest_day(self) -> dt.date:
        """The day of the last step."""
        return self.turns[-1].on if self.turns else self.received_on


class Target(Record):
    """Within how many calendar days requests of a kind are to be over."""

    kind: AssistanceKind
    days: int


def _evolve(before: Request | None, event: Event, at: dt.datetime) -> Request:
    del at
    if isinstance(event, AssistanceRequested):
        return Request(id=event.request, **event.model_dump(exclude={"request", "actor"}))
    assert before is not None, "help is asked for first"
    turn, more = _turned(before, event)
    return before.model_copy(update={"status": turn.to, "turns": (*before.turns, turn), **more})


def _turned(held: Request, event: Event) -> tuple[Turn, dict[str, Any]]:
    """The step that an event was, and what besides the status it changes."""
    match event:
        case AssistanceAssigned():
            return _turn(held, Step.ASSIGN, event.assigned_on), {"assigned_to": event.to}
        case AssistanceRecorded():
            told = Help(**event.model_dump(exclude={"request", "actor"}))
            return _turn(held, Step.HELP, event.given_on), {"helps": (*held.helps, told)}
        case AssistancePaused():
            return _turn(held, Step.PAUSE, event.since), {"waiting_for": event.waiting_for}
        case AssistanceResumed():
            return _turn(held, Step.RESUME, event.resumed_on), {"waiting_for": None}
        case AssistanceClosed():
            turn = _turn(held, ENDS[event.outcome], event.closed_on, event.reason)
            return turn, {"helped": event.helped, "waiting_for": None}
        case AssistanceReopened():
            turn = _turn(held, Step.REOPEN, event.reopened_on, event.reason)
            return turn, {"due_on": event.due_on, "helped": None, "assigned_to": None}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _turn(held: Request, step: Step, on: dt.date, reason: str | None = None) -> Turn:
    # What has happened happened, also where the table has changed since.
    return Turn(step=step, to=MACHINE.after(held.status, step) or held.status, on=on, reason=reason)


def _target(before: Target | None, event: AssistanceTargetSet, at: dt.datetime) -> Target:
    del before, at
    return Target(kind=event.kind, days=event.days)


REQUEST: Final = Kind(
    name="assistance-request",
    state=Request,
    events=(
        AssistanceRequested,
        AssistanceAssigned,
        AssistanceRecorded,
        AssistancePaused,
        AssistanceResumed,
        AssistanceClosed,
        AssistanceReopened,
    ),
    begins=(AssistanceRequested,),
    id_of=lambda event: event.request,
    evolve=_evolve,
    topic=ASSISTANCE_REQUESTS.name,
)
TARGET: Final = Kind(
    name="assistance-target",
    state=Target,
    events=(AssistanceTargetSet,),
    id_of=lambda event: event.kind,
    evolve=_target,
    topic=ASSISTANCE_TARGETS.name,
)
