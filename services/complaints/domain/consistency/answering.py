"""A second reviewer's decision about a drawn case: what stands against it, and what is kept of it. Pure."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from services.complaints.domain import clock, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.refusal import Refusal, check_instant
from services.complaints.domain.reviewers.area import area_states
from services.complaints.domain.reviewers.independence import objections, waivers_used
from services.complaints.domain.reviewers.record import ReviewerRecord
from services.complaints.domain.reviewers.request import AssignmentRequest, waivers_of
from services.complaints.domain.reviewers.reviewer import Assignment, Level, Role
from shared.contracts.replies import Reason
from shared.contracts.second_reviews import RecordSecondReview

_CITATION = "42 CFR 476.98(d)"


class Answer(NamedTuple):
    """Who decided what, and when; ``actor`` recorded it."""

    reviewer: UUID
    outcome: str
    at: dt.datetime
    actor: str


@dataclass(frozen=True, slots=True)
class SecondReview:
    """A drawn case; what the first reviewer decided is not loaded, so that nothing can show it."""

    case_id: UUID
    first_reviewer: UUID
    drawn_at: dt.datetime
    answered: bool = False
    answer: Answer | None = None


def answered(
    review: SecondReview,
    case: Case,
    known: ReviewerRecord,
    command: RecordSecondReview,
    assignment_id: UUID,
    now: dt.datetime,
) -> tuple[SecondReview, ReviewerRecord]:
    """The review with its answer, the reviewer with an assignment that is done; raises Refusal with every reason."""
    at = check_instant("at", command.at, now=now, citation=_CITATION, since=review.drawn_at, after="the case was drawn")
    request = _request(case, command, at)
    reasons = (*_against(review, case, command), *objections(known.reviewer, request))
    if reasons:
        raise Refusal(*reasons)
    assignment = Assignment(
        id=assignment_id,
        case_id=case.id,
        family_id=case.family,
        level=request.level,
        role=request.role,
        assigned_at=at,
        attested_at=at,
        released_at=at,
        waivers=waivers_used(known.reviewer, request),
    )
    answer = Answer(command.reviewer, command.outcome, at, command.actor)
    return replace(review, answered=True, answer=answer), known.assigned(assignment)


def _against(review: SecondReview, case: Case, command: RecordSecondReview) -> Iterator[Reason]:
    if review.answered:
        text = "The case has its second decision."
        yield Reason(code="REVIEWED_TWICE", field="case_id", text=text)
    if command.reviewer == review.first_reviewer:
        text = "Whoever decided first does not decide again."
        yield Reason(code="FIRST_REVIEWER", field="reviewer", text=text, citation=_CITATION)
    if command.outcome not in procedures.of(case.type).outcomes:
        text = f"{case.type} has no such outcome."
        yield Reason(code="UNKNOWN_OUTCOME", field="outcome", text=text)


def _request(case: Case, command: RecordSecondReview, at: dt.datetime) -> AssignmentRequest:
    day = clock.local_date(at, case.zone)
    outcome = procedures.of(case.type).outcomes.get(command.outcome)
    return AssignmentRequest(
        case_id=case.id,
        family_id=case.family,
        level=Level.CONSISTENCY,
        role=Role.PEER_REVIEWER,
        on=day,
        area=area_states(case.facility.state, day),
        subject=command.subject,
        specialty=command.specialty,
        facility_ccn=case.facility.ccn,
        denial=outcome is not None and outcome.adverse,
        attested=command.attested_no_conflict,
        waivers=waivers_of(command.waivers),
    )
