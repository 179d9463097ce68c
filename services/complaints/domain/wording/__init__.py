"""Fixed words of notices in the languages of their readers; what the law asks to be said, said plainly."""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from services.complaints.domain.wording import rights
from services.complaints.domain.wording.english import ENGLISH
from services.complaints.domain.wording.outcomes import outcome_words
from services.complaints.domain.wording.spanish import SPANISH
from shared.contracts.complaints import CaseType, ProviderType, Role

__all__ = ["QUESTIONS", "WORDS", "body", "days", "detailed_notice", "outcome_words", "review_name", "service_name"]


WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"en": {**ENGLISH, **rights.ENGLISH}, "es": {**SPANISH, **rights.SPANISH}}
)

_REVIEWS: Mapping[CaseType, tuple[str, str]] = {
    CaseType.BENE_COMPLAINT: ("quality of care complaint", "queja sobre la calidad de la atención"),
    CaseType.IMMEDIATE_ADVOCACY: ("immediate advocacy", "mediación inmediata"),
    CaseType.GENERAL_QOC: ("general quality of care review", "revisión general de la calidad de la atención"),
    CaseType.HOSP_DISCHARGE_FFS: ("hospital discharge appeal", "apelación de un alta del hospital"),
    CaseType.HOSP_DISCHARGE_MA: ("hospital discharge appeal", "apelación de un alta del hospital"),
    CaseType.HOSPITAL_REQUESTED_REVIEW: ("hospital-requested review", "revisión pedida por el hospital"),
    CaseType.SERVICE_TERM_FFS: ("appeal of the end of services", "apelación del fin de los servicios"),
    CaseType.SERVICE_TERM_MA: ("fast-track appeal of the end of services", "apelación rápida del fin de los servicios"),
    CaseType.STATUS_CHANGE: ("change of status appeal", "apelación de un cambio de estatus"),
    CaseType.PREADMIT_HINN1: ("review of a notice of non-coverage", "revisión de un aviso de no cobertura"),
    CaseType.NONCOVERED_HINN: ("review of a notice of non-coverage", "revisión de un aviso de no cobertura"),
    CaseType.EMTALA_5DAY: ("EMTALA five-day review", "revisión EMTALA de cinco días"),
    CaseType.EMTALA_60DAY: ("EMTALA sixty-day review", "revisión EMTALA de sesenta días"),
    CaseType.HWDRG: ("higher-weighted DRG review", "revisión de un DRG de mayor peso"),
    CaseType.SHORT_STAY: ("short stay review", "revisión de una estadía corta"),
    CaseType.MEDNEC_RETRO: ("medical necessity review", "revisión de la necesidad médica"),
    CaseType.REFERRAL: ("referral", "remisión"),
    CaseType.SANCTION: ("review under section 1156 of the Act", "revisión según la sección 1156 de la Ley"),
    CaseType.RECONSIDERATION: ("expedited reconsideration", "reconsideración acelerada"),
}
_SERVICES: Mapping[ProviderType, tuple[str, str]] = {
    ProviderType.HOSPITAL: ("hospital care", "atención en el hospital"),
    ProviderType.SNF: ("skilled nursing care", "atención de enfermería especializada"),
    ProviderType.HHA: ("home health care", "atención de salud en el hogar"),
    ProviderType.CORF: ("outpatient rehabilitation", "rehabilitación ambulatoria"),
    ProviderType.HOSPICE: ("hospice care", "atención de hospicio"),
    ProviderType.PRACTICE: ("medical care", "atención médica"),
}
# The medical questions of 42 CFR 489.24(h)(2)(v); none asks whether the law was violated.
QUESTIONS: Mapping[str, str] = {
    "screening": "Was the medical screening examination appropriate?",
    "emergency": "Was there an emergency medical condition?",
    "stabilized": "Was the emergency medical condition stabilized?",
    "transfer": "Was the transfer or discharge appropriate?",
    "quality": "Were there issues of utilization or quality of care?",
}
_MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
}
# Bodies that a case need not name; they read English.
_BODIES: Mapping[Role, str] = {
    Role.MAC: "Medicare Administrative Contractor",
    Role.QIC: "Qualified Independent Contractor",
    Role.CMS: "Centers for Medicare & Medicaid Services",
    Role.OIG: "Office of Inspector General",
    Role.BOARD: "State licensing board",
    Role.AGENCY: "Agency",
}
_DISCHARGES = frozenset({CaseType.HOSP_DISCHARGE_FFS, CaseType.HOSP_DISCHARGE_MA})
_TERMINATIONS = frozenset({CaseType.SERVICE_TERM_FFS, CaseType.SERVICE_TERM_MA})


def review_name(case_type: CaseType, language: str) -> str:
    """What kind of review it is, without article."""
    return _REVIEWS[case_type][language == "es"]


def service_name(provider: ProviderType, language: str) -> str:
    """The care in question, without article."""
    return _SERVICES[provider][language == "es"]


def detailed_notice(case_type: CaseType, language: str) -> str:
    """The detailed notice the patient must get, or that none is needed."""
    if case_type in _DISCHARGES:
        return ("Detailed Notice of Discharge", "Aviso detallado del alta")[language == "es"]
    if case_type in _TERMINATIONS:
        return ("Detailed Explanation of Non-Coverage", "Explicación detallada de la no cobertura")[language == "es"]
    return WORDS[language]["none_until"]


def body(role: Role) -> str:
    """What a reader is called whom the case does not name."""
    return _BODIES.get(role, role.value)


def days(first: dt.date, last: dt.date, language: str) -> str:
    """From one day to another, as people write it."""
    if language == "es":
        return f"{_day(first, language)} al {_day(last, language)}"
    return f"{_day(first, language)} to {_day(last, language)}"


def _day(day: dt.date, language: str) -> str:
    month = _MONTHS[language][day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"
