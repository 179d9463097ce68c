"""What the clocks of a case have to tell, read from the deadlines before and after a step."""

from collections.abc import Iterator

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import SOFT_LIMITS, Deadline, Status
from shared.contracts.complaints import (
    CaseEvent,
    DeadlineApproaching,
    DeadlineMet,
    DeadlineMissed,
    DeadlineSet,
    WindowLapsed,
)


def clock_facts(before: Case | None, after: Case) -> Iterator[CaseEvent]:
    """Deadlines set, approaching, met, missed or lapsed between two values of one case, in the order they were set."""
    known = {deadline.id: deadline for deadline in before.deadlines} if before is not None else {}
    for deadline in after.deadlines:
        was = known.get(deadline.id)
        if was is None:
            yield _fact(DeadlineSet, after, deadline)
        if was is None or was.status is Status.PENDING:
            yield from _turned(after, deadline, 0 if was is None else was.warned)


def _turned(case: Case, deadline: Deadline, warned: int) -> Iterator[CaseEvent]:
    if deadline.status is Status.MET:
        yield _fact(DeadlineMet, case, deadline, met_at=deadline.met_at)
    elif deadline.status is Status.MISSED:
        yield _fact(WindowLapsed if deadline.window else DeadlineMissed, case, deadline)
    elif deadline.warned > warned:
        percent = next(limit for limit in SOFT_LIMITS if limit == deadline.warned)
        yield _fact(DeadlineApproaching, case, deadline, percent=percent)


def _fact(kind: type[CaseEvent], case: Case, deadline: Deadline, **more: object) -> CaseEvent:
    values: dict[str, object] = {
        "case_id": case.id,
        "deadline_id": deadline.id,
        "rule_id": deadline.rule_id,
        "rule_version": deadline.rule_version,
        "citation": deadline.citation,
        "obligor": deadline.obligor,
        "due_at": deadline.due_at,
        "zone": deadline.zone,
        **more,
    }
    return kind.model_validate(values)
