"""What hospitals are to report to CMS by when, as entered with its source, and what each has sent."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.assistance_terms import DueId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.terms import Line, Said
from shared.contracts.topic import Confidentiality, Gaps, Topic


class ReportingProgram(StrEnum):
    """The program of CMS that data is reported for."""

    INPATIENT = "INPATIENT"
    OUTPATIENT = "OUTPATIENT"


class SubmissionStatus(StrEnum):
    """What a hospital has sent of what is due; NOT_REQUIRED: CMS asks it for nothing here."""

    NOTHING = "NOTHING"
    PARTLY = "PARTLY"
    SUBMITTED = "SUBMITTED"
    NOT_REQUIRED = "NOT_REQUIRED"


Period = Annotated[
    str, Field(pattern=r"^[0-9]{4}(-Q[1-4])?$", description="the calendar year or quarter that the data is of")
]
MeasureSet = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="our short name of a set of measures")
]


class SetReportingDue(Command):
    """Enter (or, with why, change) by which day data is due; nothing is due that nobody entered.

    The same day and source again change nothing.
    """

    TYPE: ClassVar[str] = "recruitment.SetReportingDue"

    program: ReportingProgram
    period: Period
    measure_set: MeasureSet
    due_on: dt.date = Field(description="the last day")
    source: Line = Field(description="where CMS says so")
    because: Said | None = Field(default=None, description="why, where it changes what was entered")


class RecordSubmission(Command):
    """Record what a hospital had sent as of a day; the latest day counts, and on one day the last said."""

    TYPE: ClassVar[str] = "recruitment.RecordSubmission"

    due: DueId
    hospital: ParticipantId
    status: SubmissionStatus
    as_of: dt.date
    source: Line = Field(description="who says so, such as a report of CMS's warehouse")


class ReportingDueSet(Event):
    """By which day data is due; ``revision`` counts from 1."""

    TYPE: ClassVar[str] = "recruitment.ReportingDueSet"

    due: DueId
    program: ReportingProgram
    period: Period
    measure_set: str
    due_on: dt.date
    source: str
    revision: int = Field(ge=1)
    because: str | None
    actor: str


class SubmissionRecorded(Event):
    """What a hospital had sent as of a day."""

    TYPE: ClassVar[str] = "recruitment.SubmissionRecorded"

    due: DueId
    hospital: str
    status: SubmissionStatus
    as_of: dt.date
    source: str
    actor: str


ASKED: tuple[type[Command], ...] = (SetReportingDue, RecordSubmission)

REPORTING_CALENDAR = Topic(
    name="qio.recruitment.reporting-calendar.v1",
    owner="recruitment",
    summary="By which day hospitals' quality data is due to CMS, with the source.",
    messages=(ReportingDueSet,),
    key="due id",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)
SUBMISSIONS = Topic(
    name="qio.recruitment.submissions.v1",
    owner="recruitment",
    summary="What each hospital has sent of its quality data due to CMS.",
    messages=(SubmissionRecorded,),
    key="due id, a bar, hospital id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (REPORTING_CALENDAR, SUBMISSIONS)
