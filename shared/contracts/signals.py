"""What measures says of control charts: baselines that are frozen in versions, and signals raised and retracted."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.topic import Confidentiality, Gaps, Topic

ChartUnitType = Literal["community", "state", "region", "nation", "hospital", "nursing_home", "practice", "provider"]
ChartKind = Literal["u", "u_prime", "p", "run"]
ChartRule = Literal["WE1", "WE2", "WE3", "WE4", "N3", "RUNS"]


class ChartBaselineFrozen(Event):
    """A chart's centre was made of the periods from ``first`` to ``last`` and holds until another version is frozen.

    A restated figure of one of these periods makes a new version; limits never drift. ``centre`` are
    events per exposure (of a run chart the median) with ten digits, ``spread`` what sigma is multiplied by (Laney), 1
    if nothing.
    """

    TYPE: ClassVar[str] = "measures.ChartBaselineFrozen"

    measure: str
    unit_type: ChartUnitType
    unit: str
    chart: ChartKind
    version: int = Field(ge=1)
    first: str
    last: str
    centre: str
    spread: str
    frozen_at: dt.datetime


class ChartBaselineWithdrawn(Event):
    """The version no longer holds and none does: a period of it has no settled figure any more."""

    TYPE: ClassVar[str] = "measures.ChartBaselineWithdrawn"

    measure: str
    unit_type: ChartUnitType
    unit: str
    version: int = Field(ge=1)
    withdrawn_at: dt.datetime


class SignalRaised(Event):
    """A rule of control charts holds at ``period`` that did not hold before; settled figures alone are looked at.

    ``direction`` says whether the change is the one that is wanted. A signal is an observation of a change that chance
    rarely makes, never the effect of anything.
    """

    TYPE: ClassVar[str] = "measures.SignalRaised"

    measure: str
    unit_type: ChartUnitType
    unit: str
    period: str
    rule: ChartRule
    side: Literal["high", "low"]
    direction: Literal["better", "worse"]
    revision: int = Field(ge=0)
    baseline_version: int = Field(ge=1)
    raised_at: dt.datetime


class SignalRetracted(Event):
    """A signal raised before does not hold any more; ``because`` says in words why."""

    TYPE: ClassVar[str] = "measures.SignalRetracted"

    measure: str
    unit_type: ChartUnitType
    unit: str
    period: str
    rule: ChartRule
    side: Literal["high", "low"]
    direction: Literal["better", "worse"]
    because: str
    retracted_at: dt.datetime


SIGNALS = Topic(
    name="qio.measures.signals.v1",
    owner="measures",
    summary="Baselines of control charts, and signals raised and retracted.",
    messages=(ChartBaselineFrozen, ChartBaselineWithdrawn, SignalRaised, SignalRetracted),
    key="measure, unit type and unit",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "notifications", "cli"),
)

TOPICS = (SIGNALS,)
