"""The rules of the contact directory: how the QIO of a state is reached, as staff entered it with a source."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.program import checks
from services.recruitment.domain.program.answering import Answer, answer, contact_on, roles_on
from services.recruitment.domain.program.kinds import CONTACT, NETWORK
from services.recruitment.domain.program.state import place_id
from shared.contracts.recruitment.program import (
    ContactEntered,
    ContactWithdrawn,
    EnterContact,
    WithdrawContact,
)
from shared.contracts.replies import Reason
from shared.program.jurisdictions import UNKNOWN
from shared.program.states import STATES
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: EnterContact | WithdrawContact, ids: Ids) -> Iterable[str]:
    del ids
    place = place_id(command.role, command.state)
    return NETWORK.key(place), CONTACT.key(place)


def enter(command: EnterContact, held: Held, asked: Asked) -> Decided | Against:
    """Enter how whoever answers for the state is reached."""
    if command.state not in STATES:
        return Against(tuple(_no_state(command.state)))
    network = held.get(NETWORK, place_id(command.role, command.state))
    answered = answer(command.state, command.role, command.since, network)
    if found := refused(_about_contact(command, answered, asked.now)):
        return found
    event = ContactEntered(**command.model_dump(exclude={"actor"}), qio=answered.qio, actor=asked.actor)
    made = {"state": command.state, "qio": answered.qio, "since": command.since.isoformat()}
    return Decided(made, (event,))


def _about_contact(command: EnterContact, answered: Answer, now: dt.datetime) -> Iterator[Reason]:
    yield from checks.in_the_future(command.since, "since", now)
    yield from checks.without_source(command.source)
    if not (command.phone or command.website or command.address):
        text = "Give a telephone number, a website or an address."
        yield Reason(code="CONTACT_EMPTY", field=None, text=text)
    if command.role not in roles_on(command.since):
        roles = " and ".join(role.value for role in roles_on(command.since))
        text = f"On {command.since} a state had a {roles}."
        yield Reason(code="ROLE_NOT_THEN", field="role", text=text)
    elif answered.qio == UNKNOWN:
        text = f"Whose contact it is, is not known: {answered.source}. Configure the network first."
        yield Reason(code="QIO_UNKNOWN", field="state", text=text)


def withdraw(command: WithdrawContact, held: Held, asked: Asked) -> Decided | Against:
    """Enter that the contact no longer holds."""
    if command.state not in STATES:
        return Against(tuple(_no_state(command.state)))
    place = place_id(command.role, command.state)
    answered = answer(command.state, command.role, command.since, held.get(NETWORK, place))
    reasons = [*checks.in_the_future(command.since, "since", asked.now)]
    if contact_on(held.get(CONTACT, place), command.since, answered.qio) is None:
        text = f"On {command.since} no contact is entered."
        reasons.append(Reason(code="CONTACT_UNKNOWN", field="since", text=text))
    if found := refused(reasons):
        return found
    event = ContactWithdrawn(**command.model_dump(exclude={"actor"}), actor=asked.actor)
    return Decided({"state": command.state, "since": command.since.isoformat()}, (event,))


def _no_state(state: str) -> Iterator[Reason]:
    text = f"{state} is not a state or territory of the program."
    yield Reason(code="STATE_UNKNOWN", field="state", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(EnterContact, _keys, enter),
    Rule(WithdrawContact, _keys, withdraw),
)
