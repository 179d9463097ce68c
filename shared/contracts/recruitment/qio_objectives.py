"""Yearly objectives of QIO contracts: set, assessed, dropped."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.qio_contracts import ContractNumber, Slug, Source
from shared.contracts.recruitment.terms import TaskKey, Words


class Result(StrEnum):
    """How an objective stood when it was assessed."""

    MET = "MET"
    PARTLY_MET = "PARTLY_MET"
    NOT_MET = "NOT_MET"


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


ASKED: tuple[type[Command], ...] = (SetObjective, AssessObjective, DropObjective)
SAID: tuple[type[Event], ...] = (ObjectiveSet, ObjectiveAssessed, ObjectiveDropped)
