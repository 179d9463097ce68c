"""The calendar of hospitals' quality reporting as entered, and what each has sent."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from services.recruitment.domain.assistance.reporting_kind import DUE, SUBMISSION, due_id, submission_id
from services.recruitment.domain.networks.standing import in_future, too_early
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.quality_reporting import (
    RecordSubmission,
    ReportingDueSet,
    SetReportingDue,
    SubmissionRecorded,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused


def _due_keys(command: SetReportingDue, ids: Ids) -> Iterable[str]:
    del ids
    return (DUE.key(due_id(command.program, command.period, command.measure_set)),)


def set_due(command: SetReportingDue, held: Held, asked: Asked) -> Decided | Against:
    """Enter or change by which day data is due."""
    del asked
    due = due_id(command.program, command.period, command.measure_set)
    before = held.get(DUE, due)
    same = before is not None and (before.due_on, before.source) == (command.due_on, command.source)
    # Data of a period is due after it began, whichever time of the year the period is.
    reasons = [*too_early(command.due_on, _begins(command.period), "due_on", "the period begins")]
    if before is not None and not same and command.because is None:
        text = f"It is entered as due on {before.due_on}; say why to change it."
        reasons.append(Reason(code="MISSING", field="because", text=text))
    if refusal := refused(reasons):
        return refusal
    revision = (before.revision if before else 0) + (not same)
    event = ReportingDueSet(**command.model_dump(), due=due, revision=revision)
    made = {"due": due, "due_on": command.due_on.isoformat(), "revision": revision, "changed": not same}
    return Decided(made, () if same else (event,))


def _begins(period: str) -> dt.date:
    """The first day of a calendar year or quarter, ``2014`` or ``2014-Q3``."""
    year, _, quarter = period.partition("-Q")
    return dt.date(max(int(year), 1), 3 * (int(quarter or 1) - 1) + 1, 1)


def _submission_keys(command: RecordSubmission, ids: Ids) -> Iterable[str]:
    del ids
    yield DUE.key(command.due)
    yield PARTICIPANT.key(command.hospital)
    yield SUBMISSION.key(submission_id(command.due, command.hospital))


def record(command: RecordSubmission, held: Held, asked: Asked) -> Decided | Against:
    """Record what a hospital had sent as of a day."""
    due = held.get(DUE, command.due)
    if due is None:
        text = "Nothing of that name is in the calendar. Enter by which day it is due first."
        return against("DUE_UNKNOWN", "due", text)
    hospital = held.get(PARTICIPANT, command.hospital)
    reasons = [
        *in_future(command.as_of, asked.now, "as_of"),
        *too_early(command.as_of, _begins(due.period), "as_of", "the period begins"),
    ]
    if reason := reason_against(hospital, command.as_of, "hospital"):
        reasons.append(reason)
    elif hospital is not None and hospital.setting is not Setting.HOSPITAL:
        reasons.append(Reason(code="NOT_A_HOSPITAL", field="hospital", text="This reporting is of hospitals alone."))
    if refusal := refused(reasons):
        return refusal
    event = SubmissionRecorded(**command.model_dump())
    before = held.get(SUBMISSION, submission_id(command.due, command.hospital))
    told = (command.as_of, command.status, command.source)
    known = before is not None and told in [(one.as_of, one.status, one.source) for one in before.accounts]
    made = {"due": due.id, "hospital": command.hospital, "status": command.status.value, "changed": not known}
    return Decided(made, () if known else (event,))


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(SetReportingDue, _due_keys, set_due),
    Rule(RecordSubmission, _submission_keys, record),
)
