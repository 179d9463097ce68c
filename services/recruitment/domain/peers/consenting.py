"""Consent among peers: given and taken back, scope by scope; and whose is missing on a day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.standing import in_future, too_early
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.peers.consent_kind import PEER_CONSENT, PeerConsent
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.peer_consents import (
    PeerConsentRecorded,
    PeerConsentWithdrawn,
    RecordPeerConsent,
    WithdrawPeerConsent,
)
from shared.contracts.recruitment.peer_terms import PeerScope, Side
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused
from shared.records.machine import words

# What a pairing needs of each of the two, as long as it goes on.
NEEDED: Final = {Side.LEARNER: PeerScope.LEARN_FROM_PEERS, Side.TEACHER: PeerScope.TEACH_PEERS}


def missing(consent: PeerConsent | None, participant: str, side: Side, day: dt.date, field: str) -> Iterator[Reason]:
    """Why a facility cannot be one side of a pairing on a day: it has not consented to that."""
    scope = NEEDED[side]
    if consent is None or not consent.on(scope, day):
        text = (
            f"No consent of {participant} to {words(scope)} is recorded for {day}. There is no peer match without it."
        )
        yield Reason(code="CONSENT_MISSING", field=field, text=text)


def _record_keys(command: RecordPeerConsent, ids: Ids) -> Iterable[str]:
    del ids
    return PARTICIPANT.key(command.participant), PEER_CONSENT.key(command.participant)


def record(command: RecordPeerConsent, held: Held, asked: Asked) -> Decided | Against:
    """Record what a facility consents to."""
    consent = held.get(PEER_CONSENT, command.participant) or PeerConsent(id=command.participant)
    made = {"participant": command.participant, "scopes": [one.value for one in command.scopes]}
    if all(_is_the_same(consent, one, command) for one in command.scopes):
        return Decided({**made, "changed": False})
    participant = held.get(PARTICIPANT, command.participant)
    reasons = [*in_future(command.given_on, asked.now, "given_on")]
    if gone := reason_against(participant, command.given_on, "participant"):
        reasons.append(gone)
    elif participant is not None and participant.setting is Setting.BENEFICIARY_OR_FAMILY:
        text = "Peers are facilities, practices and organisations. A person takes part as a partner."
        reasons.append(Reason(code="NOT_A_FACILITY", field="participant", text=text))
    for position, scope in enumerate(command.scopes):
        reasons += _against_scope(consent, scope, command, position)
    if refusal := refused(reasons):
        return refusal
    return Decided({**made, "changed": True}, (PeerConsentRecorded(**command.model_dump()),))


def _is_the_same(consent: PeerConsent, scope: PeerScope, command: RecordPeerConsent) -> bool:
    stands = consent.open(scope)
    told = (command.given_on, command.evidence, command.signed_as)
    return stands is not None and (stands.given_on, stands.evidence, stands.signed_as) == told


def _against_scope(
    consent: PeerConsent, scope: PeerScope, command: RecordPeerConsent, position: int
) -> Iterator[Reason]:
    field = f"scopes[{position}]"
    spells = consent.scopes.get(scope, ())
    if scope in command.scopes[:position]:
        yield Reason(code="REPEATED", field=field, text=f"{words(scope).capitalize()} is given twice.")
    elif stands := consent.open(scope):
        text = f"Consent to {words(scope)} stands since {stands.given_on}. Withdraw it first."
        yield Reason(code="ALREADY_GIVEN", field=field, text=text)
    elif spells and spells[-1].until is not None:
        yield from too_early(command.given_on, spells[-1].until, "given_on", f"consent to {words(scope)} was withdrawn")


def _withdraw_keys(command: WithdrawPeerConsent, ids: Ids) -> Iterable[str]:
    del ids
    return (PEER_CONSENT.key(command.participant),)


def withdraw(command: WithdrawPeerConsent, held: Held, asked: Asked) -> Decided | Against:
    """Take consent back; possible for whoever closed. Pairings follow, by a worker."""
    consent = held.get(PEER_CONSENT, command.participant)
    if consent is None:
        text = "Nothing that this participant consents to is recorded."
        return against("CONSENT_UNKNOWN", "participant", text)
    scopes = command.scopes or consent.standing()
    reasons = [
        *in_future(command.withdrawn_on, asked.now, "withdrawn_on"),
        *_against_withdrawing(consent, scopes, command.withdrawn_on),
    ]
    if refusal := refused(reasons):
        return refusal
    event = PeerConsentWithdrawn(**{**command.model_dump(), "scopes": scopes})
    left = [one.value for one in consent.standing() if one not in scopes]
    return Decided({"participant": consent.id, "withdrawn": [one.value for one in scopes], "left": left}, (event,))


def _against_withdrawing(consent: PeerConsent, scopes: tuple[PeerScope, ...], day: dt.date) -> Iterator[Reason]:
    if not scopes:
        text = "All that it consented to was withdrawn before."
        yield Reason(code="ALREADY_WITHDRAWN", field="participant", text=text)
    for position, scope in enumerate(scopes):
        field, stands = f"scopes[{position}]", consent.open(scope)
        if scope in scopes[:position]:
            yield Reason(code="REPEATED", field=field, text=f"{words(scope).capitalize()} is given twice.")
        elif stands is None:
            yield Reason(code="NOT_GIVEN", field=field, text=f"No consent to {words(scope)} stands.")
        else:
            yield from too_early(day, stands.given_on, "withdrawn_on", f"consent to {words(scope)} was given")


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RecordPeerConsent, _record_keys, record),
    Rule(WithdrawPeerConsent, _withdraw_keys, withdraw),
)
