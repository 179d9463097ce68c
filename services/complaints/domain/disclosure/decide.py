"""Decides whether something may be disclosed: yes, after notice, not before a date, or no, with reasons."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from services.complaints.domain.clock import Moment
from services.complaints.domain.disclosure.recipients import (
    MEANINGS,
    STATED,
    Condition,
    Information,
    NoticeException,
    Recipient,
)
from services.complaints.domain.disclosure.redact import SMALLEST_CELL
from services.complaints.domain.disclosure.rules import DisclosureRule, Permission, rule_for
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.reckoning import reckon
from services.complaints.domain.rules.disclosure import REFERRAL
from shared.contracts.complaints import CaseType
from shared.contracts.message import REDISCLOSURE
from shared.contracts.replies import Reason

EMTALA = frozenset({CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY})
# To whom exceptions are open (42 CFR 480.106(b)).
_OPEN_TO = {
    NoticeException.FRAUD_OIG_GAO: frozenset({Recipient.OIG, Recipient.GAO}),
    NoticeException.FRAUD_PROSECUTABLE: frozenset({Recipient.FRAUD_AGENCY}),
}
_EXCEPTED_BY = {
    NoticeException.IMMINENT_DANGER: "42 CFR 480.106(a)",
    NoticeException.FRAUD_OIG_GAO: "42 CFR 480.106(b)(1)",
    NoticeException.FRAUD_PROSECUTABLE: "42 CFR 480.106(b)(2)",
    NoticeException.SUBJECT_CONSENTED: "42 CFR 480.106(c)",
}


class Decision(StrEnum):
    """What follows from a request."""

    ALLOWED = "ALLOWED"
    NOTICE_NEEDED = "NOTICE_NEEDED"
    WAITING = "WAITING"  # for the end of the 30 days
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be told to whom. ``zone`` is the facility's; ``stated`` are conditions that who asks vouches for.

    ``notice_given``: when the practitioner or institution had the notice and a copy. ``smallest_cell``: the smallest
    count shown in an aggregate. ``requested``: when the patient's own request came in.
    """

    recipient: Recipient
    information: Information
    case_type: CaseType
    zone: str
    stated: frozenset[Condition] = frozenset()
    notice_given: Moment | None = None
    exception: NoticeException | None = None
    smallest_cell: int | None = None
    requested: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The decision with its reasons. ``disclosable_at``: not before (UTC); ``due_at``: at the latest (UTC).

    ``notice_with_it``: the notice goes out together with the information. The mark travels with the payload.
    """

    decision: Decision
    rule: DisclosureRule
    reasons: tuple[Reason, ...] = ()
    disclosable_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    notice_with_it: bool = False
    redisclosure: str = REDISCLOSURE


def decide(request: Request, desk: Desk, now: dt.datetime) -> Disclosure:
    """The decision at ``now``; the same request may be decided again when something has become known.

    Raises FactRefused for a notice dated by a time without zone.
    """
    rule = rule_for(request.recipient, request.information)
    reasons = (*_never(request, rule), *_missing(request, rule))
    if reasons:
        return Disclosure(decision=Decision.REFUSED, rule=rule, reasons=reasons)
    due_at = _due_at(request, desk)
    if Condition.NOTICE_30_DAYS not in rule.conditions:
        return Disclosure(decision=Decision.ALLOWED, rule=rule, due_at=due_at)
    if request.exception is not None:
        together = request.exception is NoticeException.IMMINENT_DANGER
        reason = Reason(
            code="NOTICE_WITH_IT" if together else "NOTICE_EXCEPTED",
            text="The notice goes out together with the information." if together else "No notice is needed.",
            citation=_EXCEPTED_BY[request.exception],
        )
        return Disclosure(decision=Decision.ALLOWED, rule=rule, reasons=(reason,), notice_with_it=together)
    return _after_notice(request, rule, desk, now)


def _after_notice(request: Request, rule: DisclosureRule, desk: Desk, now: dt.datetime) -> Disclosure:
    if request.notice_given is None:
        text = MEANINGS[Condition.NOTICE_30_DAYS]
        reason = Reason(code="NOTICE_NEEDED", field="notice_given_at", text=text, citation=rule.citation)
        return Disclosure(decision=Decision.NOTICE_NEEDED, rule=rule, reasons=(reason,))
    institution = request.information is Information.CONFIRMED_CONCERN
    at = _reckoned(
        "DS-INSTITUTION" if institution else "DS-INVESTIGATIVE",
        {"notice_given": request.notice_given},
        request.zone,
        desk,
        frozenset({"institution"} if institution else ()),
    )
    if now >= at:
        return Disclosure(decision=Decision.ALLOWED, rule=rule, disclosable_at=at)
    reason = Reason(code="NOTICE_RUNNING", text=MEANINGS[Condition.NOTICE_30_DAYS], citation=rule.citation)
    return Disclosure(decision=Decision.WAITING, rule=rule, reasons=(reason,), disclosable_at=at)


def _due_at(request: Request, desk: Desk) -> dt.datetime | None:
    """A patient's own information is due 14 calendar days after the written request (42 CFR 480.132(a)(2))."""
    if request.requested is None or Condition.WRITTEN_REQUEST not in request.stated:
        return None
    if request.recipient not in (Recipient.BENEFICIARY, Recipient.REPRESENTATIVE):
        return None
    return _reckoned("DS-PATIENT", {"information_requested": request.requested}, request.zone, desk, frozenset())


