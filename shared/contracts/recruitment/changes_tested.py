"""Small tests of change (plan, do, study, act): what a participant tries, what it sees, what it makes of it."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.recruitment import change_test_commands
from shared.contracts.recruitment.change_test_commands import Decision, Measured
from shared.contracts.recruitment.learning_terms import LearningId, Topic
from shared.contracts.recruitment.steps import Signatory
from shared.contracts.topic import Confidentiality, Gaps
from shared.contracts.topic import Topic as KafkaTopic


class _OfTest(Event):
    test: LearningId
    actor: str


class ChangeTestPlanned(_OfTest):
    """A test of change has begun with its first plan."""

    TYPE: ClassVar[str] = "recruitment.ChangeTestPlanned"

    network: str
    cohort: str
    participant: str
    topic: Topic
    version: int | None
    change: int | None
    aim: str
    prediction: str
    planned_on: dt.date


class ChangeTestPerformed(_OfTest):
    """What was planned was done."""

    TYPE: ClassVar[str] = "recruitment.ChangeTestPerformed"

    done_on: dt.date
    done: str


class ChangeTestStudied(_OfTest):
    """What was done was studied."""

    TYPE: ClassVar[str] = "recruitment.ChangeTestStudied"

    studied_on: dt.date
    learned: str
    values: tuple[Measured, ...]


class ChangeTestDecided(_OfTest):
    """It was decided what follows; with ADAPT the next cycle is planned with this prediction."""

    TYPE: ClassVar[str] = "recruitment.ChangeTestDecided"

    decision: Decision
    acted_on: dt.date
    reason: str
    prediction: str | None


class SharingWishRecorded(_OfTest):
    """The participant wants, or no longer wants, the test shared with the network."""

    TYPE: ClassVar[str] = "recruitment.SharingWishRecorded"

    shared: bool
    said_by: Signatory
    said_on: dt.date


class ChangeTestCorrected(_OfTest):
    """Of a test and one of its cycles what is given here is so instead; None: as before."""

    TYPE: ClassVar[str] = "recruitment.ChangeTestCorrected"

    cycle: int = Field(ge=1)
    aim: str | None
    prediction: str | None
    planned_on: dt.date | None
    done: str | None
    done_on: dt.date | None
    learned: str | None
    values: tuple[Measured, ...] | None
    studied_on: dt.date | None
    reason: str | None
    acted_on: dt.date | None
    because: str


ASKED = change_test_commands.ASKED

CHANGE_TESTS = KafkaTopic(
    name="qio.recruitment.change-tests.v1",
    owner="recruitment",
    summary="Tests of change: planned, carried out, studied, acted on, shared or not, corrected.",
    messages=(
        ChangeTestPlanned,
        ChangeTestPerformed,
        ChangeTestStudied,
        ChangeTestDecided,
        SharingWishRecorded,
        ChangeTestCorrected,
    ),
    key="change test id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (CHANGE_TESTS,)
