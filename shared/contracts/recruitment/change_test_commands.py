"""What can be asked about small tests of change: planned, carried out, studied, acted on, shared, corrected."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import CohortId, LearningId, Topic
from shared.contracts.recruitment.steps import Signatory
from shared.contracts.recruitment.terms import Said


class Decision(StrEnum):
    """What follows from a cycle: the change stays, is tried otherwise, or is given up."""

    ADOPT = "ADOPT"
    ADAPT = "ADAPT"
    ABANDON = "ABANDON"


class Measured(Contract):
    """A value that was seen: of a measure of the catalog, or in a unit of one's own; one of the two."""

    measure: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$", description="a measure of the catalog")] | None = None
    unit: Annotated[str, Field(min_length=1, max_length=60, description="what the value counts, in words")] | None = (
        None
    )
    value: Annotated[float, Field(ge=-1e12, le=1e12, description="in the unit of the measure, or in the given one")]


Values = Annotated[tuple[Measured, ...], Field(max_length=10)]
CycleNumber = Annotated[int, Field(ge=1, le=100, description="which cycle of the test, from 1")]


class PlanChangeTest(Command):
    """Plan a test of change of a participant in a cohort; its first cycle begins. Sent again it is a second test.

    ``version`` and ``change`` name a change of the network's change package, both or neither.
    """

    TYPE: ClassVar[str] = "recruitment.PlanChangeTest"

    cohort: CohortId
    participant: ParticipantId
    topic: Topic
    version: int | None = Field(default=None, ge=1, le=10_000)
    change: int | None = Field(default=None, ge=1, le=100)
    aim: Said
    prediction: Said
    planned_on: dt.date


class CarryOutChangeTest(Command):
    """Record what was done in the cycle that is planned."""

    TYPE: ClassVar[str] = "recruitment.CarryOutChangeTest"

    test: LearningId
    done_on: dt.date
    done: Said


class StudyChangeTest(Command):
    """Record what was learned from the cycle that was carried out, with the values that were seen."""

    TYPE: ClassVar[str] = "recruitment.StudyChangeTest"

    test: LearningId
    studied_on: dt.date
    learned: Said
    values: Values = ()


class ActOnChangeTest(Command):
    """Decide what follows: ADOPT and ABANDON end the test, ADAPT begins the next cycle with a ``prediction``.

    A test can be abandoned before it was studied too.
    """

    TYPE: ClassVar[str] = "recruitment.ActOnChangeTest"

    test: LearningId
    decision: Decision
    acted_on: dt.date
    reason: Said
    prediction: Said | None = None


class RecordSharingWish(Command):
    """Record whether the participant wants the test shared with the network; the latest wish holds.

    Until there is one the test is not shared. The same wish again changes nothing.
    """

    TYPE: ClassVar[str] = "recruitment.RecordSharingWish"

    test: LearningId
    shared: bool
    said_by: Signatory
    said_on: dt.date


class CorrectChangeTest(Command):
    """Correct what is recorded of a test or one of its cycles; what is left out stays, the same changes nothing.

    Only what was recorded can be corrected; the days of all cycles stay in order.
    """

    TYPE: ClassVar[str] = "recruitment.CorrectChangeTest"

    test: LearningId
    cycle: CycleNumber
    aim: Said | None = None
    prediction: Said | None = None
    planned_on: dt.date | None = None
    done: Said | None = None
    done_on: dt.date | None = None
    learned: Said | None = None
    values: Values | None = None
    studied_on: dt.date | None = None
    reason: Said | None = None
    acted_on: dt.date | None = None
    because: Said


ASKED: tuple[type[Command], ...] = (
    PlanChangeTest,
    CarryOutChangeTest,
    StudyChangeTest,
    ActOnChangeTest,
    RecordSharingWish,
    CorrectChangeTest,
)
