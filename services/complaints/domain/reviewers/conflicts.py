"""Guards on who a person is: interests, ties, earlier reviews, attestation (42 CFR 476.98(d), 478.28(b), 1004.50)."""

from collections.abc import Iterator, Mapping
from typing import Final

from services.complaints.domain.reviewers.objection import Objection, objection
from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import Reviewer, Role, WaiverKind
from shared.contracts.reviewers import InterestKind, TieKind

_TIES: Final[Mapping[TieKind, tuple[str, str, str]]] = {
    TieKind.TREATED: (
        "TOOK_PART_IN_TREATMENT",
        "The reviewer or family took part in the beneficiary's treatment plan.",
        "42 CFR 476.98(d)(1)(i)",
    ),
    TieKind.KIN_OF_BENEFICIARY: (
        "KIN_OF_BENEFICIARY",
        "The reviewer or family belongs to the beneficiary's family.",
        "42 CFR 476.98(d)(1)(ii)",
    ),
    TieKind.COMPETITOR: (
        "IN_ECONOMIC_COMPETITION",
        "The reviewer is in direct economic competition with the practitioner.",
        "42 CFR 1004.50(b)",
    ),
    TieKind.BIAS: (
        "SUBSTANTIAL_BIAS",
        "The reviewer has a substantial bias for or against the practitioner.",
        "42 CFR 1004.50(c)",
    ),
}
# Parts that one person may not combine in one case; the database keeps the same sides.
_SIDES: Final[Mapping[Role, str]] = {Role.SCREENER: "SCREEN", Role.RECOMMENDER: "RECOMMEND"}


def side(role: Role) -> str:
    """The side of a case that a role is on; nobody is on two sides of one case."""
    return _SIDES.get(role, "REVIEW")


def ties(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """Own and family's part in the treatment, kinship, competition, bias: each said once."""
    held = {tie.kind for tie in reviewer.ties if tie.family_id == request.family_id}
    for kind, (code, text, citation) in _TIES.items():
        if kind in held:
            yield objection(code, text, citation)


def interests(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """Own and family's place in the facility; mere staff is not excluded by the rule, but must be accepted."""
    held = {
        interest.kind
        for interest in reviewer.interests
        if interest.ccn == request.facility_ccn and interest.holds(request.on)
    }
    if held - {InterestKind.STAFF}:
        text = "The reviewer or family governs, manages or owns 5 percent or more of the facility."
        yield objection("INTEREST_IN_FACILITY", text, "42 CFR 476.98(d)(1)(iii)")
    elif held:
        text = "The reviewer or family is on the staff of the facility."
        yield objection("STAFF_OF_FACILITY", text, None, waiver=WaiverKind.STAFF_ACCEPTED)


def earlier(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """Nobody reviews a matter at two levels, or is on two sides of one case. No waiver; released ones count."""
    mine = reviewer.assignments
    reviews = [assignment for assignment in mine if assignment.role is not Role.SCREENER]
    if request.role is not Role.SCREENER:
        if any(known.family_id == request.family_id and known.level is not request.level for known in reviews):
            text = "The reviewer took part in another level of review of the same matter."
            citation = "42 CFR 489.24(h)" if request.emtala else "42 CFR 478.28(b)"
            yield objection("REVIEWED_AT_OTHER_LEVEL", text, citation)
        if any(known.case_id in request.barred_cases for known in reviews):
            text = "The reviewer made the earlier review of the same event."
            yield objection("REVIEWED_SAME_EVENT", text, "42 CFR 489.24(h)")
    sides = {side(known.role) for known in mine if known.case_id == request.case_id} | {side(request.role)}
    if {"SCREEN", "REVIEW"} <= sides or {"SCREEN", "RECOMMEND"} <= sides:
        yield objection("SCREENER_IS_NOT_REVIEWER", "Whoever screened a case does not review it.", None)
    if {"RECOMMEND", "REVIEW"} <= sides:
        text = "Whoever recommends a sanction may not vote on it."
        yield objection("RECOMMENDER_MAY_NOT_VOTE", text, "42 CFR 1004.50(f)")


def attestation(_reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """The absence of conflicts is attested for each assignment, before the record is opened."""
    if not request.attested:
        text = "The reviewer must attest that there is no conflict, before the record is opened."
        yield objection("CONFLICT_NOT_ATTESTED", text, "42 CFR 476.98(d)", field="attested")
