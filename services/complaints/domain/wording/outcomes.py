"""Outcomes in words where the fixed sentence of the code does not fit: other reviews, and reconsiderations."""

from collections.abc import Mapping

from shared.contracts.complaints import CaseType

_Said = tuple[str, str]
_STATUS: Mapping[str, _Said] = {
    "UPHELD_PROVIDER": (
        "We agree that the hospital could change this stay from inpatient to outpatient.",
        "Estamos de acuerdo en que el hospital podía cambiar esta estadía de internado a ambulatorio.",
    ),
    "OVERTURNED": (
        "We do not agree with the change to outpatient. This stay counts as an inpatient stay.",
        "No estamos de acuerdo con el cambio a ambulatorio. Esta estadía cuenta como de paciente internado.",
    ),
    "INVALID_NOTICE": (
        "The notice of the change to outpatient was not valid.",
        "El aviso del cambio a ambulatorio no era válido.",
    ),
}
_HOSPITAL_REQUEST: Mapping[str, _Said] = {
    "UPHELD_PROVIDER": (
        "We agree with the hospital that inpatient care is no longer needed.",
        "Estamos de acuerdo con el hospital en que ya no hace falta la atención de paciente internado.",
    ),
    "OVERTURNED": (
        "We do not agree with the hospital. Inpatient care is still needed, and Medicare goes on covering it.",
        "No estamos de acuerdo con el hospital. La atención de internado aún hace falta y Medicare la sigue cubriendo.",
    ),
}
_HINN: Mapping[str, _Said] = {
    "UPHELD_PROVIDER": (
        "We agree with the notice: Medicare does not cover this care.",
        "Estamos de acuerdo con el aviso: Medicare no cubre esta atención.",
    ),
    "OVERTURNED": (
        "We do not agree with the notice: Medicare covers this care.",
        "No estamos de acuerdo con el aviso: Medicare cubre esta atención.",
    ),
    "INVALID_NOTICE": ("The notice was not valid.", "El aviso no era válido."),
}
_AGAIN: Mapping[str, _Said] = {
    "UPHELD_PROVIDER": (
        "We looked again. We still agree that Medicare coverage of this care may end.",
        "Revisamos otra vez. Seguimos de acuerdo en que la cobertura de Medicare para esta atención puede terminar.",
    ),
    "OVERTURNED": (
        "We looked again and changed our decision. This care may not end, and Medicare goes on covering it.",
        "Revisamos otra vez y cambiamos nuestra decisión. La atención no puede terminar y Medicare la sigue cubriendo.",
    ),
    "PARTIAL": (
        "We looked again and changed our decision in part.",
        "Revisamos otra vez y cambiamos en parte nuestra decisión.",
    ),
}
_AGAIN_STATUS: Mapping[str, _Said] = {
    "UPHELD_PROVIDER": (
        "We looked again. We still agree with the change from inpatient to outpatient.",
        "Revisamos otra vez. Seguimos de acuerdo con el cambio de internado a ambulatorio.",
    ),
    "OVERTURNED": (
        "We looked again and changed our decision. This stay counts as an inpatient stay.",
        "Revisamos otra vez y cambiamos nuestra decisión. Esta estadía cuenta como de paciente internado.",
    ),
}
_AGAIN_DENIAL: Mapping[str, _Said] = {
    "UPHELD_PROVIDER": (
        "We looked again. Our decision stays the same: Medicare does not cover this care.",
        "Revisamos otra vez. Nuestra decisión no cambia: Medicare no cubre esta atención.",
    ),
    "OVERTURNED": (
        "We looked again and changed our decision. Medicare covers this care.",
        "Revisamos otra vez y cambiamos nuestra decisión. Medicare cubre esta atención.",
    ),
    "CONFIRMED": (
        "We looked again. Our decision stays the same.",
        "Revisamos otra vez. Nuestra decisión no cambia.",
    ),
    "CHANGED": (
        "We looked again and changed our decision.",
        "Revisamos otra vez y cambiamos nuestra decisión.",
    ),
}
_FIRST: Mapping[CaseType, Mapping[str, _Said]] = {
    CaseType.STATUS_CHANGE: _STATUS,
    CaseType.HOSPITAL_REQUESTED_REVIEW: _HOSPITAL_REQUEST,
    CaseType.PREADMIT_HINN1: _HINN,
    CaseType.NONCOVERED_HINN: _HINN,
}
_SECOND: Mapping[CaseType, Mapping[str, _Said]] = {
    CaseType.STATUS_CHANGE: _AGAIN_STATUS,
    CaseType.HOSP_DISCHARGE_FFS: _AGAIN,
    CaseType.HOSP_DISCHARGE_MA: _AGAIN,
    CaseType.SERVICE_TERM_FFS: _AGAIN,
    CaseType.SERVICE_TERM_MA: _AGAIN,
    CaseType.HOSPITAL_REQUESTED_REVIEW: _AGAIN,
    CaseType.RECONSIDERATION: _AGAIN,
    CaseType.PREADMIT_HINN1: _AGAIN_DENIAL,
    CaseType.NONCOVERED_HINN: _AGAIN_DENIAL,
    CaseType.HWDRG: _AGAIN_DENIAL,
    CaseType.SHORT_STAY: _AGAIN_DENIAL,
    CaseType.MEDNEC_RETRO: _AGAIN_DENIAL,
}


def outcome_words(case_type: CaseType, level: int, outcome: str, language: str) -> str:
    """A sentence that fits better than the fixed one of the outcome's code; empty where that fits."""
    said = (_SECOND if level else _FIRST).get(case_type, {}).get(outcome)
    return said[language == "es"] if said is not None else ""
