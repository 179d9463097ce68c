"""QIO contracts and the three ways they change: what is asked about them and what happened."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.recruitment.terms import Line, StateCode, TaskKey, Words

ContractNumber = Annotated[
    str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{2,39}$", description="as CMS numbers the contract or task order")
]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="a short name, unique in the contract")]
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


ASKED: tuple[type[Command], ...] = (AwardContract, ChangeContract, CloseContract)
SAID: tuple[type[Event], ...] = (ContractAwarded, ContractChanged, ContractReplaced, ContractClosed)
