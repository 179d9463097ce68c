"""What recruitment is asked about coalitions."""

import datetime as dt
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command
from shared.contracts.recruitment.coalition_terms import (
    Amount,
    BaselinePeriod,
    Chart,
    CoalitionTask,
    Direction,
    Frequency,
    Item,
    MeasureName,
    Quarter,
    Reference,
    Role,
    Sampling,
    Stratum,
)
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.terms import Said

Participants = Annotated[tuple[ParticipantId, ...], Field(max_length=500)]


class FormCoalition(Command):
    """Form a coalition over a community, with at least one member besides its conveners.

    Refused while another works there, outside the statements of work that have the task, and for participants that
    are unknown or closed. ``name`` is the community's when left out. Each participant is named once: conveners,
    lead and patient partner are not repeated among the members.
    """

    TYPE: ClassVar[str] = "recruitment.FormCoalition"

    community: CommunityId
    task: CoalitionTask
    formed_on: dt.date
    name: str | None = Field(default=None, min_length=1, max_length=200)
    conveners: Participants = ()
    members: Participants = ()
    lead: ParticipantId | None = None
    patient_partner: ParticipantId | None = None


class JoinCoalition(Command):
    """Make a participant a member from a day on. A seat that is taken is handed over with SeatCoalitionMember."""

    TYPE: ClassVar[str] = "recruitment.JoinCoalition"

    community: CommunityId
    participant: ParticipantId
    on: dt.date
    role: Role = Role.MEMBER


class SeatCoalitionMember(Command):
    """Give a member another role from a day on; the lead or patient partner before it is a plain member again.

    With the role MEMBER it gives its seat up, and the seat is vacant.
    """

    TYPE: ClassVar[str] = "recruitment.SeatCoalitionMember"

    community: CommunityId
    participant: ParticipantId
    role: Role
    on: dt.date


class LeaveCoalition(Command):
    """Let a member go; ``on`` is the first day it is none. The last member cannot: the coalition is ended instead."""

    TYPE: ClassVar[str] = "recruitment.LeaveCoalition"

    community: CommunityId
    participant: ParticipantId
    on: dt.date
    reason: Said


class RecordInfrastructure(Command):
    """Record that an item of the infrastructure is done, or that it was reviewed and still holds.

    From the day after ``review_by`` it has lapsed, unless it was recorded again; without one it holds until reopened.
    """

    TYPE: ClassVar[str] = "recruitment.RecordInfrastructure"

    community: CommunityId
    item: Item
    evidence: Reference
    done_on: dt.date
    review_by: dt.date | None = None


class ReopenInfrastructure(Command):
    """Say that an item of the infrastructure is not done (any more)."""

    TYPE: ClassVar[str] = "recruitment.ReopenInfrastructure"

    community: CommunityId
    item: Item
    on: dt.date
    reason: Said


class ChooseCoalitionMeasure(Command):
    """Choose a measure of the catalog, or change what is wanted of it, which needs a reason.

    ``direction`` is the one in which the measure gets better when left out.
    """

    TYPE: ClassVar[str] = "recruitment.ChooseCoalitionMeasure"

    community: CommunityId
    measure: MeasureName
    target: Amount
    baseline_period: BaselinePeriod
    due: Quarter
    direction: Direction | None = None
    reason: Said | None = None


class DropCoalitionMeasure(Command):
    """Give up a measure that was chosen."""

    TYPE: ClassVar[str] = "recruitment.DropCoalitionMeasure"

    community: CommunityId
    measure: MeasureName
    reason: Said


class TargetPopulations(Command):
    """Say which populations the coalition is for, in place of those before; none is everybody."""

    TYPE: ClassVar[str] = "recruitment.TargetPopulations"

    community: CommunityId
    populations: Annotated[tuple[Stratum, ...], Field(max_length=40)]


class PlanMeasurement(Command):
    """Plan how a chosen measure is followed, as the next version of its plan.

    ``baseline`` is the measure's value now, ``observed`` how many people, discharges or starts (what it divides by)
    are observed in a quarter, ``begins`` the first quarter that counts.
    """

    TYPE: ClassVar[str] = "recruitment.PlanMeasurement"

    community: CommunityId
    measure: MeasureName
    source: Said
    sampling: Sampling
    chart: Chart
    frequency: Frequency
    baseline: Amount
    observed: int = Field(ge=1, le=100_000_000)
    begins: Quarter


class EndCoalition(Command):
    """End a coalition; ``on`` is the first day it is none."""

    TYPE: ClassVar[str] = "recruitment.EndCoalition"

    community: CommunityId
    on: dt.date
    reason: Said


ASKED: tuple[type[Command], ...] = (
    FormCoalition,
    JoinCoalition,
    SeatCoalitionMember,
    LeaveCoalition,
    RecordInfrastructure,
    ReopenInfrastructure,
    ChooseCoalitionMeasure,
    DropCoalitionMeasure,
    TargetPopulations,
    PlanMeasurement,
    EndCoalition,
)
