"""What measures says: results of population measures as state at a revision, goals, and public snapshots."""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Event, PublicEvent
from shared.contracts.topic import Confidentiality, Gaps, Topic

UnitType = Literal["community", "state", "region", "nation", "hospital"]
Status = Literal["PROVISIONAL", "FOLLOWED_UP", "FINAL", "RESTATED"]
Period = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}Q([1-4]|[1-4]R4)$",
        description="a calendar quarter (2018Q1), or with R4 the four quarters that end with it",
    ),
]


class MeasureUpdated(Event):
    """A result as it stands at ``revision``; revisions may be skipped, the highest holds.

    ``value`` is an exact decimal in text, None where the denominator is 0; ``low`` and ``high`` bound it with 95 %
    confidence, None where the measure has no interval. ``reason`` says what is missing when the measure cannot be
    computed (``computable`` false): then there are no numbers, which is not the same as zero. Where the denominator
    is eligible days, ``exposure`` are beneficiary-quarters: days by quarter, each over the days of its quarter
    (Brock et al., JAMA 2013;309:381-391). ``watermark`` is the latest day claims were received up to, ``status`` what
    follows from it, ``cause`` why this revision exists. ``unit_version`` is a community's definition, 1 for others.
    """

    TYPE: ClassVar[str] = "measures.MeasureUpdated"

    measure: str
    specification: int = Field(ge=1)
    unit_type: UnitType
    unit: str
    unit_version: int = Field(ge=1)
    period: Period
    stratum: str = "all"
    computable: bool
    reason: str | None
    numerator: int | None
    denominator: int | None
    exposure: str | None
    days_in_period: int = Field(ge=90, le=366)
    value: str | None
    low: str | None
    high: str | None
    status: Status
    cause: Literal["DATA", "DEFINITION", "STATUS", "VALUE_SETS"]
    watermark: dt.date | None
    revision: int = Field(ge=1)
    as_of: dt.datetime


class GoalReached(Event):
    """A community's four quarters reached a goal after follow-up; said once for each goal and community.

    ``baseline`` and ``value`` are the measure's values of ``baseline_period`` and ``period``, ``improvement`` the
    relative improvement between them in percent, ``target`` what it had to be.
    """

    TYPE: ClassVar[str] = "measures.GoalReached"

    goal: str
    community: str
    unit_version: int = Field(ge=1)
    measure: str
    baseline_period: Period
    baseline: str
    period: Period
    value: str
    improvement: str
    target: str
    status: Status
    as_of: dt.datetime


class GoalWithdrawn(Event):
    """A goal that was said to be reached is not: the four quarters it rested on were restated, or their baseline."""

    TYPE: ClassVar[str] = "measures.GoalWithdrawn"

    goal: str
    community: str
    unit_version: int = Field(ge=1)
    measure: str
    period: Period
    value: str | None
    improvement: str | None
    as_of: dt.datetime


class MeasuresSnapshotPublished(PublicEvent):
    """Public: one figure of a scheduled snapshot of all measures; small numbers and what would show them are left out.

    All figures of a snapshot carry its month as ``snapshot``; the next one replaces it. ``suppressed``: the figure
    exists and is withheld, so that neither it nor a difference of published figures can stand for a few people.
    """

    TYPE: ClassVar[str] = "measures.MeasuresSnapshotPublished"

    snapshot: str = Field(pattern=r"^[0-9]{4}-[0-9]{2}$", description="the month it was taken in")
    measure: str
    specification: int = Field(ge=1)
    unit_type: UnitType
    unit: str
    period: Period
    suppressed: bool
    numerator: int | None
    denominator: int | None
    value: str | None
    low: str | None
    high: str | None
    status: Status


RESULTS = Topic(
    name="qio.measures.results.v1",
    owner="measures",
    summary="Measure results by unit and period; internal, small numbers included.",
    messages=(MeasureUpdated,),
    key="measure, unit type, unit and period",
    partitions=4,
    retention_days=365,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "notifications", "cli"),
)
GOALS = Topic(
    name="qio.measures.goals.v1",
    owner="measures",
    summary="Goals that communities reached, and those withdrawn after a restatement.",
    messages=(GoalReached, GoalWithdrawn),
    key="goal and community",
    partitions=1,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "notifications", "cli"),
)
PUBLIC = Topic(
    name="qio.public.measures.v1",
    owner="measures",
    summary="Scheduled snapshots of measures with small numbers suppressed.",
    messages=(MeasuresSnapshotPublished,),
    key="measure, unit type, unit and period",
    partitions=1,
    retention_days=365,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.PUBLIC,
    writers=("measures",),
    readers=("notifications", "partner", "cli"),
)

TOPICS = (RESULTS, GOALS, PUBLIC)
