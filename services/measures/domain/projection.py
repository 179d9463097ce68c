"""Where a measure is heading: a straight line through its quarters, season apart, and when it meets the target.

The rule: least squares, weighted by person-time, of quarterly values on the number of the quarter, with one level for
each season. The slope thus comes only from comparing first quarters with first quarters, and so on. Overlapping spans
of four quarters are not used: their errors repeat and would make the line look surer than it is. The value at a
quarter is the mean of the four seasons' lines there. In closed form and exact up to the last square root.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.measures.domain import periods
from services.measures.domain.goals import Goal
from services.measures.domain.intervals import CONFIDENCE, Interval
from services.measures.domain.quantiles import student

SEASONS: Final = 4
HORIZON: Final = 40  # quarters after the last one; beyond ten years nothing is said


@dataclass(frozen=True, slots=True)
class Point:
    """A quarter's value and the person-time behind it, above 0."""

    quarter: str
    value: Fraction
    weight: int


@dataclass(frozen=True, slots=True)
class Projection:
    """The value without season in the quarter of the target date, and the first quarter in which it meets the target.

    ``interval`` is the 95 % confidence interval of the line there, not of a single quarter. ``earliest`` and
    ``latest`` are where the interval meets the target first and last (Fieller); None: not within ten years, or never.
    """

    value: Fraction
    interval: Interval
    reaches: str | None
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class _Line:
    level: Fraction  # at the time ``middle``
    middle: Fraction
    slope: Fraction
    spread: Fraction  # variance of a quarter of weight 1
    level_weight: Fraction  # variance of the level, in units of spread
    slope_weight: Fraction
    degrees: int

    def at(self, time: Fraction) -> Fraction:
        return self.level + self.slope * (time - self.middle)

    def margin(self, time: Fraction) -> float:
        variance = self.spread * (self.level_weight + (time - self.middle) ** 2 * self.slope_weight)
        return student(CONFIDENCE, self.degrees) * math.sqrt(variance)


def projection(points: Sequence[Point], goal: Goal, target: Fraction) -> Projection | None:
    """Project to the goal's date. None with too little to say: fewer than six quarters, or not every season.

    ``target`` is the goal's from its baseline of four quarters; the points are of the same series as that baseline.
    Raises ValueError for two points of one quarter.
    """
    line = _fit(points)
    if line is None:
        return None
    last = max(periods.index_of(point.quarter) for point in points)
    when = Fraction(_index(goal.target_date))
    margin, value = line.margin(when), line.at(when)
    earliest, latest = _crossings(line, goal, target)
    return Projection(
        value=value,
        interval=Interval(float(value) - margin, float(value) + margin),
        reaches=_quarter(_meets(line, goal, target), last),
        earliest=_quarter(earliest, last),
        latest=_quarter(latest, last),
    )


@dataclass(frozen=True, slots=True)
class _Season:
    """The points of one season as (time, value, weight), and their weighted means."""

    points: tuple[tuple[int, Fraction, int], ...]

    @property
    def weight(self) -> int:
        return sum(weight for _, _, weight in self.points)

    @property
    def time(self) -> Fraction:
        return Fraction(sum(time * weight for time, _, weight in self.points), self.weight)

    @property
    def level(self) -> Fraction:
        return sum((value * weight for _, value, weight in self.points), Fraction(0)) / self.weight

    def centred(self) -> list[tuple[Fraction, Fraction, int]]:
        time, level = self.time, self.level
        return [(own - time, value - level, weight) for own, value, weight in self.points]


def _seasons(points: Sequence[Point]) -> list[_Season]:
    if len({point.quarter for point in points}) != len(points):
        raise ValueError("a quarter has one value")
    found: dict[str, list[tuple[int, Fraction, int]]] = {}
    for point in points:
        own = (periods.index_of(point.quarter), point.value, point.weight)
        found.setdefault(point.quarter[4:], []).append(own)
    return [_Season(tuple(own)) for own in found.values()]


def _fit(points: Sequence[Point]) -> _Line | None:
    seasons = _seasons(points)
    degrees = len(points) - SEASONS - 1
    if degrees < 1 or len(seasons) < SEASONS:
        return None
    centred = [point for season in seasons for point in season.centred()]
    square = sum((weight * time * time for time, _, weight in centred), Fraction(0))
    slope = sum((weight * time * value for time, value, weight in centred), Fraction(0)) / square
    left = sum((weight * (value - slope * time) ** 2 for time, value, weight in centred), Fraction(0))
    return _Line(
        level=sum((season.level for season in seasons), Fraction(0)) / SEASONS,
        middle=sum((season.time for season in seasons), Fraction(0)) / SEASONS,
        slope=slope,
        spread=left / degrees,
        level_weight=sum((Fraction(1, season.weight) for season in seasons), Fraction(0)) / SEASONS**2,
        slope_weight=1 / square,
        degrees=degrees,
    )


def _meets(line: _Line, goal: Goal, target: Fraction) -> float | None:
    """When the line meets the target; None if it runs the other way."""
    if line.slope == 0 or (line.slope < 0) != goal.falls:
        return None
    return float(line.middle + (target - line.level) / line.slope)


def _crossings(line: _Line, goal: Goal, target: Fraction) -> tuple[float | None, float | None]:
    """Where the edges of the interval meet the target: the hopeful edge, then the cautious one.

    The roots of (level + slope d - target)^2 = margin(d)^2. A slope that could as well be 0 has no cautious root.
    """
    quantile = Fraction(student(CONFIDENCE, line.degrees)) ** 2
    gap, slope = line.level - target, line.slope
    square = slope * slope - quantile * line.spread * line.slope_weight
    rest = gap * gap - quantile * line.spread * line.level_weight
    inside = (gap * slope) ** 2 - square * rest
    if square == 0 or inside < 0:
        return None, None
    roots = sorted((float(-gap * slope) + sign * math.sqrt(inside)) / float(square) for sign in (-1, 1))
    at = [float(line.middle) + root for root in roots]
    if square < 0:
        return at[1], None
    return (at[0], at[1]) if (slope < 0) == goal.falls else (None, None)


def _index(day: dt.date) -> int:
    return periods.index_of(periods.quarter_of(day.year * 100 + day.month))


def _quarter(time: float | None, last: int) -> str | None:
    """The first quarter at or after a time; rounding must not turn an exact meeting into the quarter after."""
    if time is None or not 0 <= time <= last + HORIZON:
        return None
    return periods.quarter_at(math.ceil(time - 1e-9))
