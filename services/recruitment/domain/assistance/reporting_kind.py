"""What is due to CMS by when, and what a hospital has sent of it; how they change by their events."""

import datetime as dt
from typing import Final

from shared.contracts.recruitment.quality_reporting import (
    REPORTING_CALENDAR,
    SUBMISSIONS,
    ReportingDueSet,
    ReportingProgram,
    SubmissionRecorded,
    SubmissionStatus,
)
from shared.records.kinds import Kind, Record


class Due(Record):
    """Data that is due, with the last day and who says so."""

    id: str
    program: ReportingProgram
    period: str
    measure_set: str
    due_on: dt.date
    source: str
    revision: int


class Account(Record):
    """What was known of a submission as of a day."""

    as_of: dt.date
    status: SubmissionStatus
    source: str


class Submission(Record):
    """What a hospital has sent of one thing due; ``accounts`` by day, one for each."""

    due: str
    hospital: str
    accounts: tuple[Account, ...]


def due_id(program: ReportingProgram, period: str, measure_set: str) -> str:
    """The id of a set of measures of a period."""
    return f"{program.lower()}.{period.lower()}.{measure_set}"


def submission_id(due: str, hospital: str) -> str:
    """The id of what a hospital has sent of something due."""
    return f"{due}|{hospital}"


def _due(before: Due | None, event: ReportingDueSet, at: dt.datetime) -> Due:
    del before, at
    return Due(id=event.due, **event.model_dump(exclude={"due", "because", "actor"}))


def _submission(before: Submission | None, event: SubmissionRecorded, at: dt.datetime) -> Submission:
    del at
    others = [one for one in before.accounts if one.as_of != event.as_of] if before else []
    told = Account(as_of=event.as_of, status=event.status, source=event.source)
    accounts = tuple(sorted((*others, told), key=lambda one: one.as_of))
    return Submission(due=event.due, hospital=event.hospital, accounts=accounts)


DUE: Final = Kind(
    name="reporting-due",
    state=Due,
    events=(ReportingDueSet,),
    id_of=lambda event: event.due,
    evolve=_due,
    topic=REPORTING_CALENDAR.name,
)
SUBMISSION: Final = Kind(
    name="submission",
    state=Submission,
    events=(SubmissionRecorded,),
    id_of=lambda event: submission_id(event.due, event.hospital),
    evolve=_submission,
    topic=SUBMISSIONS.name,
)
