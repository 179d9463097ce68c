"""A goal line as a scene: a measure through time, from its baseline to the value the goal asks for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain import periods
from services.measures.domain.goals import Goal
from services.measures.domain.methods.charts.points import named
from services.measures.domain.panel import spans
from services.measures.pictures import words
from services.measures.pictures.control import Dot
from services.measures.pictures.told import About, Better, Level, Told, settled, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A figure of a period in the unit of the picture, with its limits where there are any."""

    period: str
    value: Fraction
    low: float | None = None
    high: float | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """The value to reach, by when if there is a date, and from which baseline if the goal names one."""

    target: Fraction
    words: str
    by: dt.date | None = None
    baseline: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """``path`` goes from the first value to the target: places and values; None without a date within sight."""

    told: Told
    x: str
    y: str
    ticks: tuple[str, ...]
    dots: tuple[Dot, ...]
    target: Level
    baseline: Level | None
    path: tuple[tuple[float, float], tuple[float, float]] | None


def aim_of(goal: Goal, baseline: Fraction) -> Aim:
    """What a goal of the program asks for from a baseline."""
    return Aim(target=goal.target(baseline), words=goal.aim, by=goal.target_date, baseline=baseline)


def goal_line(values: Sequence[Value], aim: Aim, about: About) -> GoalLine:
    """Values in any order of periods of one kind; raises ValueError for none, mixed kinds, or a period told twice."""
    ordered = sorted(values, key=lambda one: one.period)
    if not ordered:
        raise ValueError("a goal line needs at least one period with a figure")
    if len({one.period for one in ordered}) < len(ordered):
        raise ValueError("a period has one figure")
    ticks = _ticks([one.period for one in ordered], aim)
    places = {period: place for place, period in enumerate(ticks)}
    target = float(aim.target)
    start = float(aim.baseline if aim.baseline is not None else ordered[0].value)
    on_path = aim.by is not None and len(ticks) > 1 and spans.days(ticks[-1])[1] >= aim.by
    notes = [f"Goal: {words.clean(aim.words)}{f', by {aim.by.isoformat()}' if aim.by else ''}."]
    return GoalLine(
        told=told(
            about,
            _headline(ordered, aim, about),
            status=settled(sum(one.provisional for one in ordered)),
            notes=notes,
        ),
        x=words.kind_of_period(ticks[0]),
        y=words.clean(about.axis, 60),
        ticks=tuple(words.period(period) for period in ticks),
        dots=tuple(
            Dot(
                place=places[one.period],
                label=words.period(one.period),
                value=float(one.value),
                low=one.low,
                high=one.high,
                hollow=one.provisional,
            )
            for one in ordered
        ),
        target=Level(target, f"Goal {words.number(target)}"),
        baseline=None if aim.baseline is None else Level(start, f"Baseline {words.number(start)}"),
        path=((0.0, start), (float(len(ticks) - 1), target)) if on_path else None,
    )


FARTHEST = 40
"""Periods drawn beyond the last figure; a date farther away is told in words alone."""


def _ticks(told: Sequence[str], aim: Aim) -> tuple[str, ...]:
    """From the first on, up to the goal's date where it is in sight; spans of files are those there are."""
    if any("/" in period for period in told):
        return tuple(told)
    if len({spans.is_named(period) for period in told}) > 1:
        raise ValueError("a goal line has periods of one kind")
    last = _last(told[-1], aim)
    if spans.is_named(last):
        return named(told[0], last)
    return tuple(str(year) for year in range(int(told[0]), int(last) + 1))


def _last(period: str, aim: Aim) -> str:
    if aim.by is None:
        return period
    last = period
    for _ in range(FARTHEST):
        if spans.days(last)[1] >= aim.by:
            return last
        last = periods.shift(last, 1) if spans.is_named(last) else str(int(last) + 1)
    return period


def _headline(values: Sequence[Value], aim: Aim, about: About) -> str:
    settled_ones = [one for one in values if not one.provisional] or values
    last = settled_ones[-1]
    reached = last.value <= aim.target if about.better is Better.LOWER else last.value >= aim.target
    now, when = words.number(float(last.value)), words.period(last.period)
    if reached:
        return f"The goal is reached: {now} in {when}"
    left = words.number(float(abs(last.value - aim.target)))
    first = aim.baseline if aim.baseline is not None else values[0].value
    way = aim.target - first
    share = f", {max(0, round(100 * float((last.value - first) / way)))} % of the way" if way else ""
    return f"{now} in {when}: {left} from the goal{share}"
