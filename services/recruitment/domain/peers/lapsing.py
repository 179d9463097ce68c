"""Pairings that cannot go on: one of the two took consent back, closed, or goes on in another.

A decision about consent or about a participant cannot name the pairings that it ends, so this follows it, by a worker.
Until then every step of such a pairing is refused, because each asks for consent on its day.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.peers.consent_kind import PEER_CONSENT
from services.recruitment.domain.peers.consenting import NEEDED
from services.recruitment.domain.peers.pairing import of_pairing
from services.recruitment.domain.peers.pairing_kind import PAIRING, PAIRING_MACHINE, Lapse, Pairing, PairingStep
from shared.contracts.message import Event
from shared.contracts.recruitment.pairings import PairingLapsed
from shared.contracts.recruitment.peer_terms import Side, WhyLapsed
from shared.records.deciding import Held


def lapsed(pairing: str, today: dt.date, held: Held, actor: str) -> Sequence[Event]:
    """What follows for one pairing: that it ended on the first day it could not be; nothing where it goes on.

    A day after ``today`` ends nothing yet. Reads the pairing, both participants and what they consent to.
    """
    found = held.get(PAIRING, pairing)
    if found is None or PAIRING_MACHINE.after(found.status, PairingStep.LAPSE) is None:
        return ()
    causes = [one for one in _causes(found, held) if one.on <= today]
    if not causes:
        return ()
    first = min(causes, key=lambda one: one.on)
    on = max(first.on, found.proposed_on)
    return (PairingLapsed(**of_pairing(found), actor=actor, lapsed_on=on, why=first.why, side=first.side),)


def _causes(found: Pairing, held: Held) -> Iterator[Lapse]:
    for side in Side:
        known = held.get(PARTICIPANT, found.side(side))
        if known is not None and known.merged_on is not None:
            yield Lapse(on=known.merged_on, why=WhyLapsed.MERGED, side=side)
        if known is not None and known.closed_on is not None:
            yield Lapse(on=known.closed_on, why=WhyLapsed.CLOSED, side=side)
        consent = held.get(PEER_CONSENT, found.side(side))
        gap = consent.gap(NEEDED[side], found.proposed_on) if consent is not None else None
        if gap is not None:
            yield Lapse(on=gap, why=WhyLapsed.CONSENT_WITHDRAWN, side=side)
