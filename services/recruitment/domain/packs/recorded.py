"""The records that a pack is gathered from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from services.recruitment.domain.networks.state import Cohort
from services.recruitment.domain.packs.gathered import Place
from services.recruitment.domain.peers.consent_kind import PeerConsent
from services.recruitment.domain.peers.pairing_kind import Pairing
from services.recruitment.domain.practices.practice_kind import Practice
from services.recruitment.domain.practices.spread_kind import Adoptions
from services.recruitment.domain.practices.testing_state import ChangeTest
from services.recruitment.domain.sessions.period_kind import ActionPeriod
from services.recruitment.domain.sessions.state import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What a pack is gathered from; places and consents by participant, peers among them, practices by id."""

    session: Session
    cohorts: Sequence[Cohort]
    periods: Sequence[ActionPeriod]
    places: Mapping[str, Place]
    tests: Sequence[ChangeTest] = ()
    pairings: Sequence[Pairing] = ()
    consents: Mapping[str, PeerConsent] = field(default_factory=dict)
    practices: Mapping[str, Practice] = field(default_factory=dict)
    adoptions: Sequence[Adoptions] = ()
