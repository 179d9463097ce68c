"""Elements of complaints, immediate advocacy and quality reviews, and of discussions before a decision."""

from collections.abc import Mapping

from services.complaints.domain.letters.source import Source, fixed
from services.complaints.domain.letters.telling import Telling, iso
from services.complaints.domain.rules import BOOK
from shared.contracts.complaints import ConcernFinding, Finding

_COMPLAINT_LIMIT = "BC-LIMIT"
_ENDED = (("ABANDON", "ended_ABANDONED"), ("BENE", "ended_BENE"), ("PROVIDER", "ended_PROVIDER"), ("QIO", "ended_QIO"))


def _found(telling: Telling) -> tuple[ConcernFinding, ...]:
    """The last findings; a reconsideration that changed none has those before."""
    return next((reasons.findings for reasons in reversed(telling.case.sealed.reasons) if reasons.findings), ())


def _findings(telling: Telling) -> str:
    concerns = {concern.id: concern.words for concern in telling.case.sealed.concerns}
    return "\n".join(
        f"{concerns.get(one.concern, one.concern)} - {telling.words[one.finding.value]}; {one.standard}; {one.facts}"
        for one in _found(telling)
    )


def _all_met(telling: Telling) -> bool:
    found = _found(telling)
    return bool(found) and all(one.finding is Finding.STANDARD_MET for one in found)


def _discussion(telling: Telling) -> str:
    if telling.kind == "C_REC_REQUEST":
        return telling.words["discussion_announced"]
    if not telling.procedure.concerns:
        return telling.words["discussion_payment"]
    return telling.words["discussion_none" if _all_met(telling) else "discussion_quality"]


def _discussion_until(telling: Telling) -> str:
    """A call makes the offer, so its time counts from the call."""
    if telling.procedure.concerns and _all_met(telling):
        return telling.words["discussion_none_until"]
    waiting = telling.waiting("discussion_deadline")
    if telling.call and telling.running("discussion_deadline") is None and waiting is not None:
        return telling.words["after_call"].format(count=waiting.rule.count)
    return iso(telling.due("discussion_deadline"))


def _without(telling: Telling) -> str:
    if not telling.procedure.concerns:
        return telling.words["decide_without"]
    return telling.words["nothing_follows" if _all_met(telling) else "becomes_final"]


def _discussed(telling: Telling) -> str:
    """What was said only people can tell; that nothing was said the case knows."""
    return "" if telling.fact("discussion_held") is not None else telling.words["no_discussion"]


def _reason(telling: Telling) -> str:
    if telling.kind == "RETURNED_TO_PLAN":
        return telling.words["returned_because"]
    ended = telling.case.course.ended or ("ABANDONED" if telling.kind == "C_ABANDONED" else "")
    return telling.words[next((key for part, key in _ENDED if part in ended), "ended")]


def _written_until(telling: Telling) -> str:
    """Three years after the care (476.120(a)), as the rule of written complaints counts them."""
    care = telling.fact("care_date")
    if care is None:
        return telling.words["written_complaint_until"]
    rule = BOOK.in_force(_COMPLAINT_LIMIT, telling.case.opened_on)
    return iso(rule.due(care, telling.case.zone))


ELEMENTS: Mapping[str, Source] = {
    "findings": Source(_findings, decided=True, concerns=True, people=True),
    "discussion_right": Source(_discussion),
    "discussion_deadline": Source(_discussion_until, due=True),
    "discussion_summary": Source(_discussed, people=True, until="discussion_held"),
    "if_no_response": Source(_without),
    "reason": Source(_reason, kinds=("RETURNED_TO_PLAN", "IA_DISCONTINUED", "C_ABANDONED"), people=True),
    "written_complaint_right": fixed("written_complaint"),
    "written_complaint_deadline": Source(_written_until),
    "resubmit_right": fixed("resubmit"),
}
