"""Handlers of the commands about reviewers: who they are, and when they are on call."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers import changes
from services.complaints.domain.reviewers.record import Entry, ReviewerRecord
from services.complaints.domain.reviewers.roster import Shift
from services.complaints.reviewers.store import reviewer_key
from services.complaints.reviewers.views import shift_view
from shared.contracts.replies import Reason
from shared.contracts.reviewers import (
    AmendReviewer,
    PutOnCall,
    RegisterReviewer,
    RetireReviewer,
    ReviewerCommand,
    TakeOffCall,
)
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Work

C = TypeVar("C", bound=ReviewerCommand)
Step = Callable[[ReviewerRecord, C, dt.datetime], ReviewerRecord]


def reviewer_handlers() -> tuple[On[Any, Any], ...]:
    """The handlers of everything complaints is asked about reviewers; they publish nothing (42 CFR 480.101)."""
    return (
        On(RegisterReviewer, _keys, _register),
        _on(AmendReviewer, changes.amended),
        _on(RetireReviewer, lambda record, command, now: changes.retired(record, command.on, now)),
        _on(PutOnCall, lambda record, command, now: record.on_call(_shift(command), now)),
        _on(TakeOffCall, lambda record, command, now: record.off_call(command.shift_id, now)),
    )


def outline(record: ReviewerRecord, before: ReviewerRecord | None = None) -> Mapping[str, object]:
    """A reviewer as answered, without who it is: what is left, what fell away and what must be given to others."""
    reviewer = record.reviewer
    gone = () if before is None else tuple(shift for shift in before.shifts if shift not in record.shifts)
    return {
        "reviewer_id": str(reviewer.id),
        "capacity": reviewer.capacity,
        "retired_on": None if reviewer.retired_on is None else reviewer.retired_on.isoformat(),
        "open_cases": sorted({str(each.case_id) for each in reviewer.assignments if each.released_at is None}),
        "shifts": [shift_view(shift) for shift in sorted(record.shifts, key=lambda shift: shift.start)],
        "shifts_withdrawn": [str(shift.id) for shift in gone],
    }


def _register(received: Received[RegisterReviewer], work: Work[ReviewerRecord]) -> Decision:
    command = received.message
    key = reviewer_key(command.reviewer_id)
    if work.get(key) is not None:
        return Refused((Reason(code="REVIEWER_EXISTS", field="reviewer_id", text="There is this reviewer already."),))
    try:
        record = changes.registered(command)
    except Refusal as refusal:
        return Refused(refusal.reasons)
    work.put(key, record.noted(Entry(work.now, command.actor, command.wire_type())))
    return Accepted(outline(record))


def _on(command: type[C], step: "Step[C]") -> On[C, ReviewerRecord]:
    def handle(received: Received[C], work: Work[ReviewerRecord]) -> Decision:
        message = received.message
        key = reviewer_key(message.reviewer_id)
        before = work.get(key)
        if before is None:
            return Refused((Reason(code="NO_SUCH_REVIEWER", field="reviewer_id", text="There is no such reviewer."),))
        try:
            after = step(before, message, work.now)
        except Refusal as refusal:
            return Refused(refusal.reasons)
        work.put(key, after.noted(Entry(work.now, message.actor, message.wire_type())))
        return Accepted(outline(after, before))

    return On(command, _keys, handle)


def _keys(received: Received[Any]) -> tuple[str]:
    return (reviewer_key(received.message.reviewer_id),)


def _shift(command: PutOnCall) -> Shift:
    return Shift(
        id=command.shift_id,
        reviewer_id=command.reviewer_id,
        start=_utc("start", command.start),
        end=_utc("end", command.end),
        states=command.states,
        profession=command.profession,
        specialty=command.specialty,
    )


def _utc(field: str, at: dt.datetime) -> dt.datetime:
    if at.tzinfo is None:
        text = "The time has no time zone; give it as 2026-07-04T18:00-05:00."
        raise Refusal(Reason(code="TIME_WITHOUT_ZONE", field=field, text=text))
    return at.astimezone(dt.UTC)
