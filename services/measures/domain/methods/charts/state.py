"""A chart that is followed: its plan, the points that hold, the versions of its baseline, the signals in force."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from services.measures.domain.methods.charts.limits import Centre
from services.measures.domain.methods.charts.points import Kind, Point, named
from services.measures.domain.methods.charts.rules import Rule, Side

FEWEST = 8  # with fewer periods the error of the centre itself raises false alarms; twelve quarters are usual


@dataclass(frozen=True, slots=True)
class Plan:
    """The kind of chart and the baseline by name: its first and its last period, both included."""

    kind: Kind
    first: str
    last: str

    def __post_init__(self) -> None:
        if len(self.periods) < FEWEST:
            raise ValueError(f"a baseline needs at least {FEWEST} periods")

    @property
    def periods(self) -> tuple[str, ...]:
        """The periods of the baseline."""
        return named(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Baseline:
    """A frozen centre, of a run chart the median; versions count from 1 without gaps.

    It was made of the points from the first to the last period as they were then, and holds only while they have the
    same figures.
    """

    version: int
    first: str
    last: str
    centre: Centre
    frozen_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that holds at a period. What it was raised on stays: the point's revision, the baseline's version."""

    period: str
    rule: Rule
    side: Side
    revision: int
    version: int
    raised_at: dt.datetime

    @property
    def key(self) -> tuple[str, Rule, Side]:
        """What makes it the same signal after a restatement."""
        return self.period, self.rule, self.side


@dataclass(frozen=True, slots=True)
class ChartState:
    """``points`` in order of time; ``baseline`` is the version in force, ``versions`` how many there were."""

    measure: str
    unit: str
    plan: Plan
    points: Mapping[str, Point] = field(default_factory=dict)
    baseline: Baseline | None = None
    versions: int = 0
    signals: tuple[Signal, ...] = ()


class Because(StrEnum):
    """Why a signal is retracted."""

    RESTATED = "a figure of the period or of one before it was restated"
    NEW_BASELINE = "the baseline was restated"
    NO_BASELINE = "the baseline is no longer complete and settled"


@dataclass(frozen=True, slots=True)
class BaselineFrozen:
    """A version of the baseline was made and holds from now on."""

    measure: str
    unit: str
    baseline: Baseline


@dataclass(frozen=True, slots=True)
class BaselineWithdrawn:
    """The version no longer holds, and none does: a period of it has no settled figure any more, or no limits."""

    measure: str
    unit: str
    version: int
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class SignalRaised:
    """A rule holds that did not."""

    measure: str
    unit: str
    signal: Signal


@dataclass(frozen=True, slots=True)
class SignalRetracted:
    """A signal raised before does not hold any more."""

    measure: str
    unit: str
    signal: Signal
    because: Because
    at: dt.datetime


Event = BaselineFrozen | BaselineWithdrawn | SignalRaised | SignalRetracted
