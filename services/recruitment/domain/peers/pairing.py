"""Pairings of peers: proposed, agreed to, declined; never without the consent of both."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.kinds import NETWORK
from services.recruitment.domain.networks.standing import at_work, in_future, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.peers import telling
from services.recruitment.domain.peers.consent_kind import PEER_CONSENT
from services.recruitment.domain.peers.consenting import missing
from services.recruitment.domain.peers.pairing_kind import (
    PAIRING,
    PAIRING_MACHINE,
    RUNNING,
    Pairing,
    PairingStep,
    Round,
    pairing_id,
    two_of,
)
from shared.contracts.recruitment.pairings import (
    AcceptPairing,
    DeclinePairing,
    PairingAgreed,
    PairingDeclined,
    PairingProposed,
    ProposePairing,
)
from shared.contracts.recruitment.peer_terms import PeerScope, Side, WhyMatched
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def two_keys(one: str, other: str) -> Iterable[str]:
    """Two participants, and what each consents to."""
    return (kind.key(name) for kind in (PARTICIPANT, PEER_CONSENT) for name in (one, other))


def possible_between(two: Round | ProposePairing, day: dt.date, held: Held) -> Iterator[Reason]:
    """Why two facilities cannot learn from each other on a day: one is gone, or has not consented."""
    for side, name in ((Side.LEARNER, two.learner), (Side.TEACHER, two.teacher)):
        field = side.value.lower()
        gone = reason_against(held.get(PARTICIPANT, name), day, field)
        if gone is not None:
            yield gone
        else:
            yield from missing(held.get(PEER_CONSENT, name), name, side, day, field)


def _propose_keys(command: ProposePairing, ids: Ids) -> Iterable[str]:
    del ids
    yield PAIRING.key(pairing_id(command.learner, command.teacher, command.topic))
    yield from two_keys(command.learner, command.teacher)
    if command.network is not None:
        yield NETWORK.key(command.network)


def propose(command: ProposePairing, held: Held, asked: Asked) -> Decided | Against:
    """Propose a pairing."""
    identifier = pairing_id(command.learner, command.teacher, command.topic)
    day = command.proposed_on
    reasons = [*_matched(command, held), *in_future(day, asked.now, "proposed_on")]
    if command.learner == command.teacher:
        reasons.append(Reason(code="SAME_FACILITY", field="teacher", text="Nobody is a peer of itself."))
    else:
        reasons += possible_between(command, day, held)
    if command.network is not None:
        reasons += at_work(held.get(NETWORK, command.network), day, "proposed_on")
    if (before := held.get(PAIRING, identifier)) is not None:
        reasons += _again(before, day)
    if refusal := refused(reasons):
        return refusal
    event = PairingProposed(**command.model_dump(), pairing=identifier)
    return Decided({"pairing": identifier, "learner": event.learner, "teacher": event.teacher}, (event,))


def _again(before: Pairing, day: dt.date) -> Iterator[Reason]:
    if before.status in RUNNING:
        text = f"These two learn from each other about it already, since {before.proposed_on} ({before.id})."
        yield Reason(code="ALREADY_PAIRED", field="teacher", text=text)
    elif impossible := PAIRING_MACHINE.reason_against(before.status, PairingStep.PROPOSE, "teacher"):
        yield impossible
    else:
        yield from too_early(day, before.latest_day(), "proposed_on", "the last that is recorded of the time before")


def _matched(command: ProposePairing, held: Held) -> Iterator[Reason]:
    """Why reasons or figures cannot be those of a match."""
    for position, one in enumerate(command.reasons):
        field = f"reasons[{position}]"
        if (one.words is not None) != (one.why is WhyMatched.JUDGED):
            text = "JUDGED says in words why; the other reasons have none."
            yield Reason(code="WORDS_DO_NOT_FIT", field=f"{field}.words", text=text)
        if any(one.why is other.why for other in command.reasons[:position]):
            yield Reason(code="REPEATED", field=f"{field}.why", text=f"{one.why} is given twice.")
    if command.figures and command.measure is None:
        yield Reason(code="NO_MEASURE", field="measure", text="Figures are of a measure. Name it.")
    told: set[tuple[Side, str]] = set()
    for position, figure in enumerate(command.figures):
        field = f"figures[{position}]"
        name = command.learner if figure.of is Side.LEARNER else command.teacher
        consent = held.get(PEER_CONSENT, name)
        if consent is None or not consent.on(PeerScope.SHARE_FIGURES, command.proposed_on):
            text = f"{name} has not consented to share figures with peers on {command.proposed_on}."
            yield Reason(code="FIGURES_NOT_SHARED", field=field, text=text)
        if (figure.of, figure.period) in told:
            yield Reason(code="REPEATED", field=field, text=f"Two figures are of {figure.of} in one period.")
        told.add((figure.of, figure.period))


def keys(command: AcceptPairing | DeclinePairing, ids: Ids) -> Iterable[str]:
    """The pairing, both facilities, and what each consents to."""
    del ids
    yield PAIRING.key(command.pairing)
    yield from two_keys(*two_of(command.pairing))


def of_pairing(found: Pairing) -> dict[str, str]:
    """What every event of a pairing tells."""
    return {"pairing": found.id, "learner": found.learner, "teacher": found.teacher, "topic": found.topic}


def accept(command: AcceptPairing, held: Held, asked: Asked) -> Decided | Against:
    """Record that both agreed; each is told of the other."""
    found = held.get(PAIRING, command.pairing)
    if found is None:
        return unknown("pairing")
    if impossible := PAIRING_MACHINE.reason_against(found.status, PairingStep.AGREE, "pairing"):
        return Against((impossible,))
    day = command.agreed_on
    reasons = [
        *too_early(day, found.proposed_on, "agreed_on", "the pairing was proposed"),
        *in_future(day, asked.now, "agreed_on"),
        *possible_between(found, day, held),
    ]
    if refusal := refused(reasons):
        return refusal
    event = PairingAgreed(**of_pairing(found), actor=command.actor, agreed_on=day, next_step=command.next_step)
    also = telling.matched(found, event, held, asked.now)
    return Decided({"pairing": found.id, "agreed_on": day.isoformat(), "letters": len(also)}, (event,), also)


def decline(command: DeclinePairing, held: Held, asked: Asked) -> Decided | Against:
    """Record that a pairing will not be."""
    found = held.get(PAIRING, command.pairing)
    if found is None:
        return unknown("pairing")
    if impossible := PAIRING_MACHINE.reason_against(found.status, PairingStep.DECLINE, "pairing"):
        return Against((impossible,))
    reasons = [
        *too_early(command.declined_on, found.proposed_on, "declined_on", "the pairing was proposed"),
        *in_future(command.declined_on, asked.now, "declined_on"),
    ]
    if refusal := refused(reasons):
        return refusal
    event = PairingDeclined(**of_pairing(found), **command.model_dump(exclude={"pairing"}))
    return Decided({"pairing": found.id, "declined_by": event.declined_by}, (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(ProposePairing, _propose_keys, propose),
    Rule(AcceptPairing, keys, accept),
    Rule(DeclinePairing, keys, decline),
)
