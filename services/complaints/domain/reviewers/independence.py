"""Everything that speaks against a person for a part in a case, and which waivers set it aside (all case types)."""

from collections.abc import Callable, Iterator
from typing import Final

from services.complaints.domain.reviewers import conflicts, qualification
from services.complaints.domain.reviewers.objection import Objection
from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import Reviewer, Waiver
from shared.contracts.replies import Reason

GUARDS: Final[tuple[Callable[[Reviewer, AssignmentRequest], Iterator[Objection]], ...]] = (
    qualification.part,
    qualification.profession,
    qualification.specialty,
    conflicts.ties,
    conflicts.interests,
    conflicts.earlier,
    conflicts.attestation,
)


def raised(reviewer: Reviewer, request: AssignmentRequest) -> tuple[Objection, ...]:
    """All objections, in the order of the guards, before any waiver."""
    return tuple(found for guard in GUARDS for found in guard(reviewer, request))


def objections(reviewer: Reviewer, request: AssignmentRequest) -> tuple[Reason, ...]:
    """What still speaks against it after the request's waivers: nothing, if the person may take the part.

    A waiver without a reason waives nothing and is itself an objection.
    """
    waived = {waiver.kind for waiver in request.waivers if waiver.reason.strip()}
    standing = tuple(found.reason for found in raised(reviewer, request) if found.waiver not in waived)
    return standing + unreasoned(request.waivers)


def waivers_used(reviewer: Reviewer, request: AssignmentRequest) -> tuple[Waiver, ...]:
    """Those of the request's waivers that this person needs, for the record."""
    needed = {found.waiver for found in raised(reviewer, request)}
    return tuple(waiver for waiver in request.waivers if waiver.kind in needed and waiver.reason.strip())


def unreasoned(waivers: tuple[Waiver, ...]) -> tuple[Reason, ...]:
    """The refusal of waivers without a reason."""
    if all(waiver.reason.strip() for waiver in waivers):
        return ()
    return (Reason(code="WAIVER_WITHOUT_REASON", field="waivers", text="A waiver needs its reason."),)
