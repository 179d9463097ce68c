"""The record of one reviewer: the value, the sealed identity, shifts and assignments; each change a pure step."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self
from uuid import UUID

from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers.reviewer import Assignment, Reviewer
from services.complaints.domain.reviewers.roster import Shift, may_stand
from shared.contracts.replies import Reason

LONGEST_SHIFT = dt.timedelta(days=31)


class Entry(NamedTuple):
    """A line for the audit."""

    at: dt.datetime
    actor: str
    action: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the reviewer is. Confidential (42 CFR 480.101); ``numbers``: licence numbers by ``licence_key``."""

    name: str
    email: str | None = None
    phone: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerRecord:
    """A reviewer as stored. ``unsaved``: audit lines to write; ``stored``: as it was read, to save differences."""

    reviewer: Reviewer
    identity: Identity
    shifts: tuple[Shift, ...] = ()
    version: int = 0
    unsaved: tuple[Entry, ...] = ()
    stored: "ReviewerRecord | None" = None

    def noted(self, entry: Entry) -> Self:
        """With a line for the audit."""
        return replace(self, unsaved=(*self.unsaved, entry))

    def with_reviewer(self, reviewer: Reviewer, now: dt.datetime) -> Self:
        """With what was changed about the reviewer, and without shifts that this no longer allows.

        A shift that has begun ends at ``now``; those that are over stay.
        """
        kept = (shift if may_stand(reviewer, shift) else _cut(shift, now) for shift in self.shifts)
        return replace(self, reviewer=reviewer, shifts=tuple(shift for shift in kept if shift is not None))

    def on_call(self, shift: Shift, now: dt.datetime) -> Self:
        """With another shift; raises Refusal."""
        reasons = tuple(_shift_reasons(self, shift, now))
        if reasons:
            raise Refusal(*reasons)
        return replace(self, shifts=(*self.shifts, shift))

    def off_call(self, shift_id: UUID, now: dt.datetime) -> Self:
        """Without a shift, or with what has passed of it; raises Refusal for one that is over or unknown."""
        found = next((shift for shift in self.shifts if shift.id == shift_id), None)
        if found is None:
            raise Refusal(Reason(code="NO_SUCH_SHIFT", field="shift_id", text="The reviewer has no such shift."))
        if found.end <= now:
            raise Refusal(Reason(code="SHIFT_OVER", field="shift_id", text="The shift is over."))
        left = _cut(found, now)
        rest = tuple(shift for shift in self.shifts if shift.id != shift_id)
        return replace(self, shifts=rest if left is None else (*rest, left))

    def assigned(self, assignment: Assignment) -> Self:
        """With another assignment, whose objections the caller has asked for; raises Refusal for one held already."""
        held = any(_same_part(known, assignment) for known in self.reviewer.assignments)
        if held:
            text = "The reviewer has this part of the case already."
            raise Refusal(Reason(code="ALREADY_ASSIGNED", field="reviewer_id", text=text))
        return self._with_assignments((*self.reviewer.assignments, assignment))

    def attested(self, assignment_id: UUID, at: dt.datetime) -> Self:
        """With the absence of conflicts attested at ``at``; a second attestation keeps the first. Raises Refusal."""
        found = self._open(assignment_id)
        return self if found.attested_at is not None else self._replaced(replace(found, attested_at=at))

    def released(self, assignment_id: UUID, at: dt.datetime) -> Self:
        """With an assignment given back at ``at``; no clock starts again. Raises Refusal when it is not open."""
        return self._replaced(replace(self._open(assignment_id), released_at=at))

    def _open(self, assignment_id: UUID) -> Assignment:
        for known in self.reviewer.assignments:
            if known.id == assignment_id and known.released_at is None:
                return known
        text = "The reviewer has no such open assignment."
        raise Refusal(Reason(code="NO_SUCH_ASSIGNMENT", field="assignment_id", text=text))

    def _replaced(self, changed: Assignment) -> Self:
        known = self.reviewer.assignments
        return self._with_assignments(tuple(changed if each.id == changed.id else each for each in known))

    def _with_assignments(self, assignments: tuple[Assignment, ...]) -> Self:
        return replace(self, reviewer=replace(self.reviewer, assignments=assignments))


def _same_part(known: Assignment, wanted: Assignment) -> bool:
    return known.released_at is None and (known.case_id, known.level, known.role) == (
        wanted.case_id,
        wanted.level,
        wanted.role,
    )


def _cut(shift: Shift, now: dt.datetime) -> Shift | None:
    if shift.end <= now:
        return shift
    return replace(shift, end=now) if shift.start < now else None


def _shift_reasons(record: ReviewerRecord, shift: Shift, now: dt.datetime) -> list[Reason]:
    if shift.end <= shift.start or shift.end - shift.start > LONGEST_SHIFT:
        text = f"A shift ends after it starts, and within {LONGEST_SHIFT.days} days."
        return [Reason(code="SHIFT_LENGTH", field="end", text=text)]
    if shift.end <= now:
        return [Reason(code="SHIFT_OVER", field="end", text="The shift is over.")]
    reasons = []
    if any(known.id == shift.id for known in record.shifts):
        reasons.append(Reason(code="SHIFT_EXISTS", field="shift_id", text="There is a shift with this id."))
    elif any(known.start < shift.end and shift.start < known.end for known in record.shifts):
        text = "The reviewer is on call in that time already."
        reasons.append(Reason(code="ALREADY_ON_CALL", field="start", text=text))
    if not may_stand(record.reviewer, shift):
        text = "On every day of the shift the reviewer must be in service, licensed in every State, and a specialist."
        reasons.append(Reason(code="MAY_NOT_STAND", field="states", text=text, citation="42 CFR 476.98(a)(1)"))
    return reasons
