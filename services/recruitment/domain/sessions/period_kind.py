"""An action period as it stands, and how it changes by its events."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, Final

from services.recruitment.domain.sessions.machine import PeriodPhase
from shared.contracts.message import Event
from shared.contracts.recruitment.action_periods import (
    ACTION_PERIODS,
    ActionPeriodCancelled,
    ActionPeriodClosed,
    ActionPeriodExtended,
    ActionPeriodStarted,
    AssignmentExcused,
    AssignmentReminded,
    AssignmentReported,
    When,
)
from shared.records.kinds import Kind, Record

# Our own choice; no rule sets days. After its due day an assignment is reminded of once, within ``LATE``.
BEFORE: Final = dt.timedelta(days=7)
AFTER: Final = dt.timedelta(days=3)
LATE: Final = dt.timedelta(days=30)


class Report(Record):
    """What a participant reported last; ``corrected`` has why, for each time that it was corrected."""

    on: dt.date
    summary: str
    value: float | None
    corrected: tuple[str, ...] = ()


class Task(Record):
    """An assignment; ``excused`` has the reason for each participant that need not report.

    ``settled`` are the reminders that were sent or came too late, for the due day as it is.
    """

    title: str
    report: str
    measure: str | None
    unit: str | None
    due_on: dt.date
    reports: Mapping[str, Report] = {}
    excused: Mapping[str, str] = {}
    settled: tuple[When, ...] = ()

    def owed_by(self, participant: str) -> bool:
        """Whether a participant has neither reported nor been excused."""
        return participant not in self.reports and participant not in self.excused

    def reminders(self) -> Iterator[tuple[When, dt.date]]:
        """The reminders that are not settled, each with the day from which on it is due."""
        if When.BEFORE not in self.settled:
            yield When.BEFORE, self.due_on - BEFORE
        if When.AFTER not in self.settled:
            yield When.AFTER, self.due_on + AFTER


class ActionPeriod(Record):
    """An action period; ``ends_on`` is its last day, ``remind_next`` the day on which it is next looked at."""

    id: str
    cohort: str
    name: str
    after_session: str | None
    before_session: str | None
    starts_on: dt.date
    ends_on: dt.date
    assignments: tuple[Task, ...]
    office: str
    phone: str
    phase: PeriodPhase = PeriodPhase.RUNNING
    reason: str | None = None
    remind_next: dt.date | None = None


def _evolve(before: ActionPeriod | None, event: Event, at: dt.datetime) -> ActionPeriod:
    del at
    if isinstance(event, ActionPeriodStarted):
        told = event.model_dump(exclude={"period", "actor", "assignments"})
        tasks = tuple(Task(**one.model_dump()) for one in event.assignments)
        after = ActionPeriod(id=event.period, assignments=tasks, **told)
    else:
        assert before is not None, "an action period is started first"
        after = before.model_copy(update=_changes(before, event))
    return after.model_copy(update={"remind_next": _remind_next(after)})


def _remind_next(period: ActionPeriod) -> dt.date | None:
    if period.phase is not PeriodPhase.RUNNING:
        return None
    return min((day for task in period.assignments for _, day in task.reminders()), default=None)


def _changes(held: ActionPeriod, event: Event) -> dict[str, Any]:
    match event:
        case ActionPeriodExtended():
            moved = zip(held.assignments, event.due_on, strict=True)
            tasks = tuple(task if task.due_on == due else _due(task, due) for task, due in moved)
            return {"ends_on": event.ends_on, "assignments": tasks}
        case ActionPeriodClosed():
            return {"phase": PeriodPhase.CLOSED}
        case ActionPeriodCancelled():
            return {"phase": PeriodPhase.CANCELLED, "reason": event.reason}
        case AssignmentReported() | AssignmentExcused() | AssignmentReminded():
            tasks_ = list(held.assignments)
            task = tasks_[event.assignment - 1]
            tasks_[event.assignment - 1] = task.model_copy(update=_task_changes(task, event))
            return {"assignments": tuple(tasks_)}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _due(task: Task, due_on: dt.date) -> Task:
    return task.model_copy(update={"due_on": due_on, "settled": ()})


def _task_changes(task: Task, event: AssignmentReported | AssignmentExcused | AssignmentReminded) -> dict[str, Any]:
    match event:
        case AssignmentReported():
            before = task.reports.get(event.participant)
            corrected = (*before.corrected, event.because or "") if before else ()
            one = Report(on=event.on, summary=event.summary, value=event.value, corrected=corrected)
            excused = {name: why for name, why in task.excused.items() if name != event.participant}
            return {"reports": {**task.reports, event.participant: one}, "excused": excused}
        case AssignmentExcused():
            return {"excused": {**task.excused, event.participant: event.reason}}
        case AssignmentReminded():
            return {"settled": (*task.settled, event.when) if event.due_on == task.due_on else task.settled}


ACTION_PERIOD: Final = Kind(
    name="action-period",
    state=ActionPeriod,
    events=(
        ActionPeriodStarted,
        AssignmentReported,
        AssignmentExcused,
        ActionPeriodExtended,
        ActionPeriodClosed,
        ActionPeriodCancelled,
        AssignmentReminded,
    ),
    begins=(ActionPeriodStarted,),
    id_of=lambda event: event.period,
    evolve=_evolve,
    topic=ACTION_PERIODS.name,
)
