"""Which case it is, from plain questions; or who else the caller must turn to."""

from dataclasses import dataclass
from enum import StrEnum

from services.complaints.domain.intake.draft import Draft
from shared.contracts.complaints import CaseType


class Elsewhere(StrEnum):
    """Why there is no case here."""

    EMERGENCY = "EMERGENCY"  # the State survey agency looks into emergency departments; CMS asks the QIO
    HINN_12 = "HINN_12"  # states liability, opens no case: the discharge is what can be appealed
    PHYSICIAN_AGREES = "PHYSICIAN_AGREES"  # then the hospital gives the discharge notice (405.1208(a)(1))
    NO_MATTER = "NO_MATTER"


@dataclass(frozen=True, slots=True)
class Found:
    """The case type, or the next plain question, or where else to turn."""

    case_type: CaseType | None = None
    ask: str | None = None
    elsewhere: Elsewhere | None = None


PLAIN = (
    "emtala",
    "no_concurrence",
    "emergency",
    "in_hospital",
    "discharge",
    "status_changed",
    "not_covered",
    "services_ending",
    "coverage",
    "quality",
)
_HINN = {"hinn_1": CaseType.PREADMIT_HINN1, "hinn_11": CaseType.NONCOVERED_HINN}
_EMTALA = {"five_day": CaseType.EMTALA_5DAY, "sixty_day": CaseType.EMTALA_60DAY}


def find(draft: Draft) -> Found:
    """What the answers so far lead to; what staff know (``case_type``) goes before what they ask."""
    known = draft.answer("case_type")
    if known is not None:
        return Found(CaseType(known))
    caller = draft.answer("caller")
    if caller is None:
        return Found(ask="caller")
    if caller == "cms":
        return _asked(draft, "emtala") or Found(_EMTALA.get(draft.answers["emtala"], CaseType.GENERAL_QOC))
    if caller == "provider":
        return _of_provider(draft)
    if caller in ("plan", "agency"):
        return _quality(draft, CaseType.GENERAL_QOC)
    return _of_patient(draft)


def _of_provider(draft: Draft) -> Found:
    asked = _asked(draft, "discharge")
    if asked is not None:
        return asked
    if draft.answers["discharge"] != "yes":
        return _quality(draft, CaseType.GENERAL_QOC)
    asked = _asked(draft, "no_concurrence")
    if asked is not None:
        return asked
    if draft.answers["no_concurrence"] == "yes":
        return Found(CaseType.HOSPITAL_REQUESTED_REVIEW)
    return Found(elsewhere=Elsewhere.PHYSICIAN_AGREES)


def _of_patient(draft: Draft) -> Found:
    asked = _asked(draft, "in_hospital")
    if asked is not None:
        return asked
    if draft.answers["in_hospital"] in ("in", "left"):
        found = _in_hospital(draft)
        if found is not None:
            return found
    asked = _asked(draft, "services_ending")
    if asked is not None:
        return asked
    if draft.answers["services_ending"] == "yes":
        return _covered(draft, CaseType.SERVICE_TERM_FFS, CaseType.SERVICE_TERM_MA)
    return _of_care(draft)


def _in_hospital(draft: Draft) -> Found | None:
    asked = _asked(draft, "discharge")
    if asked is not None:
        return asked
    if draft.answers["discharge"] == "yes":
        return _covered(draft, CaseType.HOSP_DISCHARGE_FFS, CaseType.HOSP_DISCHARGE_MA)
    asked = _asked(draft, "status_changed")
    if asked is not None:
        return asked
    if draft.answers["status_changed"] == "yes":
        return Found(CaseType.STATUS_CHANGE)
    asked = _asked(draft, "not_covered")
    if asked is not None:
        return asked
    notice = draft.answers["not_covered"]
    if notice == "hinn_12":
        return Found(elsewhere=Elsewhere.HINN_12)
    return Found(_HINN[notice]) if notice in _HINN else None


def _covered(draft: Draft, original: CaseType, plan: CaseType) -> Found:
    return _asked(draft, "coverage") or Found(plan if draft.answers["coverage"] == "plan" else original)


def _of_care(draft: Draft) -> Found:
    asked = _asked(draft, "emergency")
    if asked is not None:
        return asked
    found = _quality(draft, CaseType.BENE_COMPLAINT if draft.written else CaseType.IMMEDIATE_ADVOCACY)
    if found.elsewhere is not None and draft.answers["emergency"] == "yes":
        return Found(elsewhere=Elsewhere.EMERGENCY)
    return found


def _quality(draft: Draft, case_type: CaseType) -> Found:
    asked = _asked(draft, "quality")
    if asked is not None:
        return asked
    return Found(case_type) if draft.answers["quality"] == "yes" else Found(elsewhere=Elsewhere.NO_MATTER)


def _asked(draft: Draft, question: str) -> Found | None:
    """The question, unless it was answered."""
    return None if draft.answer(question) is not None else Found(ask=question)
