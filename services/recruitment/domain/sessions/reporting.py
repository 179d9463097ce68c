"""Action periods at work: what participants report, who is excused, extensions, the end."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.seating import seat_keys, seated
from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.sessions.machine import PERIOD_MACHINE, PeriodStep
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD, ActionPeriod, Task
from shared.contracts.recruitment.action_period_commands import (
    CancelActionPeriod,
    CloseActionPeriod,
    ExcuseFromAssignment,
    ExtendActionPeriod,
    ReportAssignment,
)
from shared.contracts.recruitment.action_periods import (
    ActionPeriodCancelled,
    ActionPeriodClosed,
    ActionPeriodExtended,
    AssignmentExcused,
    AssignmentReported,
)
from shared.contracts.recruitment.session_terms import LAST
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _of_participant(command: ReportAssignment | ExcuseFromAssignment, ids: Ids) -> Iterable[str]:
    del ids
    yield ACTION_PERIOD.key(command.period)
    yield PARTICIPANT.key(command.participant)
    yield from seat_keys(command.period, command.participant)


def report(command: ReportAssignment, held: Held, asked: Asked) -> Decided | Against:
    """Record a report or correct it."""
    found = held.get(ACTION_PERIOD, command.period)
    if found is None:
        return unknown("action-period")
    if against := refused(_impossible(found, PeriodStep.REPORT, command.assignment)):
        return against
    task = found.assignments[command.assignment - 1]
    before = task.reports.get(command.participant)
    same = before is not None and (before.on, before.summary, before.value) == (
        command.on,
        command.summary,
        command.value,
    )
    made = {"period": found.id, "participant": command.participant, "changed": not same}
    if same:
        return Decided({**made, "corrected": False})
    reasons = [
        *too_early(command.on, found.starts_on, "on", "the period started"),
        *in_future(command.on, asked.now, "on"),
        *_in_cohort(found, command.participant, command.on, held),
    ]
    if command.value is not None and task.unit is None:
        text = "The assignment asks for no value, in words only."
        reasons.append(Reason(code="NO_VALUE_ASKED", field="value", text=text))
    if before is not None and command.because is None:
        text = f"A report of {before.on} is recorded. Say why it is corrected."
        reasons.append(Reason(code="ALREADY_RECORDED", field="because", text=text))
    if against := refused(reasons):
        return against
    event = AssignmentReported(**command.model_dump())
    return Decided({**made, "corrected": before is not None}, (event,))


def excuse(command: ExcuseFromAssignment, held: Held, asked: Asked) -> Decided | Against:
    """Excuse a participant."""
    found = held.get(ACTION_PERIOD, command.period)
    if found is None:
        return unknown("action-period")
    if against := refused(_impossible(found, PeriodStep.EXCUSE, command.assignment)):
        return against
    task = found.assignments[command.assignment - 1]
    made = {"period": found.id, "participant": command.participant}
    if command.participant in task.excused:
        return Decided({**made, "changed": False})
    if command.participant in task.reports:
        text = f"{command.participant} has reported."
        return Against((Reason(code="ALREADY_REPORTED", field="participant", text=text),))
    day = min(max(asked.now.date(), found.starts_on), found.ends_on)
    if against := refused(_in_cohort(found, command.participant, day, held)):
        return against
    return Decided({**made, "changed": True}, (AssignmentExcused(**command.model_dump()),))


def _keys(command: ExtendActionPeriod | CloseActionPeriod | CancelActionPeriod, ids: Ids) -> Iterable[str]:
    del ids
    yield ACTION_PERIOD.key(command.period)


def extend(command: ExtendActionPeriod, held: Held, asked: Asked) -> Decided | Against:
    """Extend a period and the due days of its assignments."""
    del asked
    found = held.get(ACTION_PERIOD, command.period)
    if found is None:
        return unknown("action-period")
    numbers = command.assignments or tuple(range(1, len(found.assignments) + 1))
    reasons = [one for number in numbers for one in _impossible(found, PeriodStep.EXTEND, number)]
    by = dt.timedelta(days=command.days)
    if found.ends_on + by > LAST:
        reasons.append(Reason(code="TOO_FAR", field="days", text=f"Nothing is planned beyond {LAST}."))
    if against := refused(dict.fromkeys(reasons)):
        return against
    due = tuple(one.due_on + by if n in numbers else one.due_on for n, one in enumerate(found.assignments, start=1))
    ends_on = found.ends_on + by
    event = ActionPeriodExtended(
        period=found.id, actor=command.actor, ends_on=ends_on, due_on=due, reason=command.reason
    )
    return Decided({"period": found.id, "ends_on": ends_on.isoformat(), "moved": len(set(numbers))}, (event,))


def close(command: CloseActionPeriod, held: Held, asked: Asked) -> Decided | Against:
    """Close a period."""
    found = held.get(ACTION_PERIOD, command.period)
    if found is None:
        return unknown("action-period")
    reasons = [*_impossible(found, PeriodStep.CLOSE)]
    reasons += in_future(found.ends_on, asked.now, "ends_on")
    if against := refused(reasons):
        return against
    reports = sum(len(one.reports) for one in found.assignments)
    return Decided({"period": found.id, "reports": reports}, (ActionPeriodClosed(**command.model_dump()),))


def cancel(command: CancelActionPeriod, held: Held, asked: Asked) -> Decided | Against:
    """Cancel a period."""
    del asked
    found = held.get(ACTION_PERIOD, command.period)
    if found is None:
        return unknown("action-period")
    if against := refused(_impossible(found, PeriodStep.CANCEL)):
        return against
    return Decided({"period": found.id}, (ActionPeriodCancelled(**command.model_dump()),))


def _impossible(period: ActionPeriod, step: PeriodStep, number: int | None = None) -> Iterator[Reason]:
    if reason := PERIOD_MACHINE.reason_against(period.phase, step, "period"):
        yield reason
    elif number is not None and number > len(period.assignments):
        text = f"There are {len(period.assignments)} assignments."
        yield Reason(code="ASSIGNMENT_UNKNOWN", field="assignment", text=text)


def _in_cohort(period: ActionPeriod, participant: str, day: dt.date, held: Held) -> Iterator[Reason]:
    if gone := reason_against(held.get(PARTICIPANT, participant), day, "participant"):
        yield gone
        return
    if not seated(period.id, participant, (period.cohort,), day, held):
        text = f"{participant} is not in the cohort {period.cohort} on {day}."
        yield Reason(code="NOT_IN_COHORT", field="participant", text=text)


def owing(task: Task, present: Iterable[str]) -> list[str]:
    """Who of those in the cohort has neither reported nor been excused."""
    return [one for one in present if task.owed_by(one)]


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(ReportAssignment, _of_participant, report),
    Rule(ExcuseFromAssignment, _of_participant, excuse),
    Rule(ExtendActionPeriod, _keys, extend),
    Rule(CloseActionPeriod, _keys, close),
    Rule(CancelActionPeriod, _keys, cancel),
)
