"""Letters of the learning network."""

from types import MappingProxyType
from typing import Final

from services.notifications.domain.catalogue.kind import Category, NoticeType

_INVITED: Final = ("facility_name", "collaborative_name", "qin_qio", "invited_on")
# Whoever asks or offers: a facility, practice or organisation, or a person, who gets plain words in two languages.
_ANYONE: Final = MappingProxyType({"facility": "facility", "beneficiary": "patient"})

KINDS: Final = {
    "WELCOME": NoticeType(
        mandatory=("facility_name", "collaborative_name", "qin_qio", "recruited_on"),
        letters={"facility": "facility"},
        titles={("facility", "en"): "Welcome to the quality improvement collaborative"},
        version="1",
        category=Category.NETWORK,
    ),
    "INVITATION": NoticeType(
        mandatory=_INVITED,
        letters={"facility": "facility"},
        titles={("facility", "en"): "An invitation to learn and improve together"},
        version="1",
        category=Category.NETWORK,
    ),
    "INVITATION_REMINDER": NoticeType(
        mandatory=_INVITED,
        letters={"facility": "facility"},
        titles={("facility", "en"): "Our invitation still stands"},
        version="1",
        category=Category.NETWORK,
    ),
    "INTEREST_RECEIVED": NoticeType(
        mandatory=("interest_id", "interest_kind", "interest_subject", "received_on", "answers", "answer_due_on"),
        letters=_ANYONE,
        titles={
            ("facility", "en"): "We have your message",
            ("patient", "en"): "We have your message",
            ("patient", "es"): "Recibimos su mensaje",
        },
        version="1",
        category=Category.NETWORK,
    ),
    "INTEREST_ANSWERED": NoticeType(
        mandatory=("interest_id", "interest_subject", "received_on", "answer"),
        letters=_ANYONE,
        titles={
            ("facility", "en"): "Our answer to your message",
            ("patient", "en"): "Our answer to your message",
            ("patient", "es"): "Nuestra respuesta a su mensaje",
        },
        version="1",
        category=Category.NETWORK,
    ),
}
