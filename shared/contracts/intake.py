"""What complaints is asked while somebody is on the telephone: an interview that can be left and taken up again."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Contract

Question = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Answer = Annotated[str, Field(max_length=4000)]
Language = Literal["en", "es"]


class ContactKind(StrEnum):
    """How somebody and the QIO met. The last two are ours: they follow a request and never are its receipt."""

    VOICEMAIL_LEFT = "VOICEMAIL_LEFT"
    CALL_ANSWERED = "CALL_ANSWERED"
    TTY_ANSWERED = "TTY_ANSWERED"
    FAX_ARRIVED = "FAX_ARRIVED"
    MAIL_ARRIVED = "MAIL_ARRIVED"
    PORTAL_SUBMITTED = "PORTAL_SUBMITTED"
    CALLED_BACK = "CALLED_BACK"
    NOT_REACHED = "NOT_REACHED"


class WhyAbandoned(StrEnum):
    """Why an interview leads to no case."""

    OTHER_QIO = "OTHER_QIO"
    NOT_A_QIO_MATTER = "NOT_A_QIO_MATTER"
    CALLER_WITHDREW = "CALLER_WITHDREW"
    NOT_REACHED = "NOT_REACHED"
    DUPLICATE = "DUPLICATE"


class IntakeContact(Contract):
    """One contact; ``at`` has a zone."""

    kind: ContactKind
    at: dt.datetime


class IntakeCommand(Command):
    """A step of one interview."""

    intake_id: UUID


class StartIntake(IntakeCommand):
    """Begin an interview; ``contacts`` has the first contact, which is when the request was received.

    ``answers`` by question (``qio case intake questions``); an empty answer: asked and not known.
    """

    TYPE: ClassVar[str] = "complaints.StartIntake"

    language: Language = "en"
    contacts: tuple[IntakeContact, ...] = Field(min_length=1, max_length=50)
    answers: dict[Question, Answer] = Field(default_factory=dict, max_length=60)


class AnswerIntake(IntakeCommand):
    """Further answers, a changed one among them, and contacts; an earlier contact that turns up moves the receipt."""

    TYPE: ClassVar[str] = "complaints.AnswerIntake"

    contacts: tuple[IntakeContact, ...] = Field(default=(), max_length=50)
    answers: dict[Question, Answer] = Field(default_factory=dict, max_length=60)


class CompleteIntake(IntakeCommand):
    """Open (or join) the case; ``case_id`` is the one the answers lead to, as the last reply said.

    Refused when answers have changed since: what is filed is what was read back to the caller.
    """

    TYPE: ClassVar[str] = "complaints.CompleteIntake"

    case_id: UUID


class AbandonIntake(IntakeCommand):
    """The interview leads to no case."""

    TYPE: ClassVar[str] = "complaints.AbandonIntake"

    reason: WhyAbandoned


class DeclareOutage(Command):
    """Nobody could ask the QIO from ``since`` until ``until``, both with a zone (42 CFR 405.1202(b)(1) and others).

    The same ``since`` again corrects the end.
    """

    TYPE: ClassVar[str] = "complaints.DeclareOutage"

    since: dt.datetime
    until: dt.datetime


COMMANDS: tuple[type[Command], ...] = (StartIntake, AnswerIntake, CompleteIntake, AbandonIntake, DeclareOutage)
