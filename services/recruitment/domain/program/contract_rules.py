"""The rules of contracts: award, modification, amendment, a new contract in the place of one, the end."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.program import checks, machines
from services.recruitment.domain.program.kinds import QIO_CONTRACT
from services.recruitment.domain.program.machines import ContractAction
from services.recruitment.domain.program.state import QioContract
from services.recruitment.domain.program.statements import statement, term
from services.recruitment.domain.program.timeline import last_terms
from shared.contracts.message import Event
from shared.contracts.recruitment.qio_contracts import (
    AwardContract,
    CloseContract,
    ContractAwarded,
    ContractClosed,
    ContractReplaced,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def unknown(field: str = "contract") -> Reason:
    """There is no such contract."""
    return Reason(code="CONTRACT_UNKNOWN", field=field, text="No contract has this number. Award it first.")


def _award_keys(command: AwardContract, ids: Ids) -> Iterable[str]:
    del ids
    return {QIO_CONTRACT.key(one) for one in (command.contract, command.replaces) if one is not None}


def award(command: AwardContract, held: Held, asked: Asked) -> Decided | Against:
    """Award a contract, and end the one it replaces."""
    before = held.get(QIO_CONTRACT, command.replaces) if command.replaces else None
    reasons = [*_about_award(command, held), *_about_replaced(command, before)]
    if found := refused(reasons):
        return found
    fields = command.model_dump(exclude={"actor", "reason", "states"})
    states = tuple(sorted(command.states))
    events: list[Event] = [ContractAwarded(**fields, states=states, actor=asked.actor)]
    made: dict[str, object] = {"contract": command.contract, "starts_on": command.starts_on.isoformat()}
    if before is not None and command.reason is not None:
        ended_on = min(last_terms(before).ends_on, command.starts_on - dt.timedelta(days=1))
        made |= {"replaced": before.id, "replaced_ended_on": ended_on.isoformat()}
        events.append(
            ContractReplaced(
                contract=before.id,
                by=command.contract,
                ended_on=ended_on,
                reason=command.reason,
                actor=asked.actor,
            )
        )
    return Decided(made, events)


def _about_award(command: AwardContract, held: Held) -> Iterator[Reason]:
    if held.get(QIO_CONTRACT, command.contract) is not None:
        text = "A contract of this number is held already; change it, or award a new one in its place."
        yield Reason(code="CONTRACT_EXISTS", field="contract", text=text)
    yield from checks.about_states(command.states)
    found = statement(command.statement)
    held_term = term(found, command.role) if found else None
    if found is None:
        text = "Sources name the 9th to the 13th statement of work."
        yield Reason(code="STATEMENT_UNKNOWN", field="statement", text=text)
    elif held_term is None:
        text = f"The {found.name} had no {command.role.value}: it had {found.contractors}."
        yield Reason(code="ROLE_NOT_IN_STATEMENT", field="role", text=text, citation=found.source)
    else:
        yield from checks.outside_term(found, held_term, command.starts_on, command.ends_on)
        yield from checks.about_size(command.role, found, command.states, "states")
        yield from checks.about_tasks(command.tasks, found, "tasks")


def _about_replaced(command: AwardContract, before: QioContract | None) -> Iterator[Reason]:
    if command.replaces is None:
        if command.reason is not None:
            text = "A reason is for a new contract in the place of another: say which one it replaces."
            yield Reason(code="NOTHING_REPLACED", field="reason", text=text)
        return
    if command.reason is None:
        text = "Say why a new contract replaces the one before."
        yield Reason(code="REASON_MISSING", field="reason", text=text)
    if command.replaces == command.contract:
        text = "A contract cannot take its own place."
        yield Reason(code="REPLACES_ITSELF", field="replaces", text=text)
    elif before is None:
        yield unknown("replaces")
    else:
        against = machines.CONTRACT.reason_against(before.stage, ContractAction.REPLACE, "replaces")
        if against is not None:
            yield against
        if before.role is not command.role:
            text = f"The contract before was that of a {before.role.value}."
            yield Reason(code="OTHER_ROLE", field="role", text=text)
        if command.starts_on <= before.starts_on:
            text = f"The contract before began on {before.starts_on}; the new one begins after that."
            yield Reason(code="BEFORE_CONTRACT", field="starts_on", text=text)


def _close_keys(command: CloseContract, ids: Ids) -> Iterable[str]:
    del ids
    return (QIO_CONTRACT.key(command.contract),)


def close(command: CloseContract, held: Held, asked: Asked) -> Decided | Against:
    """End a contract on its last day or before."""
    contract = held.get(QIO_CONTRACT, command.contract)
    if contract is None:
        return Against((unknown(),))
    if found := refused(_about_close(command, contract)):
        return found
    event = ContractClosed(**command.model_dump(exclude={"actor"}), actor=asked.actor)
    return Decided({"contract": contract.id, "ended_on": command.ended_on.isoformat()}, (event,))


def _about_close(command: CloseContract, contract: QioContract) -> Iterator[Reason]:
    against = machines.CONTRACT.reason_against(contract.stage, ContractAction.CLOSE, "contract")
    if against is not None:
        yield against
    yield from checks.before_day(command.ended_on, contract.starts_on, "ended_on", "the contract began")
    last = last_terms(contract).ends_on
    if command.ended_on > last:
        text = f"The contract ends on {last}; a modification or amendment can extend it."
        yield Reason(code="AFTER_CONTRACT", field="ended_on", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(AwardContract, _award_keys, award),
    Rule(CloseContract, _close_keys, close),
)