def _reckoned(
    rule_id: str, facts: dict[str, Moment], zone: str, desk: Desk, circumstances: frozenset[str]
) -> dt.datetime:
    found = reckon(REFERRAL, facts, zone, desk, circumstances=circumstances).of(rule_id)
    if found is None:
        raise ValueError(f"the clock of disclosures knows no {rule_id}")
    return found.due_at


def _never(request: Request, rule: DisclosureRule) -> Iterator[Reason]:
    """Why it can never be: the pair itself, or the type of the case."""
    if rule.permission is Permission.NEVER:
        text = "This is never disclosed to this recipient."
        if request.recipient is Recipient.COURT:
            text = "Records that identify a patient are not subject to subpoena or discovery in a civil action."
        yield Reason(code="NEVER_DISCLOSED", field="information", text=text, citation=rule.citation)
    kind, numbers = request.case_type, request.information is Information.AGGREGATE
    if kind is CaseType.SANCTION and not numbers and not _may_know_of_sanctions(request):
        text = "Nobody else may learn of a sanction, not even that there is one."
        yield Reason(code="SANCTION_HIDDEN", field="recipient", text=text, citation="42 CFR 480.101(b), 480.142")
    if kind in EMTALA and not numbers and request.recipient is not Recipient.CMS:
        text = "The report of an emergency case goes to CMS, which alone releases it."
        yield Reason(code="RELEASED_BY_CMS", field="recipient", text=text, citation="42 CFR 489.24(h)(2)")
    if kind is CaseType.GENERAL_QOC and _unknown_to_a_general_review(request):
        text = "In a general quality review the beneficiary is no party and nobody is named as complaining."
        yield Reason(code="NO_COMPLAINANT", field="information", text=text, citation="42 CFR 476.160")


def _may_know_of_sanctions(request: Request) -> bool:
    """Who may have the report, and nothing but the report (OIG and CMS may have all)."""
    if request.recipient in (Recipient.OIG, Recipient.CMS):
        return True
    return request.information is Information.SANCTION_REPORTS


def _unknown_to_a_general_review(request: Request) -> bool:
    if request.information is Information.COMPLAINANT:
        return request.recipient not in (Recipient.CMS, Recipient.OIG)
    patient = request.recipient in (Recipient.BENEFICIARY, Recipient.REPRESENTATIVE)
    return patient and request.information is Information.COMPLAINT_FINDINGS


def _missing(request: Request, rule: DisclosureRule) -> Iterator[Reason]:
    """Conditions that are not met, and an exception that is not open."""
    for condition in sorted((rule.conditions & STATED) - request.stated):
        yield Reason(code=f"{condition}_MISSING", field="stated", text=MEANINGS[condition], citation=rule.citation)
    if Condition.SUPPRESS_SMALL_CELLS in rule.conditions and (request.smallest_cell or 0) < SMALLEST_CELL:
        text = MEANINGS[Condition.SUPPRESS_SMALL_CELLS]
        yield Reason(code="SMALL_CELLS", field="smallest_cell", text=text, citation=rule.citation)
    if request.exception is not None and Condition.NOTICE_30_DAYS in rule.conditions:
        open_to = _OPEN_TO.get(request.exception)
        if open_to is not None and request.recipient not in open_to:
            text = "This exception is not open to this recipient."
            citation = _EXCEPTED_BY[request.exception]
            yield Reason(code="EXCEPTION_NOT_OPEN", field="exception", text=text, citation=citation)
