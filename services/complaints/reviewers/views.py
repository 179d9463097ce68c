"""Reviewers, shifts and suggestions as the read API shows them, times also on the State's clock."""

import datetime as dt
from typing import Any

from services.complaints.domain import clock
from services.complaints.domain.reviewers.assignment import Candidate, Suitability
from services.complaints.domain.reviewers.record import Identity, ReviewerRecord
from services.complaints.domain.reviewers.reviewer import Assignment, Reviewer
from services.complaints.domain.reviewers.roster import Shift, Span
from services.complaints.reviewers.pool import Workload
from shared.contracts.envelope import format_instant


def card(reviewer: Reviewer, who: Identity, load: Workload) -> dict[str, Any]:
    """A line of the register."""
    return {
        "reviewer_id": str(reviewer.id),
        "name": who.name,
        "practising": reviewer.practising,
        "licences": [
            {
                "profession": each.profession.value,
                "state": each.state,
                "valid_from": each.valid_from.isoformat(),
                "valid_to": _day(each.valid_to),
            }
            for each in reviewer.licences
        ],
        "specialties": [
            {
                "specialty": each.specialty.value,
                "certified": each.certified,
                "since": each.since.isoformat(),
                "until": _day(each.until),
            }
            for each in reviewer.specialties
        ],
        "capacity": reviewer.capacity,
        "open_cases": len(load.due),
        "next_due": None if load.next_due is None else format_instant(load.next_due),
        "retired_on": _day(reviewer.retired_on),
    }


def sheet(record: ReviewerRecord, load: Workload) -> dict[str, Any]:
    """Everything about one reviewer but licence numbers, which nobody needs to see."""
    reviewer, who = record.reviewer, record.identity
    return {
        **card(reviewer, who, load),
        "email": who.email,
        "phone": who.phone,
        "setting": None if reviewer.setting is None else reviewer.setting.value,
        "interests": [
            {
                "ccn": each.ccn,
                "kind": each.kind.value,
                "holder": each.holder.value,
                "since": each.since.isoformat(),
                "until": _day(each.until),
            }
            for each in reviewer.interests
        ],
        "ties": [
            {"family_id": str(each.family_id), "kind": each.kind.value, "holder": each.holder.value}
            for each in reviewer.ties
        ],
        "shifts": [shift_view(each) for each in record.shifts],
        "assignments": [_assignment(each) for each in reviewer.assignments if each.released_at is None],
    }


def person_on_call(shift: Shift, who: Identity, zone: str) -> dict[str, Any]:
    """Whom to telephone now."""
    return {
        **shift_view(shift),
        "reviewer_id": str(shift.reviewer_id),
        "name": who.name,
        "phone": who.phone,
        "email": who.email,
        "until_local": clock.in_words(shift.end, zone),
    }


def shift_view(shift: Shift) -> dict[str, Any]:
    """A shift, without who stands it."""
    return {
        "shift_id": str(shift.id),
        "start": format_instant(shift.start),
        "end": format_instant(shift.end),
        "states": sorted(shift.states),
        "profession": shift.profession.value,
        "specialty": None if shift.specialty is None else shift.specialty.value,
    }


def gap(span: Span, zone: str) -> dict[str, Any]:
    """A time when nobody answers."""
    return {
        "start": format_instant(span.start),
        "end": format_instant(span.end),
        "start_local": clock.in_words(span.start, zone),
        "end_local": clock.in_words(span.end, zone),
        "hours": round((span.end - span.start) / dt.timedelta(hours=1), 2),
    }


def suggestion(found: Suitability, candidate: Candidate, who: Identity, on_call: bool) -> dict[str, Any]:
    """One candidate: free, free with waivers that need reasons, or why not."""
    return {
        "reviewer_id": str(found.reviewer_id),
        "name": who.name,
        "eligible": not found.refused,
        "objections": list(found.refused),
        "waivers_needed": sorted(found.waivable),
        "open_cases": len(candidate.open_due),
        "capacity": candidate.reviewer.capacity,
        "on_call": on_call,
    }


def _assignment(assignment: Assignment) -> dict[str, Any]:
    return {
        "case_id": str(assignment.case_id),
        "level": assignment.level.value,
        "role": assignment.role.value,
        "assigned_at": format_instant(assignment.assigned_at),
        "attested_at": None if assignment.attested_at is None else format_instant(assignment.attested_at),
    }


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()
