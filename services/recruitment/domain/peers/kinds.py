"""The kinds of record of peers: consent, pairings, questions."""

from typing import Any, Final

from services.recruitment.domain.peers.consent_kind import PEER_CONSENT
from services.recruitment.domain.peers.pairing_kind import PAIRING
from services.recruitment.domain.peers.question_kind import QUESTION
from shared.records.kinds import Kind

KINDS: Final[tuple[Kind[Any], ...]] = (PEER_CONSENT, PAIRING, QUESTION)
