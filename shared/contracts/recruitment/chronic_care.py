"""Voluntary chronic care improvement programs: who sponsors them, for which conditions, how many take part."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import LearningId, NetworkId
from shared.contracts.recruitment.terms import Said, Why
from shared.contracts.recruitment.work import Month
from shared.contracts.topic import Confidentiality, Gaps, Topic

Count = Annotated[int, Field(ge=0, le=10_000_000, description="beneficiaries; of 1 to 10 no number is kept")]
Kept = Annotated[int | None, Field(ge=0, description="beneficiaries; left out: from 1 to 10")]


class Condition(StrEnum):
    """A chronic condition that a program is for."""

    HEART_FAILURE = "HEART_FAILURE"
    DIABETES = "DIABETES"
    COPD = "COPD"
    CORONARY_ARTERY_DISEASE = "CORONARY_ARTERY_DISEASE"
    CHRONIC_KIDNEY_DISEASE = "CHRONIC_KIDNEY_DISEASE"
    HYPERTENSION = "HYPERTENSION"
    DEPRESSION = "DEPRESSION"


class StartChronicCareProgram(Command):
    """Start the program of a sponsoring organisation; ``conditions`` stand with the first one first."""

    TYPE: ClassVar[str] = "recruitment.StartChronicCareProgram"

    network: NetworkId
    sponsor: ParticipantId
    conditions: tuple[Condition, ...] = Field(
        default=(Condition.HEART_FAILURE,), min_length=1, max_length=len(Condition)
    )
    started_on: dt.date


class RecordChronicCare(Command):
    """Record or correct, with ``because``, the figures of a month; the same again: no change.

    ``invited`` and ``ended`` are beneficiaries invited, and that ended their part, within the month; ``taking_part``
    are those who took part on its last day.
    """

    TYPE: ClassVar[str] = "recruitment.RecordChronicCare"

    program: LearningId
    month: Month
    invited: Count
    taking_part: Count
    ended: Count
    because: Why | None = None


class EndChronicCareProgram(Command):
    """End a program; ``ended_on`` is its last day."""

    TYPE: ClassVar[str] = "recruitment.EndChronicCareProgram"

    program: LearningId
    ended_on: dt.date
    reason: Said


class _OfProgram(Event):
    program: LearningId
    network: NetworkId
    actor: str


class ChronicCareProgramStarted(_OfProgram):
    """An organisation began a program for people with chronic conditions."""

    TYPE: ClassVar[str] = "recruitment.ChronicCareProgramStarted"

    sponsor: str
    conditions: tuple[Condition, ...]
    started_on: dt.date


class ChronicCareRecorded(_OfProgram):
    """The figures of a month, in their ``revision`` counted from 1."""

    TYPE: ClassVar[str] = "recruitment.ChronicCareRecorded"

    month: Month
    invited: Kept
    taking_part: Kept
    ended: Kept
    because: str | None
    revision: int = Field(ge=1)


class ChronicCareProgramEnded(_OfProgram):
    """A program ended."""

    TYPE: ClassVar[str] = "recruitment.ChronicCareProgramEnded"

    ended_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (StartChronicCareProgram, RecordChronicCare, EndChronicCareProgram)

CHRONIC_CARE = Topic(
    name="qio.recruitment.chronic-care.v1",
    owner="recruitment",
    summary="Voluntary chronic care improvement programs: started, figures by month, ended.",
    messages=(ChronicCareProgramStarted, ChronicCareRecorded, ChronicCareProgramEnded),
    key="program id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (CHRONIC_CARE,)
