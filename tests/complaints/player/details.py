"""What comes with a step: answers, words, facts, findings and outcomes that fit the case more often than not."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.procedure import Step
from shared.contracts.complaints import CaseType, ConcernFinding, Finding, Severity

_DAY: Final = dt.timedelta(days=1)
_YES: Final = ("yes",) * 9 + ("no",)
_MEDICAL: Final = ("YES", "NO", "UNDETERMINED", "NA")
# Values of each question, the fitting ones more often.
ANSWERS: Final[Mapping[str, tuple[str, ...]]] = {
    "notice_valid": ("yes", "yes", "yes", "no"),
    "ineligible": ("not_medicare", "no_such_decision", "no_certificate"),
    "delay_liable": ("nobody", "provider", "plan"),
    "potential_severity": ("NONE", "OTHER", "SIGNIFICANT", "SUBSTANTIAL", "GROSS_AND_FLAGRANT"),
    "trigger": ("other_review", "referral", "data_analysis", "oral_complaint"),
    "clinical": ("yes", "no"),
    "screened_by_clinician": _YES,
    "medicare_beneficiary": _YES,
    "medicare_service": _YES,
    "takes_no_part": _YES,
    "information_lacking": _YES,
    "recipient": ("state_survey_agency", "licensing_board", "oig", "ocr", "qin_qio", "mac", "medicare_line"),
    "on_request": ("yes", "no"),
    "comments_attached": _YES,
    "necessity": ("refer", "refer", "refer", "pass"),
    "coding": ("refer", "pass"),
    "drg_matter": ("clinical", "coding"),
    "hearing_outcome": ("affirmed", "modified", "reversed"),
    "setting_basis": ("NOT_MET", "NOT_MET", "CLINICAL_JUDGEMENT", "TWO_MIDNIGHT_BENCHMARK"),
    "asked": ("yes", "no"),
    "basis": ("gross_and_flagrant", "substantial"),
    "same_specialty": _YES,
    "verbatim_record": _YES,
    "qic_outcome": ("UPHELD", "OVERTURNED"),
    **dict.fromkeys(("screening", "emergency", "stabilized", "transfer", "quality"), _MEDICAL),
}
# Words that must have a shape (42 CFR 1004.80(b)(9), (c)(2)).
_SHAPED: Final = {"admissions_reviewed": "42", "penalty_amount": "$5,000"}
_MILD: Final = ("NONE", "OTHER")
_DENIALS: Final = ("DENIED_ADMISSION", "DENIED_DAYS", "ADJUSTED_PART_B_REBILL")


def named(step: Step, kind: str) -> tuple[str, ...]:
    """The details of a kind (facts, answers, words) that must come with a step."""
    return tuple(need.removeprefix(f"{kind}.") for need in step.needs if need.startswith(f"{kind}."))


def taken(step: Step, kind: str) -> tuple[str, ...]:
    """Those that may come with it."""
    return tuple(name.removeprefix(f"{kind}.") for name in step.takes if name.startswith(f"{kind}."))


def answers(chance: Random, case: Case, step: Step) -> dict[str, str]:
    """An answer to everything that is asked, and to some of what may be said."""
    more = [name for name in taken(step, "answers") if name in ANSWERS and chance.random() < 0.9]
    made = {name: chance.choice(ANSWERS.get(name, ("yes", "no"))) for name in (*named(step, "answers"), *more)}
    if case.type is CaseType.IMMEDIATE_ADVOCACY and "potential_severity" in made and chance.random() < 0.8:
        made["potential_severity"] = chance.choice(_MILD)
    if "on_request" in made and made.get("recipient") != "licensing_board":
        del made["on_request"]
    return made


def words(chance: Random, step: Step) -> dict[str, str]:
    """Words for everything that must be written, and mostly for what may."""
    more = [name for name in taken(step, "words") if chance.random() < 0.85]
    every = (*named(step, "words"), *more)
    return {name: _SHAPED.get(name, f"The {name.replace('_', ' ')}.") for name in every}


def facts(chance: Random, case: Case, step: Step, at: dt.datetime, given: Mapping[str, str]) -> dict[str, str]:
    """The times that must come with a step, near to when it is taken."""
    day = at.astimezone(ZoneInfo(case.zone)).date()
    ways: Mapping[str, Any] = {
        "reconsideration_postmarked": day - chance.choice((0, 0, 0, 0, 1, 3)) * _DAY,
        "delay_liable_from": day + _DAY,
        "valid_notice_received": at,
        "valid_notice_end": day + chance.randint(2, 4) * _DAY,
        "discussion_extended_to": day + chance.randint(3, 12) * _DAY,
        "records_wanted_by": day + chance.randint(2, 14) * _DAY,
        "denial_received": _after(case, "denial_dated", chance) or day,
        "notice_received": _after(case, "notice_mailed", chance) or _after(case, "notice_dated", chance) or day,
    }
    wanted = [*named(step, "facts")]
    if given.get("delay_liable") in ("provider", "plan"):
        wanted.append("delay_liable_from")
    if "records_wanted_by" in taken(step, "facts") and chance.random() < 0.3:
        wanted.append("records_wanted_by")
    return {name: ways[name].isoformat() for name in wanted}


def _after(case: Case, fact: str, chance: Random) -> dt.date | None:
    known = case.course.facts.get(fact)
    if known is None:
        return None
    day = known.date() if isinstance(known, dt.datetime) else known
    return day + chance.randint(1, 4) * _DAY


def decision(chance: Random, case: Case, step: Step, at: dt.datetime) -> dict[str, Any]:
    """Outcome, findings, day of liability, setting and amount of a determination."""
    procedure = procedures.of(case.type)
    made: dict[str, Any] = {"outcome": _outcome(chance, case, step), "rationale": "The record shows it."}
    if procedure.concerns:
        made["findings"] = found = _findings(chance, case, step)
        if chance.random() < 0.95:
            made["outcome"] = _comes_to(found)
    if case.type in (CaseType.HWDRG, CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO):
        made |= _payment(chance, case, made["outcome"])
    elif made["outcome"] == "PARTIAL" or (case.type is CaseType.HOSPITAL_REQUESTED_REVIEW and _against(made)):
        made["liable_from"] = _liable_from(chance, case, at)
    return made


def _against(made: Mapping[str, Any]) -> bool:
    return bool(made["outcome"] == "UPHELD_PROVIDER")


def _outcome(chance: Random, case: Case, step: Step) -> str:
    known = list(procedures.of(case.type).outcomes)
    fitting = {
        "technically_denied": ["TECHNICAL_DENIAL"],
        "approved": ["APPROVED", "DRG_UPHELD"],
        "report_written": ["REPORTED"],
        "returned_h4": ["RETURNED_H4"],
    }.get(step.id, known)
    if case.course.answers.get("notice_valid") == "no":
        fitting = [one for one in fitting if one != "UPHELD_PROVIDER"]
    if step.id in ("determined", "reconsidered") and "DENIED_DAYS" in known:
        drg = "drg" in case.course.circumstances
        revised = ["DRG_REVISED_LOWER", "DRG_REVISED_HIGHER", "DRG_UPHELD"]
        fitting = [*(revised if drg else _DENIALS), "APPROVED"]
        if "technical" in case.course.circumstances:
            fitting = ["TECHNICAL_DENIAL", "APPROVED"]
    chosen = [one for one in fitting if one in known] or known
    return chance.choice(chosen if chance.random() < 0.95 else known)


def _findings(chance: Random, case: Case, step: Step) -> tuple[ConcernFinding, ...]:
    interim = next((one for one in reversed(case.sealed.reasons) if one.step == "interim_made"), None)
    stands = case.state in ("INTERIM_MADE", "DISCUSSION_LAPSED") and chance.random() < 0.9
    if interim is not None and step.id == "final_signed" and stands:
        return interim.findings
    known = {one.concern: one.finding for one in interim.findings} if interim is not None else {}
    made = tuple(_finding(chance, one.id, known.get(one.id), step) for one in case.sealed.concerns)
    return made if chance.random() < 0.9 else made[:-1]


def _finding(chance: Random, concern: str, before: Finding | None, step: Step) -> ConcernFinding:
    may_fail = before is not Finding.STANDARD_MET or step.id != "final_signed" or chance.random() < 0.1
    failed = may_fail and chance.random() < 0.5
    return ConcernFinding(
        concern=concern,
        finding=Finding.STANDARD_NOT_MET if failed else Finding.STANDARD_MET,
        severity=chance.choice(list(Severity)) if failed else None,
        standard=f"The standard of {concern}.",
        facts="As the record says.",
    )


def _comes_to(findings: tuple[ConcernFinding, ...]) -> str:
    met = [one.finding is Finding.STANDARD_MET for one in findings]
    return "ALL_MET" if all(met) else "SOME_NOT_MET" if any(met) else "ALL_NOT_MET"


def _payment(chance: Random, case: Case, outcome: str) -> dict[str, Any]:
    at_stake = case.course.amount_cents or 0
    made: dict[str, Any] = {}
    if outcome in _DENIALS:
        made["setting"] = "OUTPATIENT_OBSERVATION"
        made["recovered_cents"] = at_stake if chance.random() < 0.8 else at_stake // 2
    elif outcome == "TECHNICAL_DENIAL":
        made["recovered_cents"] = at_stake
    elif outcome == "DRG_REVISED_LOWER":
        made["recovered_cents"] = at_stake // 10
    else:
        made["recovered_cents"] = 0
    if chance.random() < 0.03:
        made["recovered_cents"] = at_stake + 1
    return made


def _liable_from(chance: Random, case: Case, at: dt.datetime) -> dt.date:
    days = [at.astimezone(ZoneInfo(case.zone)).date()]
    for name in ("discharge_date", "coverage_end"):
        end = case.course.facts.get(name)
        if end is not None:
            days.append(end.date() if isinstance(end, dt.datetime) else end)
    first = case.decision(0)
    if first is not None and first.liable_from is not None:
        days.append(first.liable_from)
    return max(days) + chance.randint(1, 3) * _DAY
