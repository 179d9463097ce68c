"""The rules of deliverables: required, submitted, accepted or returned, waived."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from services.recruitment.domain.program import checks, contract_rules, machines
from services.recruitment.domain.program.kinds import DELIVERABLE, QIO_CONTRACT
from services.recruitment.domain.program.machines import ContractAction, DeliverableAction
from services.recruitment.domain.program.state import Deliverable, QioContract, part_id
from services.recruitment.domain.program.timeline import due_on, every_task
from shared.contracts.message import Event
from shared.contracts.recruitment.qio_deliverables import (
    AcceptDeliverable,
    DeliverableAccepted,
    DeliverableRequired,
    DeliverableReturned,
    DeliverableSubmitted,
    DeliverableWaived,
    RequireDeliverable,
    ReturnDeliverable,
    SubmitDeliverable,
    WaiveDeliverable,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

Step = SubmitDeliverable | AcceptDeliverable | ReturnDeliverable | WaiveDeliverable


def _keys(command: RequireDeliverable | Step, ids: Ids) -> Iterable[str]:
    del ids
    return QIO_CONTRACT.key(command.contract), DELIVERABLE.key(part_id(command.contract, command.deliverable))


def require(command: RequireDeliverable, held: Held, asked: Asked) -> Decided | Against:
    """Put a deliverable into a contract."""
    contract = held.get(QIO_CONTRACT, command.contract)
    if contract is None:
        return Against((contract_rules.unknown(),))
    before = held.get(DELIVERABLE, part_id(contract.id, command.deliverable))
    if found := refused(_about_requirement(command, contract, before)):
        return found
    event = DeliverableRequired(**command.model_dump(exclude={"actor"}), actor=asked.actor)
    made = {
        "contract": contract.id,
        "deliverable": command.deliverable,
        "due_on": command.due_on.isoformat(),
    }
    return Decided(made, (event,))


def _about_requirement(
    command: RequireDeliverable, contract: QioContract, before: Deliverable | None
) -> Iterator[Reason]:
    against = machines.CONTRACT.reason_against(contract.stage, ContractAction.EXTEND_ITS_LISTS, "contract")
    if against is not None:
        yield against
    if before is not None:
        text = "The contract has a deliverable of this name; a modification or amendment moves its due date."
        yield Reason(code="DELIVERABLE_EXISTS", field="deliverable", text=text)
    yield from not_in_contract(command.task, contract)
    yield from checks.before_day(command.due_on, contract.starts_on, "due_on", "the contract began")


def not_in_contract(task: str, contract: QioContract) -> Iterator[Reason]:
    """A task that the contract never had."""
    known = every_task(contract)
    if task not in known:
        text = f"The contract has no task {task}; it has {', '.join(sorted(known))}."
        yield Reason(code="TASK_NOT_HELD", field="task", text=text)


@dataclass(frozen=True, slots=True)
class _Act:
    """One step: what is done, in which field its day is, and what then happened."""

    action: DeliverableAction
    day: str
    event: type[Event]


def _take(command: Step, held: Held, asked: Asked, *, act: _Act) -> Decided | Against:
    """Take a step that is possible now, on a day that follows the one before and is not in the future."""
    contract = held.get(QIO_CONTRACT, command.contract)
    found = held.get(DELIVERABLE, part_id(command.contract, command.deliverable))
    if contract is None or found is None:
        return Against((contract_rules.unknown() if contract is None else _unknown(),))
    day: dt.date = getattr(command, act.day)
    if against := refused(_about_step(contract, found, act, day, asked.now)):
        return against
    happened = act.event.model_validate({**command.model_dump(), "actor": asked.actor})
    due = due_on(found, day)
    made = {
        "contract": contract.id,
        "deliverable": found.deliverable,
        "due_on": due.isoformat(),
        "late": act.action is DeliverableAction.SUBMIT and day > due,
    }
    return Decided(made, (happened,))


def _unknown() -> Reason:
    text = "The contract has no deliverable of this name. Require it first."
    return Reason(code="DELIVERABLE_UNKNOWN", field="deliverable", text=text)


def _about_step(
    contract: QioContract, found: Deliverable, act: _Act, day: dt.date, now: dt.datetime
) -> Iterator[Reason]:
    against = machines.DELIVERABLE.reason_against(found.stage, act.action, "deliverable")
    if against is not None:
        yield against
    yield from checks.in_the_future(day, act.day, now)
    last = found.submissions[-1] if found.submissions else None
    if last is None:
        yield from checks.before_day(day, contract.starts_on, act.day, "the contract began")
    elif last.returned_on is not None:
        yield from checks.before_day(day, last.returned_on, act.day, "it was returned")
    else:
        yield from checks.before_day(day, last.submitted_on, act.day, "it was submitted")


_SUBMIT: Final = _Act(DeliverableAction.SUBMIT, "submitted_on", DeliverableSubmitted)
_ACCEPT: Final = _Act(DeliverableAction.ACCEPT, "accepted_on", DeliverableAccepted)
_RETURN: Final = _Act(DeliverableAction.RETURN, "returned_on", DeliverableReturned)
_WAIVE: Final = _Act(DeliverableAction.WAIVE, "waived_on", DeliverableWaived)
RULES: Final[tuple[AnyRule, ...]] = (
    Rule(RequireDeliverable, _keys, require),
    Rule(SubmitDeliverable, _keys, partial(_take, act=_SUBMIT)),
    Rule(AcceptDeliverable, _keys, partial(_take, act=_ACCEPT)),
    Rule(ReturnDeliverable, _keys, partial(_take, act=_RETURN)),
    Rule(WaiveDeliverable, _keys, partial(_take, act=_WAIVE)),
)
