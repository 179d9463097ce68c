"""Contracts, deliverables, objectives, networks and contacts as they stand, with all that led there."""

import datetime as dt
from enum import StrEnum

from shared.contracts.recruitment.qio_contracts import ChangeKind, ContractTask, DueDate, Role
from shared.contracts.recruitment.qio_objectives import Result
from shared.records.kinds import Record


class ContractStage(StrEnum):
    """Whether a contract goes on; whether it is in force on a day is told by its dates."""

    OPEN = "OPEN"
    REPLACED = "REPLACED"
    CLOSED = "CLOSED"


class DeliverableStage(StrEnum):
    """How far a deliverable has come."""

    EXPECTED = "EXPECTED"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"
    WAIVED = "WAIVED"


class ObjectiveStage(StrEnum):
    """Whether an objective was assessed."""

    SET = "SET"
    ASSESSED = "ASSESSED"
    DROPPED = "DROPPED"


class Change(Record):
    """A modification or amendment; ``effective_on`` is its first day."""

    kind: ChangeKind
    effective_on: dt.date
    reason: str
    source: str
    ends_on: dt.date | None
    add_states: tuple[str, ...]
    drop_states: tuple[str, ...]
    add_tasks: tuple[ContractTask, ...]
    drop_tasks: tuple[str, ...]
    due_dates: tuple[DueDate, ...]
    actor: str
    at: dt.datetime


class Ending(Record):
    """How a contract ended, ``ended_on`` being its last day; ``by`` is the contract in its place."""

    ended_on: dt.date
    reason: str
    by: str | None
    actor: str
    at: dt.datetime


class QioContract(Record):
    """A contract as it was awarded, and every change in the order it was recorded."""

    id: str
    qio: str
    role: Role
    statement: int
    states: tuple[str, ...]
    tasks: tuple[ContractTask, ...]
    starts_on: dt.date
    ends_on: dt.date
    source: str
    replaces: str | None
    actor: str
    at: dt.datetime
    stage: ContractStage = ContractStage.OPEN
    changes: tuple[Change, ...] = ()
    ending: Ending | None = None


class Due(Record):
    """A due date and the first day it holds; the first one holds from the beginning and has no ``kind``."""

    due_on: dt.date
    effective_on: dt.date | None
    kind: ChangeKind | None
    reason: str | None
    source: str
    actor: str
    at: dt.datetime


class Submission(Record):
    """A deliverable handed in, and what CMS said of it."""

    submitted_on: dt.date
    reference: str | None
    actor: str
    at: dt.datetime
    accepted_on: dt.date | None = None
    returned_on: dt.date | None = None
    reasons: tuple[str, ...] = ()
    answer_recorded_by: str | None = None


class Waiver(Record):
    """Why a deliverable is no longer asked for, and since when."""

    waived_on: dt.date
    reason: str
    source: str
    actor: str
    at: dt.datetime


class Deliverable(Record):
    """A deliverable of a contract with every due date and submission, in the order they were recorded."""

    id: str
    contract: str
    deliverable: str
    title: str
    task: str
    stage: DeliverableStage
    dues: tuple[Due, ...]
    submissions: tuple[Submission, ...] = ()
    waiver: Waiver | None = None


class Wording(Record):
    """What an objective said from when it was recorded."""

    text: str
    target: float | None
    task: str
    source: str
    actor: str
    at: dt.datetime


class Assessment(Record):
    """How an objective stood on a day."""

    assessed_on: dt.date
    result: Result
    value: float | None
    note: str | None
    actor: str
    at: dt.datetime


class Objective(Record):
    """An objective of one year of a contract; the last of ``wordings`` holds."""

    id: str
    contract: str
    objective: str
    year: int
    begins_on: dt.date
    stage: ObjectiveStage
    wordings: tuple[Wording, ...]
    assessments: tuple[Assessment, ...] = ()
    dropped_on: dt.date | None = None
    dropped_because: str | None = None


class Spell(Record):
    """A QIO that staff entered for a state, first and last day; ``withdrawn`` says why it counts as never entered."""

    qio: str
    statement: int
    starts_on: dt.date
    ends_on: dt.date
    source: str
    actor: str
    at: dt.datetime
    end_source: str | None = None
    withdrawn: str | None = None


class QioNetwork(Record):
    """Who answers for one state in one role, as far as staff entered it."""

    id: str
    role: Role
    state: str
    spells: tuple[Spell, ...] = ()


class Networks(Record):
    """Every network that staff entered, by its id: for those who learn only from a participant which state it is in."""

    by_place: dict[str, QioNetwork]


class Contact(Record):
    """How a state's QIO is reached from a day on; without ``qio`` no contact is known from then."""

    since: dt.date
    qio: str | None
    phone: str | None = None
    website: str | None = None
    address: str | None = None
    source: str | None = None
    reason: str | None = None
    actor: str
    at: dt.datetime


class QioContact(Record):
    """The contacts of a state's QIO of one role, in the order they were recorded."""

    id: str
    role: Role
    state: str
    contacts: tuple[Contact, ...] = ()


def part_id(contract: str, name: str) -> str:
    """The id of a deliverable or objective."""
    return f"{contract}|{name}"


def place_id(role: Role, state: str) -> str:
    """The id of a network or contact."""
    return f"{role.value}|{state}"
