"""Action periods between sessions: assignments, what participants report of them, who is excused."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.recruitment import action_period_commands
from shared.contracts.recruitment.action_period_commands import Assignment
from shared.contracts.recruitment.learning_terms import LearningId
from shared.contracts.topic import Confidentiality, Gaps, Topic


class When(StrEnum):
    """On which side of its due day an assignment is reminded of."""

    BEFORE = "BEFORE"
    AFTER = "AFTER"


class _OfPeriod(Event):
    period: LearningId
    actor: str


class ActionPeriodStarted(_OfPeriod):
    """A cohort has assignments."""

    TYPE: ClassVar[str] = "recruitment.ActionPeriodStarted"

    cohort: str
    name: str
    after_session: str | None
    before_session: str | None
    starts_on: dt.date
    ends_on: dt.date
    assignments: tuple[Assignment, ...]
    office: str
    phone: str


class AssignmentReported(_OfPeriod):
    """What a participant reports of an assignment is as this says; ``because`` is given with a correction."""

    TYPE: ClassVar[str] = "recruitment.AssignmentReported"

    assignment: int = Field(ge=1)
    participant: str
    on: dt.date
    summary: str
    value: float | None
    because: str | None


class AssignmentExcused(_OfPeriod):
    """A participant need not report."""

    TYPE: ClassVar[str] = "recruitment.AssignmentExcused"

    assignment: int = Field(ge=1)
    participant: str
    reason: str


class ActionPeriodExtended(_OfPeriod):
    """A period ends, and each of its assignments (in their order) is due, on these days."""

    TYPE: ClassVar[str] = "recruitment.ActionPeriodExtended"

    ends_on: dt.date
    due_on: tuple[dt.date, ...]
    reason: str


class ActionPeriodClosed(_OfPeriod):
    """A period is closed."""

    TYPE: ClassVar[str] = "recruitment.ActionPeriodClosed"


class ActionPeriodCancelled(_OfPeriod):
    """A period is cancelled."""

    TYPE: ClassVar[str] = "recruitment.ActionPeriodCancelled"

    reason: str


class AssignmentReminded(_OfPeriod):
    """Who had not reported was reminded, or it was too late to remind anybody.

    ``due_on`` is the due day it was about; ``recipients`` counts those for whom a notice was requested.
    """

    TYPE: ClassVar[str] = "recruitment.AssignmentReminded"

    assignment: int = Field(ge=1)
    due_on: dt.date
    when: When
    recipients: int = Field(ge=0)


ASKED = action_period_commands.ASKED

ACTION_PERIODS = Topic(
    name="qio.recruitment.action-periods.v1",
    owner="recruitment",
    summary="Action periods of cohorts: assignments, reports, who is excused, extensions, reminders.",
    messages=(
        ActionPeriodStarted,
        AssignmentReported,
        AssignmentExcused,
        ActionPeriodExtended,
        ActionPeriodClosed,
        ActionPeriodCancelled,
        AssignmentReminded,
    ),
    key="action period id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (ACTION_PERIODS,)
