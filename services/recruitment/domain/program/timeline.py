"""A contract as it was on any day, and how each deliverable stood then."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from services.recruitment.domain.program.state import Deliverable, Due, QioContract
from shared.contracts.recruitment.qio_contracts import ContractTask


@dataclass(frozen=True, slots=True)
class Terms:
    """A contract on a day: its states, tasks and last day as the changes in effect by then left them."""

    states: tuple[str, ...]
    tasks: tuple[ContractTask, ...]
    ends_on: dt.date
    in_force: bool
    changes: int


class Status(StrEnum):
    """How a deliverable stood on a day."""

    MET = "MET"
    MET_LATE = "MET_LATE"
    DUE = "DUE"
    OVERDUE = "OVERDUE"
    WAIVED = "WAIVED"


def as_of(contract: QioContract, day: dt.date) -> Terms | None:
    """The contract on a day, whenever its changes were recorded; None before it began.

    Changes count from their effective day, two of one day in the order they were recorded. After its last day the
    contract is given as it ended, not in force.
    """
    if day < contract.starts_on:
        return None
    states = dict.fromkeys(contract.states)
    tasks = {task.key: task for task in contract.tasks}
    ends_on = contract.ends_on
    held = [one for one in sorted(contract.changes, key=lambda one: one.effective_on) if one.effective_on <= day]
    for change in held:
        states = {one: None for one in (*states, *change.add_states) if one not in change.drop_states}
        tasks = {**tasks, **{one.key: one for one in change.add_tasks}}
        tasks = {key: one for key, one in tasks.items() if key not in change.drop_tasks}
        ends_on = change.ends_on or ends_on
    if contract.ending is not None:
        ends_on = min(ends_on, contract.ending.ended_on)
    return Terms(tuple(states), tuple(tasks.values()), ends_on, day <= ends_on, len(held))


def last_terms(contract: QioContract) -> Terms:
    """The contract with all its changes, those of later days too."""
    found = as_of(contract, dt.date.max)
    assert found is not None
    return found


def every_task(contract: QioContract) -> set[str]:
    """The tasks the contract ever had."""
    return {one.key for one in (*contract.tasks, *(task for change in contract.changes for task in change.add_tasks))}


def due_as_of(deliverable: Deliverable, day: dt.date) -> Due:
    """Its due date with the source of it, as the contract stood on a day; of two of one day the later recorded."""
    first, *moved = deliverable.dues
    held = [(one.effective_on, one) for one in moved if one.effective_on and one.effective_on <= day]
    return max(reversed(held), key=lambda one: one[0])[1] if held else first


def due_on(deliverable: Deliverable, day: dt.date) -> dt.date:
    """When it was due, as the contract stood on a day."""
    return due_as_of(deliverable, day).due_on


def status(deliverable: Deliverable, day: dt.date) -> Status:
    """How the deliverable stood at the end of a day.

    What was submitted and not returned by then counts, whether or not CMS has answered; it is in time when it came by
    the due date that held on the day of its submission: a later change makes nothing late or in time afterwards.
    """
    if deliverable.waiver is not None and deliverable.waiver.waived_on <= day:
        return Status.WAIVED
    standing = [
        one
        for one in deliverable.submissions
        if one.submitted_on <= day and (one.returned_on is None or one.returned_on > day)
    ]
    if standing:
        submitted_on = standing[-1].submitted_on
        return Status.MET if submitted_on <= due_on(deliverable, submitted_on) else Status.MET_LATE
    return Status.DUE if day <= due_on(deliverable, day) else Status.OVERDUE
