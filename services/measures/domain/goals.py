"""Goals of the program: how far a measure has to move from its baseline, and how far it has.

Values are as published (per 1,000 or percent), exact. Two baselines are never mixed: a goal names the period of its
baseline, every figure the series it belongs to, and only figures of one series and season are compared.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.measures.domain import periods
from services.measures.domain.periods import Kind


class Form(StrEnum):
    """What the size of a goal is a part of."""

    RELATIVE_REDUCTION = "reduction relative to the baseline"
    COMPLEMENT_REDUCTION = "reduction of what is missing to the whole"
    RELATIVE_INCREASE = "increase relative to the baseline"
    LEVEL_AT_MOST = "a level not to be exceeded"
    LEVEL_AT_LEAST = "a level to be reached"


_FALLING: Final = frozenset((Form.RELATIVE_REDUCTION, Form.LEVEL_AT_MOST))
_LEVELS: Final = frozenset((Form.LEVEL_AT_MOST, Form.LEVEL_AT_LEAST))


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A goal for one measure.

    ``size`` is a share (1/5 is 20 %) or, of a level, the level. ``whole`` is the value at which nothing is missing
    (1,000 nights at home of 1,000), None where a measure has no such value. ``baseline_period`` is four quarters.
    """

    id: str
    measure: str
    aim: str
    form: Form
    size: Fraction
    baseline_period: str
    target_date: dt.date
    source: str
    whole: Fraction | None = None

    def __post_init__(self) -> None:
        if periods.kind_of(self.baseline_period) is not Kind.ROLLING:
            raise ValueError("a baseline is four quarters")
        if self.form is Form.COMPLEMENT_REDUCTION and self.whole is None:
            raise ValueError("what is missing needs the whole")

    @property
    def falls(self) -> bool:
        """Whether the value is to become smaller."""
        return self.form in _FALLING

    def baseline_of(self, period: str) -> str:
        """With which period of the baseline a period is compared: the same quarter, or all four, so that season is
        out of it. Raises ValueError for a month."""
        kind = periods.kind_of(period)
        if kind is Kind.MONTH:
            raise ValueError("a month is compared with no baseline")
        if kind is Kind.ROLLING:
            return self.baseline_period
        return next(one for one in periods.quarters_of(self.baseline_period) if one[4:] == period[4:])

    def target(self, baseline: Fraction) -> Fraction:
        """The value to be reached from a baseline."""
        if self.form in _LEVELS:
            return self.size
        if self.form is Form.COMPLEMENT_REDUCTION:
            assert self.whole is not None
            return self.whole - (self.whole - baseline) * (1 - self.size)
        return baseline * (1 - self.size if self.falls else 1 + self.size)

    def is_reached(self, target: Fraction, value: Fraction) -> bool:
        """Whether a value is at the target or past it."""
        return value <= target if self.falls else value >= target


@dataclass(frozen=True, slots=True)
class Value:
    """A published value. ``series``: what makes it comparable (unit and its version, stratum, specification)."""

    measure: str
    series: str
    period: str
    value: Fraction


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a measure has come.

    ``improvement`` is the relative improvement rate: (baseline - current) / baseline where less is better, of the
    complement (current - baseline) / (whole - baseline), else (current - baseline) / baseline; None from a baseline
    that leaves nothing to divide by. ``share`` is the part of the way to the target, above 1 past it and below 0 the
    wrong way; None where the baseline is at the target. ``attainable`` is False for a target beyond the whole.
    """

    target: Fraction
    improvement: Fraction | None
    share: Fraction | None
    reached: bool
    attainable: bool


def progress(goal: Goal, baseline: Value, current: Value) -> Progress:
    """Where the current value stands between baseline and target.

    Raises ValueError for values of other measures, series or baselines, or of another season.
    """
    if not goal.measure == baseline.measure == current.measure:
        raise ValueError("these are values of another measure")
    if baseline.series != current.series:
        raise ValueError("values of two series are not compared")
    if baseline.period != goal.baseline_of(current.period):
        raise ValueError(f"{current.period} is compared with {goal.baseline_of(current.period)} alone")
    target = goal.target(baseline.value)
    way = target - baseline.value
    return Progress(
        target=target,
        improvement=_improvement(goal, baseline.value, current.value),
        share=(current.value - baseline.value) / way if way else None,
        reached=goal.is_reached(target, current.value),
        attainable=goal.whole is None or target <= goal.whole,
    )


def _improvement(goal: Goal, baseline: Fraction, current: Fraction) -> Fraction | None:
    if goal.form is Form.COMPLEMENT_REDUCTION:
        assert goal.whole is not None
        return (current - baseline) / (goal.whole - baseline) if goal.whole != baseline else None
    better = baseline - current if goal.falls else current - baseline
    return better / baseline if baseline else None
