"""The notice types as data: what each must say, for whom there is a letter, in which languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ENGLISH: Final = "en"

# Decisions in the patient's favour: there is no day from which the patient pays (42 CFR 405.1206(f)(1)).
FAVOURABLE: Final = frozenset({"OVERTURNED", "INVALID_NOTICE"})
OUTCOMES: Final[Mapping[str, Mapping[str, str]]] = {
    "UPHELD": {
        "en": "We agree that the hospital stay may end.",
        "es": "Estamos de acuerdo en que la estadía en el hospital puede terminar.",
    },
    "OVERTURNED": {
        "en": "We do not agree that the hospital stay may end. Medicare goes on covering it.",
        "es": "No estamos de acuerdo en que la estadía en el hospital termine. Medicare la sigue cubriendo.",
    },
    "PARTIAL": {
        "en": "We agree in part that the hospital stay may end.",
        "es": "Estamos de acuerdo en parte en que la estadía en el hospital puede terminar.",
    },
    "INVALID_NOTICE": {
        "en": "The discharge notice was not valid. Medicare goes on covering the stay.",
        "es": "El aviso de alta no era válido. Medicare sigue cubriendo la estadía.",
    },
}
OUTCOME_NAMES: Final = {"UPHELD_PROVIDER": "UPHELD"}


@dataclass(frozen=True, slots=True)
class NoticeType:
    """One kind of notice.

    ``mandatory`` facts must be there and not empty, or the notice may not leave; ``optional`` ones are empty when not
    given. ``letters`` names the letter for each recipient role; ``titles`` holds subject line and title per letter and
    language, free of personal data. ``version`` rises with every change of wording.
    """

    mandatory: tuple[str, ...]
    letters: Mapping[str, str]
    titles: Mapping[tuple[str, str], str]
    version: str
    optional: tuple[str, ...] = ()
    not_when_favourable: frozenset[str] = field(default_factory=frozenset)

    def language(self, letter: str, wanted: str) -> str:
        """The wanted language where the letter exists in it, else English."""
        return wanted if (letter, wanted) in self.titles else ENGLISH

    def missing(self, facts: Mapping[str, str]) -> str | None:
        """The first mandatory fact that is missing or empty, or None."""
        spared = self.not_when_favourable if facts.get("outcome") in FAVOURABLE else frozenset[str]()
        return next((name for name in self.mandatory if name not in spared and not facts.get(name, "").strip()), None)


_PROVIDER: Final = {"hospital": "hospital", "facility": "hospital"}

CATALOGUE: Final[Mapping[str, NoticeType]] = {
    "WELCOME": NoticeType(
        mandatory=("facility_name", "collaborative_name", "qin_qio", "recruited_on"),
        letters={"facility": "facility"},
        titles={("facility", "en"): "Welcome to the quality improvement collaborative"},
        version="1",
    ),
    # 42 CFR 405.1206(e)(1), (2): detailed notice and records by noon of the day after the QIO's call.
    "REQ_NOTIFY_PROVIDER": NoticeType(
        mandatory=(
            "case_id",
            "hospital_name",
            "request_received",
            "detailed_notice_due",
            "records_due",
            "qio_name",
            "qio_phone",
        ),
        optional=("beneficiary_name",),
        letters=_PROVIDER,
        titles={("hospital", "en"): "A discharge is under review: action needed"},
        version="1",
    ),
    "REC_REQUEST": NoticeType(
        mandatory=("case_id", "hospital_name", "request_received", "records_due", "qio_name", "qio_phone"),
        optional=("detailed_notice_due", "beneficiary_name"),
        letters=_PROVIDER,
        titles={("hospital", "en"): "Request for medical records"},
        version="1",
    ),
    # 42 CFR 405.1206(d)(8): rationale, payment consequence and its date, right to reconsideration.
    "DECISION_LETTER": NoticeType(
        mandatory=(
            "case_id",
            "hospital_name",
            "outcome",
            "rationale",
            "payment_consequence",
            "liability_date",
            "reconsideration_right",
            "reconsideration_deadline",
            "qio_name",
            "qio_phone",
        ),
        optional=("beneficiary_name",),
        not_when_favourable=frozenset({"liability_date"}),
        letters={
            "beneficiary": "patient",
            "representative": "patient",
            "hospital": "hospital",
            "facility": "hospital",
            "physician": "physician",
        },
        titles={
            ("patient", "en"): "Our decision about the review you asked for",
            ("patient", "es"): "Nuestra decisión sobre la revisión que usted pidió",
            ("hospital", "en"): "Decision of a discharge review",
            ("physician", "en"): "Decision of a discharge review",
        },
        version="1",
    ),
}
