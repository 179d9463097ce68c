"""The rules of configured networks: which QIO answers for a state where our own sources name none."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from services.recruitment.domain.program import checks
from services.recruitment.domain.program.kinds import NETWORK
from services.recruitment.domain.program.state import QioNetwork, Spell, place_id
from services.recruitment.domain.program.statements import Statement, statement, term
from services.recruitment.domain.program.terms import Term
from shared.contracts.recruitment.program import (
    ConfigureNetwork,
    EndNetwork,
    NetworkConfigured,
    NetworkEnded,
    NetworkWithdrawn,
    WithdrawNetwork,
)
from shared.contracts.recruitment.qio_contracts import Role
from shared.contracts.replies import Reason
from shared.program.jurisdictions import BFCC_NAMED, QIN_NAMED
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

_NAMED: Final = {Role.STATE_QIO: (), Role.QIN_QIO: QIN_NAMED, Role.BFCC_QIO: BFCC_NAMED}


@dataclass(frozen=True, slots=True)
class _Span:
    """The days a command is about, both counted."""

    starts_on: dt.date
    ends_on: dt.date

    def meets(self, starts_on: dt.date, ends_on: dt.date) -> bool:
        return self.starts_on <= ends_on and starts_on <= self.ends_on


def _keys(command: ConfigureNetwork | EndNetwork | WithdrawNetwork, ids: Ids) -> Iterable[str]:
    del ids
    return {NETWORK.key(place_id(command.role, state)) for state in command.states}


def configure(command: ConfigureNetwork, held: Held, asked: Asked) -> Decided | Against:
    """Enter who answers for each of the states; what is entered already is left as it is."""
    found = statement(command.statement)
    if found is None:
        text = "Sources name the 9th to the 13th statement of work."
        return Against((Reason(code="STATEMENT_UNKNOWN", field="statement", text=text),))
    term_held = term(found, command.role)
    if term_held is None:
        text = f"The {found.name} had no {command.role.value}: it had {found.contractors}."
        return Against((Reason(code="ROLE_NOT_IN_STATEMENT", field="role", text=text, citation=found.source),))
    ends_on = command.ends_on or term_held.end.latest
    assert ends_on is not None, "every term has a last day it can have"
    span = _Span(command.starts_on, ends_on)
    reasons = [
        *checks.without_source(command.source),
        *checks.about_states(command.states),
        *_about_span(command.role, found, term_held, span),
        *_taken(command, held, span),
    ]
    if against := refused(reasons):
        return against
    events = [
        _configured(command, state, span, asked)
        for state in command.states
        if not _same(command, held.get(NETWORK, place_id(command.role, state)), span)
    ]
    made = {
        "qio": command.qio,
        "states": len(command.states),
        "starts_on": span.starts_on.isoformat(),
        "ends_on": span.ends_on.isoformat(),
        "changed": len(events),
    }
    return Decided(made, events)


def _configured(command: ConfigureNetwork, state: str, span: _Span, asked: Asked) -> NetworkConfigured:
    return NetworkConfigured(
        state=state,
        role=command.role,
        qio=command.qio,
        statement=command.statement,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        source=command.source,
        actor=asked.actor,
    )


def _about_span(role: Role, found: Statement, held: Term, span: _Span) -> Iterator[Reason]:
    yield from checks.outside_term(found, held, span.starts_on, span.ends_on)
    for first, last in _NAMED[role]:
        if span.meets(first, last):
            text = f"From {first} to {last} our sources name every {role.value}; it is not entered by hand."
            yield Reason(code="NAMED_BY_SOURCE", field="starts_on", text=text, citation=held.source)


def _same(command: ConfigureNetwork, network: QioNetwork | None, span: _Span) -> bool:
    wanted = (command.qio, command.statement, span.starts_on, span.ends_on, command.source)
    return any((one.qio, one.statement, one.starts_on, one.ends_on, one.source) == wanted for one in _entered(network))


def _taken(command: ConfigureNetwork, held: Held, span: _Span) -> Iterator[Reason]:
    for position, state in enumerate(command.states):
        network = held.get(NETWORK, place_id(command.role, state))
        if _same(command, network, span):
            continue
        for one in _entered(network):
            if span.meets(one.starts_on, one.ends_on):
                text = (
                    f"{state}: {one.qio} is entered from {one.starts_on} to {one.ends_on}; end or withdraw that first."
                )
                yield Reason(code="NETWORK_TAKEN", field=f"states[{position}]", text=text)


def _entered(network: QioNetwork | None) -> list[Spell]:
    return [one for one in network.spells if one.withdrawn is None] if network else []


def end(command: EndNetwork, held: Held, asked: Asked) -> Decided | Against:
    """Enter the last day for each of the states."""
    day = command.ended_on
    reasons = [*checks.without_source(command.source), *checks.about_states(command.states)]
    events = []
    for position, state in enumerate(command.states):
        found = _entered(held.get(NETWORK, place_id(command.role, state)))
        mine = [one for one in found if one.qio == command.qio and one.starts_on <= day <= one.ends_on]
        if not mine:
            text = f"{state}: {command.qio} is not entered for {day}."
            reasons.append(Reason(code="NETWORK_UNKNOWN", field=f"states[{position}]", text=text))
            continue
        events.append(
            NetworkEnded(
                state=state,
                role=command.role,
                starts_on=mine[0].starts_on,
                ended_on=day,
                source=command.source,
                actor=asked.actor,
            )
        )
    return refused(reasons) or Decided({"qio": command.qio, "ended_on": day.isoformat(), "states": len(events)}, events)


def withdraw(command: WithdrawNetwork, held: Held, asked: Asked) -> Decided | Against:
    """Take back what was entered for each of the states from that first day."""
    reasons = [*checks.about_states(command.states)]
    events = []
    for position, state in enumerate(command.states):
        found = _entered(held.get(NETWORK, place_id(command.role, state)))
        if not any(one.starts_on == command.starts_on for one in found):
            text = f"{state}: nothing is entered from {command.starts_on} on."
            reasons.append(Reason(code="NETWORK_UNKNOWN", field=f"states[{position}]", text=text))
            continue
        fields = command.model_dump(exclude={"states", "actor"})
        events.append(NetworkWithdrawn(**fields, state=state, actor=asked.actor))
    made = {"starts_on": command.starts_on.isoformat(), "states": len(events)}
    return refused(reasons) or Decided(made, events)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(ConfigureNetwork, _keys, configure),
    Rule(EndNetwork, _keys, end),
    Rule(WithdrawNetwork, _keys, withdraw),
)
