"""QIO contracts: their changes, yearly objectives and deliverables; what is asked about them and what happened."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract, Event

StateCode = Annotated[str, Field(pattern="^[A-Z]{2}$", description="postal code of a state or territory")]
ContractNumber = Annotated[
    str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{2,39}$", description="as CMS numbers the contract or task order")
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="a short name, unique in the contract")]
TaskKey = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$", description="code of a task, or our word where it has none")
]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
Source = Annotated[
    str,
    Field(min_length=3, max_length=300, description="the document that says so, or UNKNOWN where it is not at hand"),
]


class Role(StrEnum):
    """What a QIO does under its contract: both halves for one state (before August 2014), or one of them."""

    STATE_QIO = "STATE-QIO"
    QIN_QIO = "QIN-QIO"
    BFCC_QIO = "BFCC-QIO"


class ChangeKind(StrEnum):
    """How a contract is changed while it goes on; the third way is a new contract in its place."""

    MODIFICATION = "MODIFICATION"
    AMENDMENT = "AMENDMENT"


class Result(StrEnum):
    """How an objective stood when it was assessed."""

    MET = "MET"
    PARTLY_MET = "PARTLY_MET"
    NOT_MET = "NOT_MET"


class ContractTask(Contract):
    """A task of a contract; ``title`` is for tasks that our sources of the statement of work do not name."""

    key: TaskKey
    title: Line | None = None


class DueDate(Contract):
    """A deliverable and the day it becomes due."""

    deliverable: Slug
    due_on: dt.date


class AwardContract(Command):
    """Take up a contract between CMS and a QIO; with ``replaces`` it is a new contract that ends the one before.

    Refused when the number is taken, for days outside the statement of work, and for states that the role does not
    serve. The contract it replaces ends the day before ``starts_on`` (or has ended already), for ``reason``.
    """

    TYPE: ClassVar[str] = "recruitment.AwardContract"

    contract: ContractNumber
    qio: Line
    role: Role
    statement: int = Field(ge=1, le=99, description="number of the statement of work")
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=56)
    tasks: tuple[ContractTask, ...] = Field(min_length=1, max_length=40)
    starts_on: dt.date
    ends_on: dt.date = Field(description="the last day")
    source: Source
    replaces: ContractNumber | None = None
    reason: Words | None = Field(default=None, description="why there is a new contract, with replaces")


class ChangeContract(Command):
    """Modify or amend a contract from a day on; whatever is left out stays as it is."""

    TYPE: ClassVar[str] = "recruitment.ChangeContract"

    contract: ContractNumber
    kind: ChangeKind
    effective_on: dt.date
    reason: Words
    source: Source
    ends_on: dt.date | None = Field(default=None, description="the last day from now on")
    add_states: tuple[StateCode, ...] = Field(default=(), max_length=56)
    drop_states: tuple[StateCode, ...] = Field(default=(), max_length=56)
    add_tasks: tuple[ContractTask, ...] = Field(default=(), max_length=40)
    drop_tasks: tuple[TaskKey, ...] = Field(default=(), max_length=40)
    due_dates: tuple[DueDate, ...] = Field(default=(), max_length=100)


class CloseContract(Command):
    """End a contract, early or on its last day; deliverables that are open stay so until submitted or waived."""

    TYPE: ClassVar[str] = "recruitment.CloseContract"

    contract: ContractNumber
    ended_on: dt.date = Field(description="the last day")
    reason: Words


class RequireDeliverable(Command):
    """Put a deliverable into an open contract. Refused when its name is taken there."""

    TYPE: ClassVar[str] = "recruitment.RequireDeliverable"

    contract: ContractNumber
    deliverable: Slug
    title: Line
    task: TaskKey
    due_on: dt.date
    source: Source


class SubmitDeliverable(Command):
    """Hand a deliverable in, for the first time or after it was returned."""

    TYPE: ClassVar[str] = "recruitment.SubmitDeliverable"

    contract: ContractNumber
    deliverable: Slug
    submitted_on: dt.date
    reference: Line | None = Field(default=None, description="where the document is")


class AcceptDeliverable(Command):
    """Record that CMS accepted what was submitted."""

    TYPE: ClassVar[str] = "recruitment.AcceptDeliverable"

    contract: ContractNumber
    deliverable: Slug
    accepted_on: dt.date


class ReturnDeliverable(Command):
    """Record that CMS returned what was submitted, with its reasons."""

    TYPE: ClassVar[str] = "recruitment.ReturnDeliverable"

    contract: ContractNumber
    deliverable: Slug
    returned_on: dt.date
    reasons: tuple[Words, ...] = Field(min_length=1, max_length=20)


class WaiveDeliverable(Command):
    """Record that CMS no longer asks for a deliverable that is not submitted."""

    TYPE: ClassVar[str] = "recruitment.WaiveDeliverable"

    contract: ContractNumber
    deliverable: Slug
    waived_on: dt.date
    reason: Words
    source: Source


class SetObjective(Command):
    """Set what a contract is to reach in one of its years; set again before it is assessed, it replaces the text."""

    TYPE: ClassVar[str] = "recruitment.SetObjective"

    contract: ContractNumber
    objective: Slug
    year: int = Field(ge=1, le=20, description="year of the contract: the first begins on its first day")
    task: TaskKey
    text: Words
    target: float | None = Field(default=None, description="the number to reach, in the unit of the text")
    source: Source


class AssessObjective(Command):
    """Say how an objective stood on a day, as often as it is assessed."""

    TYPE: ClassVar[str] = "recruitment.AssessObjective"

    contract: ContractNumber
    objective: Slug
    assessed_on: dt.date
    result: Result
    value: float | None = None
    note: Words | None = None


class DropObjective(Command):
    """Give up an objective that was never assessed."""

    TYPE: ClassVar[str] = "recruitment.DropObjective"

    contract: ContractNumber
    objective: Slug
    dropped_on: dt.date
    reason: Words


class ContractAwarded(Event):
    """A contract runs from ``starts_on`` to ``ends_on`` (its last day)."""

    TYPE: ClassVar[str] = "recruitment.ContractAwarded"

    contract: str
    qio: str
    role: Role
    statement: int
    states: tuple[str, ...]
    tasks: tuple[ContractTask, ...]
    starts_on: dt.date
    ends_on: dt.date
    source: str
    replaces: str | None = None
    actor: str


class ContractChanged(Event):
    """A contract was modified or amended; ``effective_on`` is the first day of the change."""

    TYPE: ClassVar[str] = "recruitment.ContractChanged"

    contract: str
    kind: ChangeKind
    effective_on: dt.date
    reason: str
    source: str
    ends_on: dt.date | None = None
    add_states: tuple[str, ...] = ()
    drop_states: tuple[str, ...] = ()
    add_tasks: tuple[ContractTask, ...] = ()
    drop_tasks: tuple[str, ...] = ()
    due_dates: tuple[DueDate, ...] = ()
    actor: str


class ContractReplaced(Event):
    """A new contract came in the place of this one, which ended on ``ended_on``."""

    TYPE: ClassVar[str] = "recruitment.ContractReplaced"

    contract: str
    by: str
    ended_on: dt.date
    reason: str
    actor: str


class ContractClosed(Event):
    """A contract ended on ``ended_on``, its last day."""

    TYPE: ClassVar[str] = "recruitment.ContractClosed"

    contract: str
    ended_on: dt.date
    reason: str
    actor: str


class DeliverableRequired(Event):
    """A contract asks for a deliverable by a day."""

    TYPE: ClassVar[str] = "recruitment.DeliverableRequired"

    contract: str
    deliverable: str
    title: str
    task: str
    due_on: dt.date
    source: str
    actor: str


class DeliverableMoved(Event):
    """A change of the contract moved the day a deliverable is due, for ``reason`` and from ``effective_on`` on."""

    TYPE: ClassVar[str] = "recruitment.DeliverableMoved"

    contract: str
    deliverable: str
    due_on: dt.date
    effective_on: dt.date
    kind: ChangeKind
    reason: str
    source: str
    actor: str


class DeliverableSubmitted(Event):
    """A deliverable was handed in."""

    TYPE: ClassVar[str] = "recruitment.DeliverableSubmitted"

    contract: str
    deliverable: str
    submitted_on: dt.date
    reference: str | None = None
    actor: str


class DeliverableAccepted(Event):
    """What was handed in was accepted."""

    TYPE: ClassVar[str] = "recruitment.DeliverableAccepted"

    contract: str
    deliverable: str
    accepted_on: dt.date
    actor: str


class DeliverableReturned(Event):
    """What was handed in was returned, to be handed in again."""

    TYPE: ClassVar[str] = "recruitment.DeliverableReturned"

    contract: str
    deliverable: str
    returned_on: dt.date
    reasons: tuple[str, ...]
    actor: str


class DeliverableWaived(Event):
    """A deliverable is no longer asked for."""

    TYPE: ClassVar[str] = "recruitment.DeliverableWaived"

    contract: str
    deliverable: str
    waived_on: dt.date
    reason: str
    source: str
    actor: str


class ObjectiveSet(Event):
    """A contract is to reach this in one of its years; a later one replaces it."""

    TYPE: ClassVar[str] = "recruitment.ObjectiveSet"

    contract: str
    objective: str
    year: int
    begins_on: dt.date = Field(description="first day of that year of the contract")
    task: str
    text: str
    target: float | None = None
    source: str
    actor: str


class ObjectiveAssessed(Event):
    """How an objective stood on a day."""

    TYPE: ClassVar[str] = "recruitment.ObjectiveAssessed"

    contract: str
    objective: str
    assessed_on: dt.date
    result: Result
    value: float | None = None
    note: str | None = None
    actor: str


class ObjectiveDropped(Event):
    """An objective was given up."""

    TYPE: ClassVar[str] = "recruitment.ObjectiveDropped"

    contract: str
    objective: str
    dropped_on: dt.date
    reason: str
    actor: str


ASKED: tuple[type[Command], ...] = (
    AwardContract,
    ChangeContract,
    CloseContract,
    RequireDeliverable,
    SubmitDeliverable,
    AcceptDeliverable,
    ReturnDeliverable,
    WaiveDeliverable,
    SetObjective,
    AssessObjective,
    DropObjective,
)
SAID: tuple[type[Event], ...] = (
    ContractAwarded,
    ContractChanged,
    ContractReplaced,
    ContractClosed,
    DeliverableRequired,
    DeliverableMoved,
    DeliverableSubmitted,
    DeliverableAccepted,
    DeliverableReturned,
    DeliverableWaived,
    ObjectiveSet,
    ObjectiveAssessed,
    ObjectiveDropped,
)
