"""Fixed words of notices in the languages of their readers; what the law asks to be said, said plainly."""

from collections.abc import Mapping
from types import MappingProxyType

from shared.contracts.complaints import CaseType, ProviderType

_EN = {
    "favourable": "You do not have to pay for this care, apart from coinsurance and deductibles, until the provider "
    "decides again and you get a new notice.",
    "timely": "You asked in time. You do not have to pay for this care, apart from coinsurance and deductibles, before "
    "the date given in this notice.",
    "late": "You asked after the time for it. You may have to pay for this care from the date given in this notice.",
    "stated": "You may have to pay for this care from the date given in this notice.",
    "unreached": "noon of the day after the day on which you receive this letter",
    "no_reconsideration": "The decision is in your favor: you need not do anything.",
    "no_reconsideration_until": "not needed",
    "claims_appeal": "An expedited reconsideration is not available; you may use the general claims appeal process.",
    "claims_appeal_until": "as stated in the notice of the claim's determination",
    "reconsider_none": "There is no reconsideration of this decision.",
    "reconsider_none_until": "not available",
    "reconsider_qic": "You may ask for an expedited reconsideration by telephone or in writing, by noon of the "
    "calendar day after you are first told of this decision.",
    "reconsider_qic_until": "noon of the day after you are told",
    "reconsider_ma": "You may ask us for a reconsideration by telephone or in writing, within 60 days after you are "
    "told of this decision.",
    "reconsider_ma_until": "60 days after you are told",
    "reconsider_status": "You may ask us for an expedited reconsideration by noon of the calendar day after you are "
    "first told of this decision.",
    "reconsider_status_until": "noon of the day after you are told",
    "reconsider_denial": "Patient, provider and practitioner may ask us in writing for a reconsideration within 60 "
    "days after they receive this notice; the postmark counts.",
    "reconsider_denial_until": "60 days after you receive this notice",
    "reconsider_complaint": "Each party may ask us for a reconsideration, in writing or by telephone; we must receive "
    "the request within 3 calendar days after the first notification.",
    "reconsider_complaint_until": "3 calendar days after the first notification",
    "reconsider_general": "The provider or practitioner may ask us for a reconsideration; we must receive the request "
    "within 3 calendar days after this determination is received.",
    "reconsider_general_until": "3 calendar days after this determination is received",
    "none_until": "not needed",
    "late_consequence": "Without the information we decide on the evidence at hand or defer the decision; whoever "
    "caused the delay may have to pay for the care given meanwhile.",
    "protected": "The patient asked in time and may not be billed for the disputed care while the review is open.",
    "unprotected": "The patient asked after the time for it: the review goes on without protection from bills.",
    "file_contents": "the request, the notices, the medical records and our determination with its reasons",
    "STANDARD_MET": "standard of care met",
    "STANDARD_NOT_MET": "standard of care not met",
}
_ES = {
    "favourable": "Usted no tiene que pagar esta atención, aparte de coseguros y deducibles, hasta que el proveedor "
    "decida de nuevo y usted reciba un nuevo aviso.",
    "timely": "Usted pidió la revisión a tiempo. No tiene que pagar esta atención, aparte de coseguros y deducibles, "
    "antes de la fecha indicada en este aviso.",
    "late": "Usted pidió la revisión fuera de plazo. Es posible que tenga que pagar esta atención desde la fecha "
    "indicada en este aviso.",
    "stated": "Es posible que tenga que pagar esta atención desde la fecha indicada en este aviso.",
    "unreached": "el mediodía del día siguiente al día en que reciba esta carta",
    "no_reconsideration": "La decisión es a su favor: no tiene que hacer nada.",
    "no_reconsideration_until": "no hace falta",
    "claims_appeal": "No hay reconsideración acelerada; puede usar el proceso general de apelación de reclamaciones.",
    "claims_appeal_until": "como diga el aviso de la decisión sobre la reclamación",
    "reconsider_none": "No hay reconsideración de esta decisión.",
    "reconsider_none_until": "no existe",
    "reconsider_qic": "Puede pedir una reconsideración acelerada por teléfono o por escrito, a más tardar al mediodía "
    "del día siguiente a aquel en que se le informe por primera vez de esta decisión.",
    "reconsider_qic_until": "el mediodía del día siguiente a aquel en que se le informe",
    "reconsider_ma": "Puede pedirnos una reconsideración por teléfono o por escrito, dentro de los 60 días siguientes "
    "al día en que se le informe de esta decisión.",
    "reconsider_ma_until": "60 días después de que se le informe",
    "reconsider_status": "Puede pedirnos una reconsideración acelerada a más tardar al mediodía del día siguiente a "
    "aquel en que se le informe por primera vez de esta decisión.",
    "reconsider_status_until": "el mediodía del día siguiente a aquel en que se le informe",
    "reconsider_denial": "Paciente, proveedor y médico pueden pedirnos por escrito una reconsideración dentro de los "
    "60 días siguientes a recibir este aviso; cuenta el matasellos.",
    "reconsider_denial_until": "60 días después de recibir este aviso",
    "reconsider_complaint": "Cada parte puede pedirnos una reconsideración, por escrito o por teléfono; debemos "
    "recibirla dentro de los 3 días siguientes a la primera notificación.",
    "reconsider_complaint_until": "3 días después de la primera notificación",
    "reconsider_general": "El proveedor o el profesional puede pedirnos una reconsideración; debemos recibirla dentro "
    "de los 3 días siguientes a recibir esta determinación.",
    "reconsider_general_until": "3 días después de recibir esta determinación",
    "none_until": "no hace falta",
    "late_consequence": "Sin la información decidimos con lo que tenemos o aplazamos la decisión; quien causó la "
    "demora puede tener que pagar la atención de ese tiempo.",
    "protected": "El paciente pidió la revisión a tiempo y no se le puede cobrar la atención en disputa mientras dure.",
    "unprotected": "El paciente pidió la revisión fuera de plazo: la revisión sigue, sin protección contra cobros.",
    "file_contents": "la solicitud, los avisos, los expedientes médicos y nuestra decisión con sus razones",
    "STANDARD_MET": "se cumplió el estándar de atención",
    "STANDARD_NOT_MET": "no se cumplió el estándar de atención",
}
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": MappingProxyType(_EN), "es": MappingProxyType(_ES)})

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
