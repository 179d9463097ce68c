"""What the regulations ask before a determination and an end, judged on the log of a case and not by its guards.

Written from case-rules (the section beside each check); it asks neither the tables nor the guards of the procedures.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Final
from zoneinfo import ZoneInfo

from services.complaints.domain.case import Case, Done
from shared.contracts.complaints import CaseCommand, CaseType, Channel, DecideCase, Finding, How, Part, Role
from tests.complaints.player.staff import Staff

T = CaseType
_DAY: Final = dt.timedelta(days=1)
_PATIENT: Final = Role.BENEFICIARY
_CARE: Final = (Role.PROVIDER, Role.PRACTITIONER)
_MEDICARE: Final = (_PATIENT, *_CARE)
_ADVANTAGE: Final = (_PATIENT, *_CARE, Role.PLAN)
# Who must hear of a determination by telephone and letter (sections 4, 5, 6, 9).
TOLD: Final[Mapping[CaseType, tuple[Role, ...]]] = {
    **dict.fromkeys(
        (T.HOSP_DISCHARGE_FFS, T.HOSPITAL_REQUESTED_REVIEW, T.SERVICE_TERM_FFS, T.STATUS_CHANGE), _MEDICARE
    ),
    **dict.fromkeys((T.PREADMIT_HINN1, T.NONCOVERED_HINN), _MEDICARE),
    **dict.fromkeys((T.HOSP_DISCHARGE_MA, T.SERVICE_TERM_MA), _ADVANTAGE),
}
APPEALS: Final = frozenset(TOLD)
# Where a notice to the patient is what is appealed, its validity must be found (section 17).
_WITH_NOTICE: Final = frozenset({T.HOSP_DISCHARGE_FFS, T.HOSP_DISCHARGE_MA, T.SERVICE_TERM_FFS, T.SERVICE_TERM_MA})
_QUALITY: Final = frozenset({T.BENE_COMPLAINT, T.GENERAL_QOC})
_PAYMENT: Final = frozenset({T.HWDRG, T.SHORT_STAY, T.MEDNEC_RETRO})
_EMTALA: Final = frozenset({T.EMTALA_5DAY, T.EMTALA_60DAY})
_DENIALS: Final = frozenset({"DENIED_ADMISSION", "DENIED_DAYS", "ADJUSTED_PART_B_REBILL"})
_REVISIONS: Final = frozenset({"DRG_REVISED_LOWER", "DRG_REVISED_HIGHER"})
_AGAINST: Final = frozenset({"UPHELD_PROVIDER", "PARTIAL"}) | _DENIALS
_QUESTIONS: Final = frozenset({"screening", "emergency", "stabilized", "transfer", "quality"})
_INVESTIGATING: Final = frozenset({"state_survey_agency", "licensing_board", "oig", "ocr", "qin_qio"})
_ENDED: Final = frozenset({"CLOSED"})


def unmet(before: Case, command: CaseCommand | None, after: Case, staff: Staff) -> Iterator[str]:
    """What should have come before this step and did not; ``command`` is None where the clock took it."""
    if len(after.course.decided) > len(before.course.decided):
        if not isinstance(command, DecideCase):
            yield "determined by nobody"
        else:
            yield from _by_the_right_person(before, command, after, staff)
            check = _DETERMINED.get(after.type)
            if check is not None:
                yield from check(before, command, after)
    for step, found in _STEPS.items():
        if len(_all(after, step)) > len(_all(before, step)):
            yield from found(before, after)
    if after.state in _ENDED and before.state not in _ENDED:
        yield from _ended(after)


def _all(case: Case, *steps: str) -> list[Done]:
    return [done for done in case.course.log if done.step in steps]


def _since(case: Case, *steps: str) -> tuple[Done, ...]:
    """What was done since the last of these steps."""
    last = max((i for i, done in enumerate(case.course.log) if done.step in steps), default=-1)
    return case.course.log[last + 1 :]


def _did(case: Case, *steps: str) -> bool:
    """Whether one of these was done; what was done before a reopening is part of the record."""
    return any(done.step in steps for done in case.course.log)


def _by_the_right_person(before: Case, command: DecideCase, after: Case, staff: Staff) -> Iterator[str]:
    """Section 12: the assigned reviewer, a physician for what is against the patient, another one at the next level."""
    made = after.course.decided[-1]
    who = str(command.reviewer)
    if after.type is T.SANCTION or (made.outcome == "TECHNICAL_DENIAL" and made.level == 0):
        return
    given = [
        one
        for one in before.sealed.assigned
        if one.level == made.level and one.part in (Part.PEER_REVIEWER, Part.CODER)
    ]
    if not given or given[-1].reviewer != who:
        yield "decided by somebody else than the assigned reviewer"
    if made.outcome in _AGAINST and not staff.physician(who):
        yield "decided against the patient by no physician"
    if after.type in _EMTALA and not staff.physician(who):
        yield "a medical opinion by no physician"
    if made.level and who in {one.reviewer for one in before.sealed.assigned if one.level == 0}:
        yield "reconsidered by who reviewed before"
    if not command.rationale:
        yield "determined without reasons"


def _appeal(before: Case, command: DecideCase, after: Case) -> Iterator[str]:
    """Sections 4-6 and 17."""
    made = after.course.decided[-1]
    if made.level == 1:
        yield from _reconsidered(before)
        return
    yield from _everyone_heard(before)
    if made.outcome == "UPHELD_PROVIDER" and not _did(before, "information_complete"):
        yield "upheld without the information"
    if made.outcome == "UPHELD_PROVIDER" and before.course.answers.get("notice_valid") == "no":
        yield "upheld on an invalid notice"
    if made.outcome == "INVALID_NOTICE" and before.course.answers.get("notice_valid") != "no":
        yield "a valid notice called invalid"
    if made.outcome == "PARTIAL" and made.liable_from is None:
        yield "a partial outcome without its day"
    if made.outcome in ("OVERTURNED", "INVALID_NOTICE") and made.liable_from is not None:
        yield "the patient won and pays"


def _everyone_heard(before: Case) -> Iterator[str]:
    """Section 17, before any determination."""
    if not _did(before, "views_solicited"):
        yield "the patient's views were not asked for"
    # Who asks for a hospital-requested review is the hospital itself: it explained when it asked.
    if before.type is not T.HOSPITAL_REQUESTED_REVIEW and not _did(before, "explanation_offered"):
        yield "provider or plan could not explain"
    if not _did(before, "provider_notified"):
        yield "the provider was not notified"
    if before.type in _WITH_NOTICE and before.course.answers.get("notice_valid") not in ("yes", "no"):
        yield "nobody looked at the notice"


def _reconsidered(before: Case) -> Iterator[str]:
    first = next((one for one in reversed(before.course.decided) if one.level == 0), None)
    if first is None and before.type is not T.RECONSIDERATION:
        yield "reconsidered before it was determined"
    if first is not None and not _did(before, "reconsideration_requested"):
        yield "reconsidered without a request"


def _quality(before: Case, command: DecideCase, after: Case) -> Iterator[str]:
    """Section 3: every concern found once; nothing not met without discussion; complete information or 476.90."""
    yield from _every_concern(before, command)
    made = after.course.decided[-1]
    if not _did(before, "information_complete", "non_cooperation_found"):
        yield "determined without information"
    if made.level == 1:
        yield from _reconsidered(before)
    elif after.type is T.BENE_COMPLAINT:
        yield from _discussed(before, command)


def _every_concern(before: Case, command: DecideCase) -> Iterator[str]:
    if sorted(one.concern for one in command.findings) != sorted(one.id for one in before.sealed.concerns):
        yield "not every concern was found on, once"
    failed = [one for one in command.findings if one.finding is Finding.STANDARD_NOT_MET]
    met = len(command.findings) - len(failed)
    expected = "ALL_MET" if not failed else "SOME_NOT_MET" if met else "ALL_NOT_MET"
    if command.outcome != expected:
        yield "the outcome is not what was found"
    if any((one.severity is None) is (one in failed) for one in command.findings):
        yield "severity where none belongs, or none where it does"


def _discussed(before: Case, command: DecideCase) -> Iterator[str]:
    """Section 3.2, C2-C4: interim first; of what was not met a discussion, a statement, or 7 calendar days."""
    since = _since(before, "interim_made")
    if not _did(before, "interim_made"):
        yield "final without an interim determination"
    interim = next((one for one in reversed(before.sealed.reasons) if one.step == "interim_made"), None)
    was = {one.concern for one in interim.findings if one.finding is Finding.STANDARD_NOT_MET} if interim else set()
    now = {one.concern for one in command.findings if one.finding is Finding.STANDARD_NOT_MET}
    if now - was:
        yield "not met without having been discussable"
    offers = [done.at for done in since if done.step == "discussion_offered"]
    if now and not offers:
        yield "not met without an offer of discussion"
    heard = [done for done in since if done.step in ("discussion_held", "statement_received")]
    lapsed = [done for done in since if done.step == "discussion_lapsed"]
    if now and not heard and not lapsed:
        yield "not met before the discussion was held or lapsed"
    if lapsed and offers and _local(before, lapsed[0].at) < _local(before, min(offers)) + 7 * _DAY:
        extended = any(done.step == "discussion_extended" for done in since)
        if not extended and not any(done.step == "corrected" for done in before.course.log):
            yield "the 7 days for the discussion were cut short"


def _local(case: Case, at: dt.datetime) -> dt.date:
    return at.astimezone(ZoneInfo(case.zone)).date()


def _payment(before: Case, command: DecideCase, after: Case) -> Iterator[str]:
    """Section 9: discussion before any denial or DRG change, proposed by who may; technical only after notice."""
    made = after.course.decided[-1]
    if made.outcome == "TECHNICAL_DENIAL" and made.level == 0:
        missing = [
            s for s in ("records_requested", "records_overdue", "reminded", "notice_expired") if not _did(before, s)
        ]
        yield from (f"denied for want of records without {step}" for step in missing)
        return
    if made.level == 1:
        yield from _reconsidered(before)
        return
    proposals = ("denial_proposed",) if made.outcome in _DENIALS else ("drg_change_proposed",)
    if made.outcome not in _DENIALS | _REVISIONS:
        return
    latest = [
        done.step for done in before.course.log if done.step in ("denial_proposed", "drg_change_proposed", "reopened")
    ]
    if not latest or latest[-1] not in proposals:
        yield "determined what was not proposed"
    since = {done.step for done in _since(before, "denial_proposed", "drg_change_proposed")}
    if "discussion_offered" not in since:
        yield "denied without an offer of discussion"
    if not since & {"discussion_held", "discussion_lapsed"}:
        yield "denied before the discussion was held or lapsed"
    if made.outcome in _DENIALS and command.setting is None:
        yield "denied without the appropriate setting"


def _emtala(before: Case, command: DecideCase, after: Case) -> Iterator[str]:
    """Section 8: five answers, no conclusion of law; the parties of a 60-day review were heard or waived."""
    if set(command.answers) != _QUESTIONS or not set(command.answers.values()) <= {"YES", "NO", "UNDETERMINED", "NA"}:
        yield "not the five medical questions"
    if "violat" in command.rationale.lower() or "violat" in command.outcome.lower():
        yield "a conclusion of law"
    if after.type is T.EMTALA_5DAY:
        return
    if command.outcome == "RETURNED_H4":
        if (command.answers.get("screening"), command.answers.get("emergency")) != ("YES", "NO"):
            yield "returned though screening was not proper or an emergency was found"
    else:
        heard = ("meeting_held", "rights_waived")
        missing = [step for step in ("tentative_findings", "notice_mailed") if not _did(before, step)]
        yield from (f"reported without {step}" for step in missing)
        if not _did(before, *heard):
            yield "reported on parties that were not heard"


def _sanction(before: Case, command: DecideCase, after: Case) -> Iterator[str]:
    """Section 10: a panel of at least 3 physicians without the recommender; heard, or the 30 days over."""
    panel = {one.reviewer for one in before.sealed.assigned if one.part is Part.PANEL_MEMBER and one.physician}
    proposers = {one.reviewer for one in before.sealed.assigned if one.part is Part.RECOMMENDER}
    if len(panel) < 3:
        yield "a panel of fewer than three"
    if panel & proposers:
        yield "the recommender votes"
    if str(command.reviewer) not in panel:
        yield "found by nobody of the panel"
    if not proposers or not _did(before, "notice_sent"):
        yield "found without recommendation or notice"
    noticed = next(done.at for done in before.course.log if done.step == "notice_sent")
    over = after.course.decided[-1].at >= noticed + 30 * _DAY
    if not _did(before, "meeting_held", "response_lapsed") and not over:
        yield "found while the person may still be heard"


_DETERMINED: Final[Mapping[CaseType, Callable[[Case, DecideCase, Case], Iterator[str]]]] = {
    **dict.fromkeys(APPEALS | {T.RECONSIDERATION}, _appeal),
    **dict.fromkeys(_QUALITY, _quality),
    **dict.fromkeys(_PAYMENT, _payment),
    **dict.fromkeys(_EMTALA, _emtala),
    T.SANCTION: _sanction,
}


def _disclosed(before: Case, after: Case) -> Iterator[str]:
    """Section 11: notice and copy 30 calendar days before, unless excepted or to who needs none."""
    if after.type is not T.REFERRAL:
        return
    recipient = after.course.answers.get("recipient")
    excepted = _did(before, "excepted_for_fraud", "excepted_for_danger", "no_notice_needed")
    if recipient not in _INVESTIGATING or excepted:
        if _did(before, "no_notice_needed") and recipient in _INVESTIGATING:
            yield "an investigating body got it without notice"
        if _did(before, "excepted_for_fraud") and recipient != "oig":
            yield "the exception for fraud is the OIG's"
        return
    about = [Role.PROVIDER]
    if "institution" not in after.course.circumstances and after.sealed.contact(Role.PRACTITIONER) is not None:
        about.append(Role.PRACTITIONER)
    sent = _all(after, "sent")[-1].at
    for role in about:
        given = [
            done.at for done in _all(before, "notice_given") if done.party is role and done.how is not How.UNREACHABLE
        ]
        if not given:
            yield f"disclosed without a notice to the {role}"
        elif _local(after, sent) < _local(after, min(given)) + 30 * _DAY:
            yield f"disclosed before the 30 days of the {role} were over"
    if _did(before, "comments_received") and after.course.answers.get("comments_attached") != "yes":
        yield "comments were left out"


def _advocated(before: Case, after: Case) -> Iterator[str]:
    """Section 3.1, (a)(1)-(5)."""
    told = {(done.step, done.party) for done in before.course.log if done.how is not How.UNREACHABLE}
    roles = [role for role in (_PATIENT, *_CARE) if before.sealed.contact(role) is not None]
    if before.channel not in (Channel.PHONE, Channel.TTY, Channel.VOICEMAIL):
        yield "advocacy for what was written"
    grave = before.course.answers.get("potential_severity") not in ("NONE", "OTHER")
    if grave and before.course.answers.get("clinical") != "no":
        yield "advocacy for what is grave"
    if ("name_disclosure_agreed", _PATIENT) not in told:
        yield "the name is not disclosable"
    yield from (f"the {role} does not take part" for role in roles if ("participation_agreed", role) not in told)
    limits = "redisclosure_limits_agreed"
    yield from (f"the {role} did not agree to the limits" for role in roles if (limits, role) not in told)


def _asked_in_time(before: Case, after: Case) -> Iterator[str]:
    """Sections 3.2, 4, 5: there is a determination, told or not, and nobody reconsiders twice."""
    if not before.course.decided:
        yield "a reconsideration of nothing"
    elif before.course.decided[-1].level == 1:
        yield "a second reconsideration"
    if after.type in APPEALS and before.course.decided and before.course.decided[-1].outcome not in _AGAINST:
        yield "a reconsideration of what the patient won"


_STEPS: Final[Mapping[str, Callable[[Case, Case], Iterator[str]]]] = {
    "sent": _disclosed,
    "advocacy_started": _advocated,
    "reconsideration_requested": _asked_in_time,
}


def _ended(case: Case) -> Iterator[str]:
    """Who must hear of a determination heard of it, by telephone or after failed calls, and in writing."""
    log, parties = case.course.log, TOLD.get(case.type, ())
    if case.course.ended is not None or not case.course.decided or case.type not in TOLD:
        return
    if any(done.step in ("qic_decided", "reconsideration_withdrawn", "hearing_requested") for done in log):
        return  # the matter went on elsewhere, or was taken back
    level = case.course.decided[-1].level
    calls: tuple[str, ...] = ("reconsideration_told",) if level else ("told",)
    letters = ("reconsideration_letter_left",) if level else ("letter_left", "denial_left")
    if level and case.type in (T.PREADMIT_HINN1, T.NONCOVERED_HINN):
        calls = letters  # a reconsidered denial is told in writing alone (478.34)
    heard = {(done.step, done.party) for done in log if done.how is not How.UNREACHABLE}
    yield from (f"the {role} was not told" for role in parties if not any((step, role) in heard for step in calls))
    yield from (f"the {role} has no letter" for role in parties if not any((step, role) in heard for step in letters))
