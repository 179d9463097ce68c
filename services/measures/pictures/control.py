"""Control and run charts as scenes: points in time about a frozen centre, limits, and signals in words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.measures.domain.methods.charts import limits
from services.measures.domain.methods.charts.points import Kind, Point, named
from services.measures.domain.methods.charts.rules import MEANING, Side
from services.measures.domain.methods.charts.state import Baseline, ChartState, Signal
from services.measures.pictures import words
from services.measures.pictures.told import About, Level, Told, settled, told

SHOWN: Final = 3  # signals told on the picture; more cannot be read from afar, the description has all
_LIMITS: Final = {
    Kind.U: "u chart, limits at 3 sigma",
    Kind.U_PRIME: "u′ chart, limits at 3 sigma widened for more spread than chance",
    Kind.P: "p chart, limits at 3 sigma",
    Kind.RUN: "run chart, no limits",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A point at a place in time; limits None where it has none. ``hollow``: provisional. ``signal``: it bears one."""

    place: int
    label: str
    value: float
    low: float | None = None
    high: float | None = None
    hollow: bool = False
    signal: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """What a point signals; ``number`` is written beside it, None where words are left to the description.

    ``words`` tell all rules, ``brief`` the first.
    """

    place: int
    number: int | None
    words: str
    brief: str


@dataclass(frozen=True, slots=True)
class Shade:
    """The places of the baseline, and its words."""

    first: int
    last: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A control or run chart; ``ticks`` are the periods, also those without a point."""

    told: Told
    x: str
    y: str
    ticks: tuple[str, ...]
    dots: tuple[Dot, ...]
    centre: Level | None
    shade: Shade | None
    goal: Level | None
    marks: tuple[Mark, ...]


def chart(state: ChartState, about: About, goal: Fraction | None = None) -> Chart:
    """The chart as it is followed; raises ValueError without a figure. ``goal`` is in the unit of the picture."""
    points = [point for point in state.points.values() if point.exposure]
    if not points:
        raise ValueError("a chart needs at least one period with a figure")
    ticks = named(points[0].period, points[-1].period)
    places = {period: place for place, period in enumerate(ticks)}
    base = state.baseline
    signalled = {signal.period for signal in state.signals}
    marks = _marks(state, places, about)
    provisional = sum(point.provisional for point in points)
    remarks = [f"Signal {mark.number}, {mark.brief}" for mark in marks if mark.number is not None]
    left = len(marks) - len(remarks)
    if left:
        remarks.append(f"{words.counted(left, 'more point signals', 'more points signal')} (all in the description)")
    return Chart(
        told=told(
            about,
            _headline(state, about),
            status=settled(provisional),
            remarks=remarks,
            notes=_notes(state),
            counts=[point.events for point in points] if state.plan.kind is not Kind.RUN else (),
        ),
        x=words.kind_of_period(ticks[0]),
        y=words.clean(about.axis, 60),
        ticks=tuple(words.period(period) for period in ticks),
        dots=tuple(_dot(point, places, base, about, signal=point.period in signalled) for point in points),
        centre=_centre(base, about),
        shade=_shade(base, places),
        goal=None if goal is None else Level(float(goal), f"Goal {words.number(float(goal))}"),
        marks=marks,
    )


def _dot(point: Point, places: Mapping[str, int], base: Baseline | None, about: About, *, signal: bool) -> Dot:
    low = high = None
    if base is not None and base.centre.kind is not Kind.RUN:
        placed = limits.place(base.centre, point)
        low, high = about.scaled(placed.low), about.scaled(placed.high)
    return Dot(
        place=places[point.period],
        label=words.period(point.period),
        value=about.scaled(point.value),
        low=low,
        high=high,
        hollow=point.provisional,
        signal=signal,
    )


def _centre(base: Baseline | None, about: About) -> Level | None:
    if base is None:
        return None
    value = about.scaled(base.centre.value)
    name = "Median" if base.centre.kind is Kind.RUN else "Centre"
    return Level(value, f"{name} {words.number(value)}")


def _shade(base: Baseline | None, places: Mapping[str, int]) -> Shade | None:
    if base is None:
        return None
    return Shade(places[base.first], places[base.last], f"Baseline, version {base.version}")


def _marks(state: ChartState, places: Mapping[str, int], about: About) -> tuple[Mark, ...]:
    """By period; numbered are the first and the last ones."""
    found: dict[str, list[Signal]] = defaultdict(list)
    for signal in sorted(state.signals, key=lambda one: (one.period, one.rule)):
        found[signal.period].append(signal)
    numbered = {0, *range(max(0, len(found) - SHOWN + 1), len(found))}
    marks, number = [], 0
    for index, (period, own) in enumerate(found.items()):
        number += index in numbered
        said = [f"{MEANING[one.rule]}, {one.side}, for the {_way(one, about)}" for one in own]
        when, more = words.period(period), len(said) - 1
        others = f", and {words.counted(more, 'rule')} more" if more else ""
        brief = f"{when}: {said[0]}{others}"
        marks.append(Mark(places[period], number if index in numbered else None, f"{when}: {'; '.join(said)}", brief))
    return tuple(marks)


def _way(signal: Signal, about: About) -> str:
    return about.better.of(high=signal.side is Side.HIGH)


def _headline(state: ChartState, about: About) -> str:
    if state.baseline is None:
        return "No baseline yet: figures without limits"
    if not state.signals:
        after = any(point.counts and point.period > state.plan.last for point in state.points.values())
        return "No signal of change since the baseline" if after else "The baseline: nothing to compare with it yet"
    ordered = sorted(state.signals, key=lambda one: one.period)
    ways = {_way(one, about) for one in ordered}
    if len(ways) == 1:
        return f"Signal of change for the {ways.pop()} since {words.period(ordered[0].period)}"
    return f"Signals both ways, the last for the {_way(ordered[-1], about)} in {words.period(ordered[-1].period)}"


def _notes(state: ChartState) -> list[str]:
    base, plan = state.baseline, state.plan
    span = f"{words.period(plan.first)} to {words.period(plan.last)}"
    if base is None:
        return [f"The baseline {span} needs a settled figure in every period, and events."]
    return [f"Baseline {span}, version {base.version}, frozen; {_LIMITS[plan.kind]}."]
