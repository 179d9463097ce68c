"""The letters to two who agreed to learn from each other: about the other, as far as the other consents."""

import datetime as dt
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.state import Participant
from services.recruitment.domain.peers.consent_kind import PEER_CONSENT, PeerConsent
from services.recruitment.domain.peers.pairing_kind import Pairing
from shared.contracts.notifications import REQUESTS, NoticeRequested, Recipient
from shared.contracts.recruitment.pairings import PairingAgreed
from shared.contracts.recruitment.peer_terms import PeerFigure, PeerScope, Side, WhyMatched
from shared.messaging.handling import Emit
from shared.program.states import STATES
from shared.records.deciding import Held
from shared.records.machine import words

# Our own promise; no rule sets a time.
WITHIN: Final = dt.timedelta(days=3)
_OF_TEACHER: Final = {
    WhyMatched.BETTER_NOW: "The figures of the one who teaches are the better ones now.",
    WhyMatched.IMPROVED: "The one who teaches improved.",
    WhyMatched.PERFORMS_WELL: "The one who teaches does well.",
    WhyMatched.SAME_SETTING: "Both are of the same setting.",
    WhyMatched.SIMILAR_SIZE: "Both are of similar size.",
}


def tellable(pairing: Pairing, consents: dict[Side, PeerConsent | None], day: dt.date) -> tuple[PeerFigure, ...]:
    """The figures that may be told to the other on a day: of those who consent to that, and still do."""
    return tuple(
        one
        for one in pairing.figures
        if (consent := consents[one.of]) is not None and consent.on(PeerScope.SHARE_FIGURES, day)
    )


def matched(pairing: Pairing, event: PairingAgreed, held: Held, now: dt.datetime) -> tuple[Emit, ...]:
    """A letter to each; a mailing address stands in it only where its owner consents to share it that day."""
    return tuple(_letter(pairing, event, side, held, now) for side in Side)


def _letter(pairing: Pairing, event: PairingAgreed, to: Side, held: Held, now: dt.datetime) -> Emit:
    other = Side.TEACHER if to is Side.LEARNER else Side.LEARNER
    own, peer = held.get(PARTICIPANT, pairing.side(to)), held.get(PARTICIPANT, pairing.side(other))
    assert own is not None, "who agreed is known"
    assert peer is not None, "who agreed is known"
    consents = {side: held.get(PEER_CONSENT, pairing.side(side)) for side in Side}
    consent = consents[other]
    shares = consent is not None and consent.on(PeerScope.SHARE_ADDRESS, event.agreed_on)
    facts = {
        "qio_name": pairing.office,
        "qio_phone": pairing.phone,
        "peer_name": peer.name,
        "peer_setting": words(peer.setting),
        "peer_contact": _address(peer) if shares else "",
        "topic": TOPICS[pairing.topic].words,
        "reason": _reason(pairing, tellable(pairing, consents, event.agreed_on)),
        "next_step": event.next_step,
    }
    state = STATES.get(own.state)
    notice_id = uuid5(NAMESPACE_URL, f"peer-match/{pairing.id}/{pairing.proposed_on}/{event.agreed_on}/{own.id}")
    request = NoticeRequested(
        notice_id=notice_id,
        notice_type="PEER_MATCH",
        subject=own.id,
        recipient=Recipient(role="facility", name=own.name, time_zone=state.zone if state else "UTC"),
        facts={name: value for name, value in facts.items() if value},
        due_at=now + WITHIN,
    )
    return Emit(REQUESTS.name, str(notice_id), request)


def _address(peer: Participant) -> str:
    parts = (peer.address, peer.city, f"{peer.state} {peer.zip_code}".strip())
    return ", ".join(one for one in parts if one)


def _reason(pairing: Pairing, figures: tuple[PeerFigure, ...]) -> str:
    said = [one.words or _OF_TEACHER[one.why] for one in pairing.reasons]
    for side in Side:
        own = [one for one in figures if one.of is side]
        if own:
            told = ", ".join(f"{one.value} in {one.period}" for one in own)
            said.append(f"Figures of the one who {'learns' if side is Side.LEARNER else 'teaches'}: {told}.")
    return " ".join(said)
