"""What can be asked about action periods between sessions."""

from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Contract
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import CohortId, LearningId
from shared.contracts.recruitment.session_terms import Day, OfficePhone
from shared.contracts.recruitment.terms import Line, Said

MeasureId = Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$", description="a measure of the catalog")]
Unit = Annotated[str, Field(min_length=1, max_length=60, description="what a reported value counts, in words")]
Value = Annotated[float, Field(ge=-1e12, le=1e12, description="in the assignment's unit")]
Number = Annotated[int, Field(ge=1, le=20, description="which assignment of the period, from 1")]


class Assignment(Contract):
    """What everybody in the cohort is to do and report; with a ``unit`` a value can be reported."""

    title: Line
    report: Said = Field(description="what to report")
    measure: MeasureId | None = None
    unit: Unit | None = None
    due_on: Day


class StartActionPeriod(Command):
    """Start an action period of a cohort, after or between sessions it is invited to; ``ends_on`` is the last day.

    One that lies ahead can be started as well. ``office`` and ``phone`` are whom participants ask.
    """

    TYPE: ClassVar[str] = "recruitment.StartActionPeriod"

    cohort: CohortId
    name: Line
    after_session: LearningId | None = None
    before_session: LearningId | None = None
    starts_on: Day
    ends_on: Day
    assignments: tuple[Assignment, ...] = Field(min_length=1, max_length=20)
    office: Line
    phone: OfficePhone


class ReportAssignment(Command):
    """Record what a participant reports; late reports count too.

    Known already: the same again changes nothing, anything else is a correction and needs ``because``. Whoever was
    excused and reports all the same is excused no more.
    """

    TYPE: ClassVar[str] = "recruitment.ReportAssignment"

    period: LearningId
    assignment: Number
    participant: ParticipantId
    on: Day
    summary: Said
    value: Value | None = None
    because: Said | None = None


class ExcuseFromAssignment(Command):
    """Excuse a participant that has not reported; excused already: no change."""

    TYPE: ClassVar[str] = "recruitment.ExcuseFromAssignment"

    period: LearningId
    assignment: Number
    participant: ParticipantId
    reason: Said


class ExtendActionPeriod(Command):
    """Extend a period by days, and with it the due days of these assignments; none named: of all.

    Sent again it is extended again.
    """

    TYPE: ClassVar[str] = "recruitment.ExtendActionPeriod"

    period: LearningId
    days: int = Field(ge=1, le=366)
    assignments: tuple[Number, ...] = Field(default=(), max_length=20)
    reason: Said


class CloseActionPeriod(Command):
    """Close a period whose last day has come: nothing more is reported, and nobody reminded."""

    TYPE: ClassVar[str] = "recruitment.CloseActionPeriod"

    period: LearningId


class CancelActionPeriod(Command):
    """Cancel a period: nothing more is reported, and nobody reminded."""

    TYPE: ClassVar[str] = "recruitment.CancelActionPeriod"

    period: LearningId
    reason: Said


ASKED: tuple[type[Command], ...] = (
    StartActionPeriod,
    ReportAssignment,
    ExcuseFromAssignment,
    ExtendActionPeriod,
    CloseActionPeriod,
    CancelActionPeriod,
)
