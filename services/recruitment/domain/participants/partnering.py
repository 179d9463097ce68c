"""Beneficiaries and families as partners: a name of their choice, their consent, and nothing else."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.participants.identity import OWN
from services.recruitment.domain.participants.kinds import FAMILY_PARTNER, PARTICIPANT, PARTNER_NAME
from services.recruitment.domain.participants.registering import PERSON
from services.recruitment.domain.participants.standing import latest_today
from services.recruitment.domain.program import answering
from services.recruitment.domain.program.kinds import NETWORKS
from shared.contracts.recruitment.family_partners import (
    ConsentWithdrawn,
    PartnerNamed,
    PartnerNameErased,
    PartnerRegistered,
    RegisterPartner,
    WithdrawConsent,
)
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed, ParticipantRegistered
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.records.deciding import Against, Asked, Decided, Held, Ids, against, refused

# What everyone who does not need the name is told instead of it.
A_PARTNER: Final = "Beneficiary or family partner"


def register_keys(command: RegisterPartner, ids: Ids) -> Iterable[str]:
    """The new participant, the person behind it and their name."""
    del command
    identifier = f"{OWN}{ids('partner')}"
    yield from (kind.key(identifier) for kind in (PARTICIPANT, FAMILY_PARTNER, PARTNER_NAME, NETWORKS))


def register(command: RegisterPartner, held: Held, asked: Asked) -> Decided | Against:
    """Register a person; others hear of a partner in a state, never of the name."""
    if found := refused(_against_registering(command, asked.now)):
        return found
    identifier = f"{OWN}{asked.new_id('partner')}"
    person = PartnerRegistered(participant=identifier, consented_on=command.consented_on, consent=command.consent)
    named = PartnerNamed(participant=identifier, display_name=command.display_name)
    known = ParticipantRegistered(
        participant=identifier,
        setting=PERSON,
        name=A_PARTNER,
        state=command.state,
        zip_code="",
        qin_qio=answering.improving(command.state, asked.now.date(), held.get(NETWORKS, identifier)),
    )
    return Decided({"participant": identifier, "setting": PERSON.value}, (known, person, named))


def _against_registering(command: RegisterPartner, now: dt.datetime) -> Iterator[Reason]:
    if command.state not in STATES:
        text = f"{command.state} is no state or territory of the program."
        yield Reason(code="STATE_UNKNOWN", field="state", text=text)
    today = latest_today(command.state, now) if command.state in STATES else now.date()
    if command.consented_on > today:
        yield Reason(code="IN_THE_FUTURE", field="consented_on", text="The day of the consent is in the future.")


def withdraw_keys(command: WithdrawConsent, ids: Ids) -> Iterable[str]:
    """The participant, the person behind it and their name."""
    del ids
    return (kind.key(command.participant) for kind in (PARTICIPANT, FAMILY_PARTNER, PARTNER_NAME))


def withdraw(command: WithdrawConsent, held: Held, asked: Asked) -> Decided | Against:
    """Forget the name and end the participation."""
    person = held.get(FAMILY_PARTNER, command.participant)
    participant = held.get(PARTICIPANT, command.participant)
    if person is None or participant is None:
        return against("PARTNER_UNKNOWN", "participant", "No beneficiary or family partner has this id.")
    found = []
    if person.withdrawn_on is not None:
        text = f"The consent was taken back on {person.withdrawn_on}."
        found.append(Reason(code="STATE", field="participant", text=text))
    if command.on < person.consented_on:
        text = f"The consent was given on {person.consented_on}, after the day given."
        found.append(Reason(code="BEFORE_CONSENT", field="on", text=text))
    if command.on > latest_today(participant.state, asked.now):
        found.append(Reason(code="IN_THE_FUTURE", field="on", text="The day is in the future."))
    closed = ParticipantClosed(
        participant=participant.id, on=command.on, reason=WhyClosed.CONSENT_WITHDRAWN, actor=asked.actor
    )
    made = {"participant": participant.id, "withdrawn_on": command.on.isoformat()}
    withdrawn = ConsentWithdrawn(participant=participant.id, on=command.on)
    ended = () if participant.closed_on is not None else (closed,)
    return refused(found) or Decided(made, (withdrawn, PartnerNameErased(participant=participant.id), *ended))
