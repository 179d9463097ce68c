"""Guards on a sanction panel as a whole (42 CFR 1004.50(a), (d), (f); 1004.60(c))."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.complaints.domain.reviewers.independence import raised, unreasoned
from services.complaints.domain.reviewers.objection import Objection, objection
from services.complaints.domain.reviewers.request import AssignmentRequest
from services.complaints.domain.reviewers.reviewer import Reviewer, Role, WaiverKind
from shared.contracts.replies import Reason

MINIMUM: Final = 3


def member_objections(members: Sequence[Reviewer], request: AssignmentRequest) -> Mapping[UUID, tuple[Reason, ...]]:
    """What speaks against each voting member by itself, whose attestation the request speaks of."""
    alone = replace(request, role=Role.PANEL_MEMBER)
    waived = {waiver.kind for waiver in request.waivers if waiver.reason.strip()}
    found = {
        member.id: tuple(each.reason for each in raised(member, alone) if each.waiver not in waived)
        for member in members
    }
    return {member: reasons for member, reasons in found.items() if reasons}


def panel_objections(members: Sequence[Reviewer], request: AssignmentRequest) -> tuple[Reason, ...]:
    """What speaks against the voting members together and each by itself; whoever recommended may not be among them.

    The request names the practitioner's specialty and setting. Only the similar area may be waived: the rule says
    "should" of it.
    """
    waived = {waiver.kind for waiver in request.waivers if waiver.reason.strip()}
    together = tuple(found.reason for found in _together(members, request) if found.waiver not in waived)
    alone = member_objections(members, request).values()
    apart = dict.fromkeys(reason.code for reasons in alone for reason in reasons)
    by_code = {reason.code: reason for reasons in alone for reason in reasons}
    return together + tuple(by_code[code] for code in apart) + unreasoned(request.waivers)


def _together(members: Sequence[Reviewer], request: AssignmentRequest) -> Iterator[Objection]:
    people = {member.id: member for member in members}.values()
    if len(people) < MINIMUM:
        text = f"The panel needs at least {MINIMUM} physicians."
        yield objection("PANEL_TOO_SMALL", text, "42 CFR 1004.50(a)", field="members")
    citation = "42 CFR 1004.50(d)"
    if request.specialty is None or not any(member.practises(request.specialty, request.on) for member in people):
        text = "At least one member must be of the practitioner's specialty."
        yield objection("PANEL_LACKS_SPECIALTY", text, citation, field="members")
    if request.setting is None or all(member.setting is not request.setting for member in people):
        text = "At least one member should practise in a similar area, urban or rural."
        waiver = WaiverKind.NO_SIMILAR_AREA
        yield objection("PANEL_LACKS_SIMILAR_AREA", text, citation, field="members", waiver=waiver)
