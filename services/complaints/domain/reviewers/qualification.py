"""Guards on what a person may review: profession, licence, denial, coding, specialty (42 CFR 476.98(a)-(c), 478.28)."""

from collections.abc import Iterator
from typing import Final

from services.complaints.domain.reviewers.objection import Objection, objection
from services.complaints.domain.reviewers.request import AssignmentRequest, Matter
from services.complaints.domain.reviewers.reviewer import (
    MEDICAL_OFFICER_PLACES,
    PHYSICIANS,
    Level,
    Reviewer,
    Role,
    WaiverKind,
)
from shared.contracts.reviewers import Profession

_SCREENERS: Final = PHYSICIANS | {
    Profession.NURSE,
    Profession.NURSE_PRACTITIONER,
    Profession.PHYSICIAN_ASSISTANT,
    Profession.ANALYST,
    Profession.CODER,
}
_OFFICERS: Final = frozenset({Profession.MEDICAL_OFFICER})
# Those whose work is divided into specialties, so that a specialist can be asked for.
_SPECIALISED: Final = PHYSICIANS | {Profession.DENTIST}
_PANEL: Final = (Role.RECOMMENDER, Role.PANEL_MEMBER)


def fitting(request: AssignmentRequest) -> frozenset[Profession]:
    """The professions that may take the part without any waiver.

    Doctors of medicine and osteopathy are peers of each other. Care by other practitioners is reviewed in their own
    field, but denied by a physician.
    """
    if request.role is Role.SCREENER:
        return _SCREENERS
    if request.role is Role.CODER or request.matter is Matter.CODING:
        return frozenset({Profession.CODER})
    if request.emtala or request.role in _PANEL or request.subject in PHYSICIANS:
        return PHYSICIANS
    if request.subject in (Profession.DENTIST, Profession.MEDICAL_OFFICER):
        return frozenset({request.subject})
    return PHYSICIANS if request.denial else frozenset({request.subject})


def part(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """What the part itself rules out, whoever takes it."""
    if reviewer.retired(request.on):
        yield objection("REVIEWER_RETIRED", "The reviewer takes no more cases.", None)
    if request.role is Role.CODER and request.matter is not Matter.CODING:
        text = "A coder decides technical coding only; procedures and diagnoses are for a physician."
        yield objection("CODER_DECIDES_CODING_ONLY", text, "42 CFR 476.98(c)", field="role")
    if request.denial and request.role in (Role.SCREENER, Role.CODER):
        yield _only_physicians("role")


def profession(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """The same profession, licensed in the QIO's area on the day; for want of a peer any MD or DO licensed there."""
    fit = fitting(request)
    if _licensed(reviewer, fit, request):
        return
    if _peer_waivable(request) and _licensed(reviewer, PHYSICIANS, request):
        text = "The reviewer is a physician, but no peer of whoever gave the care."
        yield objection("PROFESSION_DIFFERS", text, "42 CFR 476.98(a)(2)", waiver=WaiverKind.NO_PEER_AVAILABLE)
        return
    usable = fit | PHYSICIANS if _peer_waivable(request) else fit
    held = reviewer.professions & usable
    if not held:
        yield _wrong_profession(reviewer, request)
    elif any(licence.profession in held and licence.holds(request.on) for licence in reviewer.licences):
        text = "The reviewer's licence is not of a State in the QIO's area."
        yield objection("LICENCE_NOT_IN_AREA", text, "42 CFR 476.98(a)(1)")
    else:
        text = "The reviewer holds no licence that is valid on the day of the review."
        yield objection("LICENCE_NOT_VALID", text, "42 CFR 476.98(a)(1)")


def specialty(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    """A specialist: the rule on reconsideration, good practice at first; for EMTALA certified and in practice."""
    if request.role is not Role.PEER_REVIEWER or request.matter is Matter.CODING:
        return
    if request.emtala:
        yield from _emtala(reviewer, request)
        return
    citation = "42 CFR 478.28(c)" if request.level is Level.RECONSIDERATION else None
    if request.specialty is None:
        if request.level is Level.RECONSIDERATION and request.subject in _SPECIALISED:
            yield objection(
                "SPECIALTY_NOT_STATED",
                "The specialty of the services under review must be known, so that a specialist decides.",
                citation,
                field="specialty",
                waiver=WaiverKind.NO_SPECIALIST,
            )
    elif not reviewer.practises(request.specialty, request.on):
        text = "The reviewer is no specialist in the services under review."
        yield objection("SPECIALTY_DIFFERS", text, citation, waiver=WaiverKind.NO_SPECIALIST)


def _emtala(reviewer: Reviewer, request: AssignmentRequest) -> Iterator[Objection]:
    citation = "42 CFR 489.24(h)"
    if not reviewer.practising:
        yield objection("NOT_PRACTISING", "The physician must be in active practice.", citation)
    if request.specialty is None:
        text = "The specialty must be known, so that a certified specialist decides."
        yield objection("SPECIALTY_NOT_STATED", text, citation, field="specialty")
    elif not reviewer.practises(request.specialty, request.on):
        yield objection("SPECIALTY_DIFFERS", "The physician must be of the specialty of the case.", citation)
    elif not reviewer.practises(request.specialty, request.on, certified=True):
        text = "The physician must be certified by a board in the specialty of the case."
        yield objection("NOT_BOARD_CERTIFIED", text, citation)


def _wrong_profession(reviewer: Reviewer, request: AssignmentRequest) -> Objection:
    if request.role is Role.CODER or request.matter is Matter.CODING:
        text = "Technical coding is reviewed by someone trained and experienced in it."
        return objection("CODER_NEEDED", text, "42 CFR 476.98(c)")
    if request.role in _PANEL:
        text = "Those who recommend a sanction and the members of the panel must be physicians."
        return objection("PHYSICIAN_NEEDED", text, "42 CFR 1004.50(a)")
    if Profession.MEDICAL_OFFICER in reviewer.professions and request.subject in PHYSICIANS:
        text = "A medical officer may review peers only, not care by doctors of medicine or osteopathy."
        return objection("MEDICAL_OFFICER_REVIEWS_PEERS", text, "42 CFR 476.98(a)(3)")
    if request.denial:
        return _only_physicians("reviewer_id")
    return objection("PROFESSION_DIFFERS", "The reviewer is no peer of whoever gave the care.", "42 CFR 476.98(a)-(b)")


def _only_physicians(field: str) -> Objection:
    text = "Only a physician, or for a peer's care a dentist or medical officer, may deny."
    return objection("ONLY_PHYSICIAN_DENIES", text, "42 CFR 476.98(a)(1)", field=field)


def _peer_waivable(request: AssignmentRequest) -> bool:
    return request.role is Role.PEER_REVIEWER and request.matter is Matter.CLINICAL


def _licensed(reviewer: Reviewer, professions: frozenset[Profession], request: AssignmentRequest) -> bool:
    """Screening is no peer review: there any valid licence will do. Medical officers are those of the Pacific."""
    area = request.area
    if request.role is Role.SCREENER:
        area = area.union(licence.state for licence in reviewer.licences if licence.state is not None)
    if reviewer.licensed(professions - _OFFICERS, area, request.on):
        return True
    return reviewer.licensed(professions & _OFFICERS, area & MEDICAL_OFFICER_PLACES, request.on)
