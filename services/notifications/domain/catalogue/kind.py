"""What makes up one notice type: what it must say, for whom there is a letter or a script, in which languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.notifications.domain.catalogue.outcomes import FAVOURABLE
from shared.contracts.notifications.terms import Channel

ENGLISH: Final = "en"
# Narrower names of roles: what goes to a provider goes to a hospital.
_SAME: Final = MappingProxyType({"hospital": "provider", "facility": "provider", "physician": "practitioner"})


class Category(StrEnum):
    """Why a notice is sent, and so what its recipient may ask for."""

    LEGAL = "LEGAL"  # a rule wants it: no list, rhythm, unsubscription or wish to be left alone holds it back
    NETWORK = "NETWORK"  # of the learning network: goes to who takes part, until they ask not to be written to
    LIST = "LIST"  # of a mailing list, left with one click
    SURVEY = "SURVEY"  # asks how it went; answering is a favour
    INTERNAL = "INTERNAL"  # to the organization's own staff


BY_ANY: Final = (Channel.EMAIL, Channel.PORTAL, Channel.LETTER)
BY_TEXT_TOO: Final = (Channel.EMAIL, Channel.SMS, Channel.PORTAL, Channel.LETTER)
BY_MAIL_ONLY: Final = (Channel.EMAIL,)
BY_LETTER: Final = (Channel.EMAIL, Channel.LETTER)
BY_CALL: Final = (Channel.CALL,)
BY_CERTIFIED_MAIL: Final = (Channel.CERTIFIED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeType:
    """One kind of notice.

    ``mandatory`` facts must be there and not empty, or the notice may not leave; ``optional`` ones are empty when not
    given. ``letters`` names the letter for each recipient role; ``titles`` holds subject line and title per letter and
    language, free of personal data. ``version`` rises with every change of wording. ``channels`` are the ways it may be
    given, tried in this order; of a call the letters are scripts. An ``urgent`` notice goes in quiet hours as well.
    A ``digestible`` one may wait for its recipient's digest. ``gist`` names the facts that tell it in one line, in
    a digest or a text message. ``headline`` is the fact that is its subject line: only words that all its readers get
    alike. What is ``shareable`` holds nothing confidential.
    """

    mandatory: tuple[str, ...]
    letters: Mapping[str, str]
    titles: Mapping[tuple[str, str], str]
    version: str
    optional: tuple[str, ...] = ()
    not_when_favourable: frozenset[str] = field(default_factory=frozenset)
    category: Category = Category.LEGAL
    channels: tuple[Channel, ...] = BY_LETTER
    urgent: bool = False
    digestible: bool = False
    gist: tuple[str, ...] = ()
    headline: str | None = None
    shareable: bool = False

    @property
    def by(self) -> Channel:
        """The way tried first."""
        return self.channels[0]

    def letter(self, role: str) -> str | None:
        """The letter for a role, or None when this notice is not for it."""
        return self.letters.get(role) or self.letters.get(_SAME.get(role, role))

    def language(self, letter: str, wanted: str) -> str:
        """The wanted language where the letter exists in it, else English."""
        return wanted if (letter, wanted) in self.titles else ENGLISH

    def missing(self, facts: Mapping[str, str]) -> str | None:
        """The first mandatory fact that is missing or empty, or None."""
        spared = self.not_when_favourable if facts.get("outcome") in FAVOURABLE else frozenset[str]()
        return next((name for name in self.mandatory if name not in spared and not facts.get(name, "").strip()), None)


PATIENT: Final = MappingProxyType({"beneficiary": "patient", "representative": "patient"})
CARE: Final = MappingProxyType({"provider": "party", "practitioner": "party"})

DESK: Final = ("case_id", "qio_name", "qio_phone")
PLACE: Final = (*DESK, "provider_name")


def titles(party: str, patient: str = "", paciente: str = "") -> Mapping[tuple[str, str], str]:
    """Titles of the letter to a party and, in English and Spanish, of that to the patient; empty where none is."""
    named = {("party", "en"): party, ("patient", "en"): patient, ("patient", "es"): paciente}
    return MappingProxyType({place: title for place, title in named.items() if title})


def network_titles(member: str, person: str = "", persona: str = "") -> Mapping[tuple[str, str], str]:
    """Titles of what professionals get and, in English and Spanish, of what everyone else does; empty where none is."""
    named = {("member", "en"): member, ("person", "en"): person, ("person", "es"): persona}
    return MappingProxyType({place: title for place, title in named.items() if title})
