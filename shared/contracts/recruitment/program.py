"""The program's structure: which QIO answers for a state, its contact there, and the topics of all of it."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment import qio_contracts, qio_deliverables, qio_objectives
from shared.contracts.recruitment.qio_contracts import ChangeKind, Role
from shared.contracts.recruitment.qio_objectives import Result
from shared.contracts.recruitment.terms import Line, StateCode, Words
from shared.contracts.topic import Confidentiality, Gaps, Topic

__all__ = ["ASKED", "TOPICS", "ChangeKind", "Result", "Role"]

Document = Annotated[
    str, Field(min_length=3, max_length=300, description="the document or notice that says so; UNKNOWN is refused")
]


class ConfigureNetwork(Command):
    """Enter which QIO answers for states under a statement of work whose contractors our own sources do not name.

    Refused for states and days whose contractor a source names, between the contracts, and where another QIO is
    entered for any of the days. The same again changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.ConfigureNetwork"

    qio: Line
    role: Role
    statement: int = Field(ge=1, le=99, description="number of the statement of work")
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=56)
    starts_on: dt.date
    ends_on: dt.date | None = Field(default=None, description="the last day; left out: the end of the statement")
    source: Document


class EndNetwork(Command):
    """Enter the last day on which a configured QIO answered for states."""

    TYPE: ClassVar[str] = "recruitment.EndNetwork"

    qio: Line
    role: Role
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=56)
    ended_on: dt.date
    source: Document


class WithdrawNetwork(Command):
    """Take back what was entered by mistake: from then on it counts as never entered, its history stays."""

    TYPE: ClassVar[str] = "recruitment.WithdrawNetwork"

    role: Role
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=56)
    starts_on: dt.date = Field(description="the first day that was entered")
    reason: Words


class EnterContact(Command):
    """Enter how the QIO of a state is reached from a day on; it replaces the contact before.

    It is the contact of whoever answers for the state that day, by our sources or as configured; refused where that
    is not known. Once another QIO answers it is no longer given.
    """

    TYPE: ClassVar[str] = "recruitment.EnterContact"

    state: StateCode
    role: Role
    since: dt.date
    phone: str | None = Field(
        default=None, pattern=r"^\+?[0-9][0-9 ().-]{5,29}$", description="for example 617-555-0100"
    )
    website: str | None = Field(
        default=None,
        pattern=r"^https?://[A-Za-z0-9.-]+(/[^\s]*)?$",
        max_length=300,
        description="an address that begins with https://",
    )
    address: Words | None = None
    source: Document


class WithdrawContact(Command):
    """Enter that a state's QIO is no longer reached as entered, without a new contact."""

    TYPE: ClassVar[str] = "recruitment.WithdrawContact"

    state: StateCode
    role: Role
    since: dt.date = Field(description="the first day without it")
    reason: Words


class NetworkConfigured(Event):
    """A QIO answers for one state from a day on; ``ends_on`` is the last day, given or that of the statement."""

    TYPE: ClassVar[str] = "recruitment.NetworkConfigured"

    state: str
    role: Role
    qio: str
    statement: int
    starts_on: dt.date
    ends_on: dt.date
    source: str
    actor: str


class NetworkEnded(Event):
    """The QIO entered from ``starts_on`` answered for the state until ``ended_on``, the last day."""

    TYPE: ClassVar[str] = "recruitment.NetworkEnded"

    state: str
    role: Role
    starts_on: dt.date
    ended_on: dt.date
    source: str
    actor: str


class NetworkWithdrawn(Event):
    """What was entered from ``starts_on`` was a mistake."""

    TYPE: ClassVar[str] = "recruitment.NetworkWithdrawn"

    state: str
    role: Role
    starts_on: dt.date
    reason: str
    actor: str


class ContactEntered(Event):
    """How the QIO of a state is reached from a day on."""

    TYPE: ClassVar[str] = "recruitment.ContactEntered"

    state: str
    role: Role
    since: dt.date
    qio: str
    phone: str | None = None
    website: str | None = None
    address: str | None = None
    source: str
    actor: str


class ContactWithdrawn(Event):
    """From a day on no contact is known."""

    TYPE: ClassVar[str] = "recruitment.ContactWithdrawn"

    state: str
    role: Role
    since: dt.date
    reason: str
    actor: str


ASKED: tuple[type[Command], ...] = (
    *qio_contracts.ASKED,
    *qio_deliverables.ASKED,
    *qio_objectives.ASKED,
    ConfigureNetwork,
    EndNetwork,
    WithdrawNetwork,
    EnterContact,
    WithdrawContact,
)

PROGRAM = Topic(
    name="qio.recruitment.program.v1",
    owner="recruitment",
    summary="Contracts of the QIOs with objectives and deliverables; who answers for a state, and how to reach them.",
    messages=(
        *qio_contracts.SAID,
        *qio_deliverables.SAID,
        *qio_objectives.SAID,
        NetworkConfigured,
        NetworkEnded,
        NetworkWithdrawn,
        ContactEntered,
        ContactWithdrawn,
    ),
    key="contract number, or it with a bar and the deliverable or objective, or role, a bar, state",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("notifications", "cli"),
    history=True,
)
TOPICS: tuple[Topic, ...] = (PROGRAM,)
