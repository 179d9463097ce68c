"""Interest in the program: what anyone asks for or offers, who answers it until when, and what came of it."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment import enquirers
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.participant_terms import ZipCode
from shared.contracts.recruitment.steps import CollaborativeCode
from shared.contracts.recruitment.terms import Why
from shared.contracts.topic import Confidentiality, Gaps, Topic

Network = Annotated[str, Field(min_length=3, max_length=120, description="name of the QIN-QIO")]
Told = Annotated[str, Field(min_length=3, max_length=4_000)]


class Direction(StrEnum):
    """Whether somebody wants something or has something to give."""

    ASK = "ASK"
    OFFER = "OFFER"


class Enquirer(StrEnum):
    """As what somebody writes."""

    PERSON = "PERSON"
    BENEFICIARY_OR_FAMILY = "BENEFICIARY_OR_FAMILY"
    PRACTICE = "PRACTICE"
    NURSING_HOME = "NURSING_HOME"
    ORGANISATION = "ORGANISATION"


class InterestState(StrEnum):
    """How far an interest has come. RECEIVED lies with the program's staff, because no local network is known."""

    RECEIVED = "RECEIVED"
    ROUTED = "ROUTED"
    ANSWERED = "ANSWERED"
    CLOSED = "CLOSED"


class RegisterInterest(Command):
    """Take in what somebody asks for or offers, acknowledge it, and route it by ZIP to the local network.

    Where no source names the network of that day the interest stays with staff, and the answer says so. Refused for
    a ZIP code there is not, a day to come, an address that is none, and a participant that is not known.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterInterest"

    direction: Direction
    enquirer: Enquirer
    subject: Told
    zip_code: ZipCode
    received_on: dt.date
    name: str = Field(min_length=1, max_length=200)
    email: str | None = Field(default=None, max_length=254)
    phone: str | None = Field(default=None, max_length=40)
    language: str = Field(default="en", pattern=r"^[a-z]{2}$", description="two small letters (ISO 639-1)")
    participant: ParticipantId | None = Field(default=None, description="where they are one already")


class RouteInterest(Command):
    """Give an interest that is not answered yet to a network, by hand."""

    TYPE: ClassVar[str] = "recruitment.RouteInterest"

    interest: UUID
    qin_qio: Network
    routed_on: dt.date
    reason: Why


class AnswerInterest(Command):
    """Answer an interest; the answer is sent, and may be followed by another."""

    TYPE: ClassVar[str] = "recruitment.AnswerInterest"

    interest: UUID
    answer: Told
    answered_on: dt.date
    participant: ParticipantId | None = Field(default=None, description="the participant it led to")
    collaborative: CollaborativeCode | None = Field(default=None, description="the engagement it led to")


class CloseInterest(Command):
    """Close an interest and say what came of it; who asked is forgotten."""

    TYPE: ClassVar[str] = "recruitment.CloseInterest"

    interest: UUID
    closed_on: dt.date
    reason: Why
    participant: ParticipantId | None = Field(default=None, description="the participant it led to")
    collaborative: CollaborativeCode | None = Field(default=None, description="the engagement it led to")


class InterestReceived(Event):
    """Somebody asks for or offers something; who is told apart. ``answer_due_on`` is our promise, not a rule's."""

    TYPE: ClassVar[str] = "recruitment.InterestReceived"

    interest: UUID
    direction: Direction
    enquirer: Enquirer
    subject: str
    zip_code: str
    state: str = Field(description="where the ZIP code lies; UNKNOWN outside the program's states and territories")
    received_on: dt.date
    answer_due_on: dt.date
    why_with_staff: str | None = Field(description="why no network is known; None when it is routed at once")
    language: str
    participant: str | None = None
    actor: str


class InterestRouted(Event):
    """A network is to answer an interest."""

    TYPE: ClassVar[str] = "recruitment.InterestRouted"

    interest: UUID
    qin_qio: str
    routed_on: dt.date
    reason: str = Field(description="the source that names the network, or why staff chose it")
    actor: str


class InterestAnswered(Event):
    """An interest was answered; the letter is asked for besides."""

    TYPE: ClassVar[str] = "recruitment.InterestAnswered"

    interest: UUID
    answer: str
    answered_on: dt.date
    actor: str


class InterestLinked(Event):
    """An interest led to a participant, or to its engagement with a collaborative."""

    TYPE: ClassVar[str] = "recruitment.InterestLinked"

    interest: UUID
    participant: str
    collaborative: str | None = None
    actor: str


class InterestClosed(Event):
    """Nothing more is to be done about an interest."""

    TYPE: ClassVar[str] = "recruitment.InterestClosed"

    interest: UUID
    closed_on: dt.date
    reason: str
    actor: str


ASKED: tuple[type[Command], ...] = (RegisterInterest, RouteInterest, AnswerInterest, CloseInterest)

INTEREST = Topic(
    name="qio.recruitment.interest.v1",
    owner="recruitment",
    summary="What is asked for or offered, by what kind of people; not by whom. Restricted to the service itself.",
    messages=(InterestReceived, InterestRouted, InterestAnswered, InterestLinked, InterestClosed),
    key="interest id",
    partitions=4,
    retention_days=30,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (INTEREST, *enquirers.TOPICS)
