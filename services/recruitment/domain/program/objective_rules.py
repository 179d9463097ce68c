"""The rules of yearly objectives: set, assessed, dropped."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.program import checks, contract_rules, machines
from services.recruitment.domain.program.deliverable_rules import not_in_contract
from services.recruitment.domain.program.kinds import OBJECTIVE, QIO_CONTRACT
from services.recruitment.domain.program.machines import ContractAction, ObjectiveAction
from services.recruitment.domain.program.state import Objective, QioContract, part_id
from services.recruitment.domain.program.timeline import last_terms
from shared.contracts.recruitment.qio_objectives import (
    AssessObjective,
    DropObjective,
    ObjectiveAssessed,
    ObjectiveDropped,
    ObjectiveSet,
    SetObjective,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: SetObjective | AssessObjective | DropObjective, ids: Ids) -> Iterable[str]:
    del ids
    return QIO_CONTRACT.key(command.contract), OBJECTIVE.key(part_id(command.contract, command.objective))


def begins_on(contract: QioContract, year: int) -> dt.date:
    """The first day of a year of the contract; a contract of 29 February has its years begin on 28 February."""
    start = contract.starts_on
    try:
        return start.replace(year=start.year + year - 1)
    except ValueError:
        return start.replace(year=start.year + year - 1, day=28)


def set_objective(command: SetObjective, held: Held, asked: Asked) -> Decided | Against:
    """Set an objective, or put another wording in its place."""
    contract = held.get(QIO_CONTRACT, command.contract)
    if contract is None:
        return Against((contract_rules.unknown(),))
    before = held.get(OBJECTIVE, part_id(contract.id, command.objective))
    if found := refused(_about_objective(command, contract, before)):
        return found
    begins = begins_on(contract, command.year)
    event = ObjectiveSet(**command.model_dump(exclude={"actor"}), begins_on=begins, actor=asked.actor)
    made = {"contract": contract.id, "objective": command.objective, "begins_on": begins.isoformat()}
    return Decided(made, (event,))


def _about_objective(command: SetObjective, contract: QioContract, before: Objective | None) -> Iterator[Reason]:
    against = machines.CONTRACT.reason_against(contract.stage, ContractAction.EXTEND_ITS_LISTS, "contract")
    if against is None and before is not None:
        against = machines.OBJECTIVE.reason_against(before.stage, ObjectiveAction.SET_AGAIN, "objective")
    if against is not None:
        yield against
    if before is not None and before.year != command.year:
        text = f"The objective is one of year {before.year}; give that of another year its own name."
        yield Reason(code="OTHER_YEAR", field="year", text=text)
    yield from not_in_contract(command.task, contract)
    last = last_terms(contract).ends_on
    begins = begins_on(contract, command.year)
    if begins > last:
        text = f"The contract ends on {last}: it has no year {command.year}, which would begin on {begins}."
        yield Reason(code="AFTER_CONTRACT", field="year", text=text)


def assess(command: AssessObjective, held: Held, asked: Asked) -> Decided | Against:
    """Record how an objective stood on a day."""
    found = held.get(OBJECTIVE, part_id(command.contract, command.objective))
    if found is None:
        return Against((_unknown(),))
    began = f"year {found.year} of the contract began"
    reasons = [
        *_possible(found, ObjectiveAction.ASSESS),
        *checks.in_the_future(command.assessed_on, "assessed_on", asked.now),
        *checks.before_day(command.assessed_on, found.begins_on, "assessed_on", began),
    ]
    if against := refused(reasons):
        return against
    event = ObjectiveAssessed(**command.model_dump(exclude={"actor"}), actor=asked.actor)
    return Decided({**_made(found), "result": command.result.value}, (event,))


def drop(command: DropObjective, held: Held, asked: Asked) -> Decided | Against:
    """Give an objective up."""
    found = held.get(OBJECTIVE, part_id(command.contract, command.objective))
    if found is None:
        return Against((_unknown(),))
    contract = held.get(QIO_CONTRACT, command.contract)
    assert contract is not None, "an objective is set in a contract"
    reasons = [
        *_possible(found, ObjectiveAction.DROP),
        *checks.in_the_future(command.dropped_on, "dropped_on", asked.now),
        *checks.before_day(command.dropped_on, contract.starts_on, "dropped_on", "the contract began"),
    ]
    if against := refused(reasons):
        return against
    event = ObjectiveDropped(**command.model_dump(exclude={"actor"}), actor=asked.actor)
    return Decided(_made(found), (event,))


def _possible(found: Objective, action: ObjectiveAction) -> Iterator[Reason]:
    against = machines.OBJECTIVE.reason_against(found.stage, action, "objective")
    if against is not None:
        yield against


def _unknown() -> Reason:
    text = "The contract has no objective of this name. Set it first."
    return Reason(code="OBJECTIVE_UNKNOWN", field="objective", text=text)


def _made(found: Objective) -> dict[str, object]:
    return {"contract": found.contract, "objective": found.objective}


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(SetObjective, _keys, set_objective),
    Rule(AssessObjective, _keys, assess),
    Rule(DropObjective, _keys, drop),
)
