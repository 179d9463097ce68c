"""The handler of second decisions: nothing of the first is shown, and nothing is published."""

from services.complaints.consistency.store import review_key
from services.complaints.domain.case import Case
from services.complaints.domain.consistency.answering import SecondReview, answered
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.reviewers.record import Entry, ReviewerRecord
from services.complaints.repository import PREFIX
from services.complaints.reviewers.store import reviewer_key
from shared.contracts.replies import Reason
from shared.contracts.second_reviews import RecordSecondReview
from shared.messaging.handling import Accepted, Decision, On, Received, Refused, Work


def second_review_handlers() -> tuple[On[RecordSecondReview, object], ...]:
    """The handlers of everything complaints is asked about second reviews."""
    return (On(RecordSecondReview, _keys, _handle),)


def _keys(received: Received[RecordSecondReview]) -> tuple[str, str, str]:
    command = received.message
    return f"{PREFIX}{command.case_id}", review_key(command.case_id), reviewer_key(command.reviewer)


def _handle(received: Received[RecordSecondReview], work: Work[object]) -> Decision:
    command = received.message
    case_key, key, person_key = _keys(received)
    case, review, known = work.get(case_key), work.get(key), work.get(person_key)
    if not isinstance(case, Case) or not isinstance(review, SecondReview):
        text = "The case was not drawn for a second review."
        return Refused((Reason(code="NOT_DRAWN", field="case_id", text=text),))
    if not isinstance(known, ReviewerRecord):
        return Refused((Reason(code="NO_SUCH_REVIEWER", field="reviewer", text="There is no such reviewer."),))
    try:
        after, person = answered(review, case, known, command, received.derive("assignment"), work.now)
    except Refusal as refusal:
        return Refused(refusal.reasons)
    work.put(key, after)
    work.put(person_key, person.noted(Entry(work.now, command.actor, command.wire_type())))
    return Accepted({"case_id": str(case.id), "case_type": case.type.value, "recorded": True})
