"""The rule of modifications and amendments of a contract."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from services.recruitment.domain.program import checks, contract_rules, machines
from services.recruitment.domain.program.kinds import DELIVERABLE, QIO_CONTRACT
from services.recruitment.domain.program.machines import ContractAction, DeliverableAction
from services.recruitment.domain.program.state import Change, Deliverable, QioContract, part_id
from services.recruitment.domain.program.statements import Statement, statement, term
from services.recruitment.domain.program.timeline import Terms, as_of, due_on
from shared.contracts.recruitment.qio_contracts import ChangeContract, ContractChanged
from shared.contracts.recruitment.qio_deliverables import DeliverableMoved
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

Deliverables = Mapping[str, Deliverable | None]


def _keys(command: ChangeContract, ids: Ids) -> Iterable[str]:
    del ids
    parts = {DELIVERABLE.key(part_id(command.contract, one.deliverable)) for one in command.due_dates}
    return {QIO_CONTRACT.key(command.contract), *parts}


def change(command: ChangeContract, held: Held, asked: Asked) -> Decided | Against:
    """Change a contract from a day on, and the deliverables whose due dates it moves."""
    contract = held.get(QIO_CONTRACT, command.contract)
    if contract is None:
        return Against((contract_rules.unknown(),))
    moved = {one.deliverable: held.get(DELIVERABLE, part_id(contract.id, one.deliverable)) for one in command.due_dates}
    if found := refused(_reasons(command, contract, moved)):
        return found
    fields = command.model_dump(exclude={"actor"})
    event = ContractChanged(**fields, actor=asked.actor)
    moves = [
        DeliverableMoved(
            contract=contract.id,
            deliverable=one.deliverable,
            due_on=one.due_on,
            effective_on=command.effective_on,
            kind=command.kind,
            reason=command.reason,
            source=command.source,
            actor=asked.actor,
        )
        for one in command.due_dates
    ]
    made = {
        "contract": contract.id,
        "kind": command.kind.value,
        "effective_on": command.effective_on.isoformat(),
        "changes": len(contract.changes) + 1,
        "moved": len(moves),
    }
    return Decided(made, (event, *moves))


def _reasons(command: ChangeContract, contract: QioContract, moved: Deliverables) -> Iterator[Reason]:
    against = machines.CONTRACT.reason_against(contract.stage, ContractAction.CHANGE, "contract")
    if against is not None:
        yield against
    yield from checks.about_states(command.add_states, "add_states")
    yield from _about_due_dates(command, contract, moved)
    before = as_of(contract, command.effective_on)
    if before is None:
        text = f"The contract began on {contract.starts_on}."
        yield Reason(code="BEFORE_CONTRACT", field="effective_on", text=text)
        return
    if not before.in_force:
        text = f"The contract ended on {before.ends_on}; only a new contract can follow it."
        yield Reason(code="AFTER_CONTRACT", field="effective_on", text=text)
    yield from _about_end(command, contract)
    yield from _about_lists(command, contract, before)


def _about_end(command: ChangeContract, contract: QioContract) -> Iterator[Reason]:
    found = statement(contract.statement)
    held = term(found, contract.role) if found else None
    if command.ends_on is None or found is None or held is None:
        return
    yield from checks.outside_term(found, held, contract.starts_on, command.ends_on)
    yield from checks.before_day(command.ends_on, command.effective_on, "ends_on", "the change takes effect")
    later = max((one.effective_on for one in contract.changes), default=None)
    if later is not None and command.ends_on < later:
        text = f"A change of the contract takes effect on {later}, after this last day."
        yield Reason(code="LATER_CHANGE", field="ends_on", text=text)


def _about_lists(command: ChangeContract, contract: QioContract, before: Terms) -> Iterator[Reason]:
    found = statement(contract.statement)
    assert found is not None, "a contract is awarded under a statement of work there is"
    held = {one.key for one in before.tasks}
    added = [one.key for one in command.add_tasks]
    yield from _against_lists("states", "STATE", before.states, command.add_states, command.drop_states)
    yield from _against_lists("tasks", "TASK", held, added, command.drop_tasks)
    yield from checks.about_tasks(command.add_tasks, found, "add_tasks")
    yield from _about_what_is_left(command, contract, found)


def _about_what_is_left(command: ChangeContract, contract: QioContract, found: Statement) -> Iterator[Reason]:
    """Too many or too few states, or no task, on the day of the change or after a later one that is held already."""
    made = Change(**command.model_dump(exclude={"contract"}), at=contract.at)
    changed = contract.model_copy(update={"changes": (*contract.changes, made)})
    days = sorted({made.effective_on, *(one.effective_on for one in contract.changes)})
    left = [as_of(changed, day) for day in days if day >= made.effective_on]
    if command.add_states or command.drop_states:
        field = "drop_states" if command.drop_states else "add_states"
        wrong = (list(checks.about_size(contract.role, found, one.states, field)) for one in left if one)
        yield from next(filter(None, wrong), [])
    if command.drop_tasks and any(one and not one.tasks for one in left):
        yield Reason(code="NO_TASK", field="drop_tasks", text="No task would be left.")


def _against_lists(
    what: str, code: str, held: Iterable[str], added: Iterable[str], dropped: Iterable[str]
) -> Iterator[Reason]:
    known = {*held}
    for position, one in enumerate(added):
        if one in known:
            text = f"{one} is in the contract on that day already."
            yield Reason(code=f"{code}_HELD", field=f"add_{what}[{position}]", text=text)
    for position, one in enumerate(dropped):
        if one not in known:
            text = f"{one} is not in the contract on that day."
            yield Reason(code=f"{code}_NOT_HELD", field=f"drop_{what}[{position}]", text=text)


def _about_due_dates(command: ChangeContract, contract: QioContract, moved: Deliverables) -> Iterator[Reason]:
    seen: set[str] = set()
    for position, one in enumerate(command.due_dates):
        where = f"due_dates[{position}]"
        found = moved[one.deliverable]
        if one.deliverable in seen:
            yield Reason(code="DELIVERABLE_REPEATED", field=where, text=f"{one.deliverable} is given twice.")
            continue
        seen.add(one.deliverable)
        if found is None:
            text = f"The contract has no deliverable {one.deliverable}."
            yield Reason(code="DELIVERABLE_UNKNOWN", field=where, text=text)
            continue
        against = machines.DELIVERABLE.reason_against(found.stage, DeliverableAction.MOVE, where)
        if against is not None:
            yield against
        yield from checks.before_day(one.due_on, contract.starts_on, where, "the contract began")
        if due_on(found, command.effective_on) == one.due_on:
            text = f"{one.deliverable} is due on {one.due_on} already."
            yield Reason(code="DUE_UNCHANGED", field=where, text=text)


RULES: Final[tuple[AnyRule, ...]] = (Rule(ChangeContract, _keys, change),)
