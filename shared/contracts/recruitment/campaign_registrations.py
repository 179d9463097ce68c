"""Who takes part in the Advancing Excellence campaign, on which goals, and how far they have come."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.campaign_terms import CampaignGoal, Registrant, RegistrationId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.terms import Line, Said, StateCode
from shared.contracts.recruitment.work import Month
from shared.contracts.topic import Confidentiality, Gaps, Topic

Value = Annotated[float, Field(ge=0, le=1_000_000, description="in the unit that the goal is measured in")]


class Better(StrEnum):
    """Which way a figure is to go."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"


class GoalReporter(StrEnum):
    """Whose figure it is."""

    HOME = "HOME"
    CAMPAIGN_SITE = "CAMPAIGN_SITE"
    LANE = "LANE"
    QIO = "QIO"


class GoalEnd(StrEnum):
    """How a goal ended."""

    REACHED = "REACHED"
    DROPPED = "DROPPED"


class RegisterForCampaign(Command):
    """Register a home, or a staff member or consumer of whom neither name nor address is taken.

    How to reach people is with the mailing lists, by their consent. A home is told by ``home`` alone; of others
    ``home`` is the one they work or live in, where they say so. A home registered since the same day: no change; one
    that withdrew is registered again. Anybody else is a new registration each time.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterForCampaign"

    registrant: Registrant
    home: ParticipantId | None = None
    state: StateCode | None = Field(default=None, description="of a staff member or consumer; of a home its own")
    registered_on: dt.date


class WithdrawFromCampaign(Command):
    """Let somebody go; goals still open are dropped on that day, the first on which it takes part no more."""

    TYPE: ClassVar[str] = "recruitment.WithdrawFromCampaign"

    registration: RegistrationId
    withdrawn_on: dt.date
    reason: Said


class ChooseCampaignGoal(Command):
    """Choose a goal for a home; one that was dropped or reached can be chosen again, its figures stay.

    Chosen since the same day in the same way: no change.
    """

    TYPE: ClassVar[str] = "recruitment.ChooseCampaignGoal"

    registration: ParticipantId
    goal: CampaignGoal
    measured_as: Line = Field(description="what is counted and in which unit")
    better: Better
    target: Value | None = None
    chosen_on: dt.date


class ReportCampaignGoal(Command):
    """Report the figure of a month for an open goal; the same again changes nothing, another says why."""

    TYPE: ClassVar[str] = "recruitment.ReportCampaignGoal"

    registration: ParticipantId
    goal: CampaignGoal
    month: Month
    value: Value
    reported_by: GoalReporter
    because: Said | None = Field(default=None, description="why, where it corrects what is recorded")


class CloseCampaignGoal(Command):
    """End a goal as reached or dropped; a dropped one says why."""

    TYPE: ClassVar[str] = "recruitment.CloseCampaignGoal"

    registration: ParticipantId
    goal: CampaignGoal
    how: GoalEnd
    closed_on: dt.date
    reason: Said | None = None


class _OfRegistration(Event):
    registration: RegistrationId
    actor: str


class CampaignRegistered(_OfRegistration):
    """Somebody takes part in the campaign."""

    TYPE: ClassVar[str] = "recruitment.CampaignRegistered"

    registrant: Registrant
    home: str | None
    state: str
    registered_on: dt.date


class CampaignWithdrawn(_OfRegistration):
    """Somebody takes part no more; goals still open are dropped."""

    TYPE: ClassVar[str] = "recruitment.CampaignWithdrawn"

    withdrawn_on: dt.date
    reason: str


class CampaignGoalChosen(_OfRegistration):
    """A home works on a goal."""

    TYPE: ClassVar[str] = "recruitment.CampaignGoalChosen"

    goal: CampaignGoal
    measured_as: str
    better: Better
    target: float | None
    chosen_on: dt.date


class CampaignGoalReported(_OfRegistration):
    """The figure of a month; ``revision`` counts from 1."""

    TYPE: ClassVar[str] = "recruitment.CampaignGoalReported"

    goal: CampaignGoal
    month: Month
    value: float
    reported_by: GoalReporter
    revision: int = Field(ge=1)
    because: str | None


class CampaignGoalClosed(_OfRegistration):
    """A goal was reached or dropped."""

    TYPE: ClassVar[str] = "recruitment.CampaignGoalClosed"

    goal: CampaignGoal
    how: GoalEnd
    closed_on: dt.date
    reason: str | None


ASKED: tuple[type[Command], ...] = (
    RegisterForCampaign,
    WithdrawFromCampaign,
    ChooseCampaignGoal,
    ReportCampaignGoal,
    CloseCampaignGoal,
)

CAMPAIGN_REGISTRATIONS = Topic(
    name="qio.recruitment.campaign-registrations.v1",
    owner="recruitment",
    summary="Who takes part in the Advancing Excellence campaign: registered, goals and their figures, withdrawn.",
    messages=(
        CampaignRegistered,
        CampaignWithdrawn,
        CampaignGoalChosen,
        CampaignGoalReported,
        CampaignGoalClosed,
    ),
    key="registration id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (CAMPAIGN_REGISTRATIONS,)
