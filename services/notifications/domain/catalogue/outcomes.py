"""The outcomes of reviews in words, for whoever gets the letter; a code without words never reaches a reader."""

import re
from collections.abc import Mapping
from typing import Final

# In the patient's favour: there is no day from which the patient pays (42 CFR 405.1206(f)(1)).
FAVOURABLE: Final = frozenset({"OVERTURNED", "INVALID_NOTICE", "APPROVED", "DRG_UPHELD", "DRG_REVISED_HIGHER"})

_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "UPHELD": {
        "en": "We agree that Medicare coverage of this care may end.",
        "es": "Estamos de acuerdo en que la cobertura de Medicare para esta atención puede terminar.",
    },
    "OVERTURNED": {
        "en": "We do not agree that this care may end. Medicare goes on covering it.",
        "es": "No estamos de acuerdo en que esta atención termine. Medicare la sigue cubriendo.",
    },
    "PARTIAL": {
        "en": "We agree in part that Medicare coverage of this care may end.",
        "es": "Estamos de acuerdo en parte en que la cobertura de Medicare para esta atención puede terminar.",
    },
    "INVALID_NOTICE": {
        "en": "The notice that the care would end was not valid. Medicare goes on covering the care.",
        "es": "El aviso de que la atención iba a terminar no era válido. Medicare sigue cubriendo la atención.",
    },
    "NOT_ELIGIBLE": {
        "en": "This kind of review cannot be used here.",
        "es": "Este tipo de revisión no se puede usar en este caso.",
    },
    "APPROVED": {
        "en": "Medicare covers this care.",
        "es": "Medicare cubre esta atención.",
    },
    "DENIED_ADMISSION": {
        "en": "Medicare does not cover this hospital stay.",
        "es": "Medicare no cubre esta estadía en el hospital.",
    },
    "DENIED_DAYS": {
        "en": "Medicare does not cover some days of this stay.",
        "es": "Medicare no cubre algunos días de esta estadía.",
    },
    "TECHNICAL_DENIAL": {
        "en": "Medicare does not cover this care, because we did not get the records we asked for.",
        "es": "Medicare no cubre esta atención, porque no recibimos los expedientes que pedimos.",
    },
    "ADJUSTED_PART_B_REBILL": {
        "en": "Medicare does not cover this as an inpatient stay. The hospital may bill it under Part B.",
        "es": "Medicare no cubre esto como estadía de paciente internado. El hospital puede cobrarlo por la Parte B.",
    },
    "DRG_UPHELD": {"en": "The DRG of the claim is right.", "es": "El grupo (DRG) de la reclamación es correcto."},
    "DRG_REVISED_LOWER": {
        "en": "The DRG of the claim is changed to one that pays less.",
        "es": "El grupo (DRG) de la reclamación cambia a uno que paga menos.",
    },
    "DRG_REVISED_HIGHER": {
        "en": "The DRG of the claim is changed to one that pays more.",
        "es": "El grupo (DRG) de la reclamación cambia a uno que paga más.",
    },
    "ALL_MET": {
        "en": "The care met the standard in every concern.",
        "es": "La atención cumplió el estándar en todo lo que revisamos.",
    },
    "SOME_NOT_MET": {
        "en": "The care did not meet the standard in some of the concerns.",
        "es": "La atención no cumplió el estándar en una parte de lo que revisamos.",
    },
    "ALL_NOT_MET": {
        "en": "The care did not meet the standard in any of the concerns.",
        "es": "La atención no cumplió el estándar en nada de lo que revisamos.",
    },
    "CONFIRMED": {
        "en": "We looked again. Our first findings stay the same.",
        "es": "Revisamos otra vez. Lo que encontramos la primera vez no cambia.",
    },
    "CHANGED": {
        "en": "We looked again. We have changed our findings.",
        "es": "Revisamos otra vez. Cambiamos lo que encontramos la primera vez.",
    },
}
_SAME: Final = {"UPHELD_PROVIDER": "UPHELD"}
_CODE: Final = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")


class UnknownOutcome(Exception):  # noqa: N818 - the fact is the name
    """An outcome that is a code nobody has put in words."""


def outcome_in_words(outcome: str, language: str) -> str:
    """The sentence for a code; what is no code is in words already. Raises UnknownOutcome."""
    words = _WORDS.get(_SAME.get(outcome, outcome))
    if words is not None:
        return words[language]
    if _CODE.fullmatch(outcome):
        raise UnknownOutcome
    return outcome
