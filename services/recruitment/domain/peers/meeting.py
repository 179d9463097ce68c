"""Peers meet, and end what they learned from each other with what came of it."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.peers.pairing import of_pairing, possible_between, two_keys
from services.recruitment.domain.peers.pairing_kind import (
    PAIRING,
    PAIRING_MACHINE,
    Pairing,
    PairingStep,
    two_of,
)
from shared.contracts.recruitment.pairings import EndPairing, PairingEnded, PeerMeetingRecorded, RecordPeerMeeting
from shared.contracts.recruitment.peer_terms import Helped
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: RecordPeerMeeting | EndPairing, ids: Ids) -> Iterable[str]:
    del ids
    yield PAIRING.key(command.pairing)
    yield from two_keys(*two_of(command.pairing))


def meet(command: RecordPeerMeeting, held: Held, asked: Asked) -> Decided | Against:
    """Record a meeting."""
    found = held.get(PAIRING, command.pairing)
    if found is None:
        return unknown("pairing")
    if impossible := PAIRING_MACHINE.reason_against(found.status, PairingStep.MEET, "pairing"):
        return Against((impossible,))
    day = command.held_on
    reasons = [
        *too_early(day, found.agreed_on or found.proposed_on, "held_on", "both agreed"),
        *in_future(day, asked.now, "held_on"),
        *possible_between(found, day, held),
    ]
    if any(one.held_on == day for one in found.meetings):
        text = f"The meeting of {day} is recorded already."
        reasons.append(Reason(code="ALREADY_RECORDED", field="held_on", text=text))
    if refusal := refused(reasons):
        return refusal
    event = PeerMeetingRecorded(**of_pairing(found), **command.model_dump(exclude={"pairing"}))
    return Decided({"pairing": found.id, "meetings": len(found.meetings) + 1}, (event,))


def end(command: EndPairing, held: Held, asked: Asked) -> Decided | Against:
    """End a pairing; one whose consent was gone before ends as of that day, by itself."""
    found = held.get(PAIRING, command.pairing)
    if found is None:
        return unknown("pairing")
    if impossible := PAIRING_MACHINE.reason_against(found.status, PairingStep.END, "pairing"):
        return Against((impossible,))
    reasons = [
        *too_early(command.ended_on, found.latest_day(), "ended_on", "the last that is recorded of it"),
        *in_future(command.ended_on, asked.now, "ended_on"),
        *possible_between(found, command.ended_on, held),
        *_outcome(command, found),
    ]
    if refusal := refused(reasons):
        return refusal
    event = PairingEnded(**of_pairing(found), **command.model_dump(exclude={"pairing"}))
    return Decided({"pairing": found.id, "meetings": len(found.meetings), "helped": event.helped.value}, (event,))


def _outcome(command: EndPairing, found: Pairing) -> Iterator[Reason]:
    if found.meetings:
        return
    text = "They never met, so nothing can have come of it."
    if command.taken_over is not None:
        yield Reason(code="NEVER_MET", field="taken_over", text=text)
    if command.helped is not Helped.NOT_KNOWN:
        yield Reason(code="NEVER_MET", field="helped", text=f"{text} Say NOT_KNOWN.")


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordPeerMeeting, _keys, meet),
    Rule(EndPairing, _keys, end),
)
