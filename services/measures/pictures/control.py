"""Control and run charts as scenes: points in time about a frozen centre, limits, and signals in words."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.measures.domain.methods.charts import limits
from services.measures.domain.methods.charts.points import Kind, Point, named
from services.measures.domain.methods.charts.state import Baseline, ChartState
from services.measures.pictures import signals, words
from services.measures.pictures.signals import Gone, Mark, Retracted, way
from services.measures.pictures.told import About, Level, Told, settled, told

EARLIER: Final = 2  # earlier versions of which the centre is drawn; the words have all
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
class Shade:
    """The places of the baseline, and its words."""

    first: int
    last: int
    words: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version of the baseline that does not hold any more, and since when."""

    baseline: Baseline
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Past:
    """What a followed chart showed before, the latest at the end."""

    baselines: Sequence[Earlier] = ()
    signals: Sequence[Retracted] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A control or run chart; ``ticks`` are the periods, also those without a point. ``earlier`` are centres of the
    baseline's last versions before, ``gone`` the signals that were taken back."""

    told: Told
    x: str
    y: str
    ticks: tuple[str, ...]
    dots: tuple[Dot, ...]
    centre: Level | None
    shade: Shade | None
    goal: Level | None
    marks: tuple[Mark, ...]
    earlier: tuple[Level, ...] = ()
    gone: tuple[Gone, ...] = ()


def chart(state: ChartState, about: About, goal: Fraction | None = None, past: Past | None = None) -> Chart:
    """The chart; raises ValueError without a figure. ``goal`` is in the unit of the picture, ``past`` of a chart that
    the platform follows: without it the baseline has no versions."""
    points = [point for point in state.points.values() if point.exposure]
    if not points:
        raise ValueError("a chart needs at least one period with a figure")
    ticks = named(points[0].period, points[-1].period)
    places = {period: place for place, period in enumerate(ticks)}
    base = state.baseline
    signalled = {signal.period for signal in state.signals}
    marks, provisional = signals.marks(state, places, about), sum(point.provisional for point in points)
    gone = signals.gone(state, past.signals, places) if past is not None else ()
    return Chart(
        told=told(
            about,
            _headline(state, about),
            status=settled(provisional),
            remarks=signals.remarks(marks, gone),
            notes=_notes(state, past, about),
            counts=[point.events for point in points] if state.plan.kind is not Kind.RUN else (),
        ),
        x=words.kind_of_period(ticks[0]),
        y=words.clean(about.axis, 60),
        ticks=tuple(words.period(period) for period in ticks),
        dots=tuple(_dot(point, places, base, about, signal=point.period in signalled) for point in points),
        centre=_centre(base, about),
        shade=_shade(base, places, past),
        goal=None if goal is None else Level(float(goal), f"Goal {words.number(float(goal))}"),
        marks=marks,
        earlier=_earlier(base, past, about),
        gone=gone,
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


def _shade(base: Baseline | None, places: Mapping[str, int], past: Past | None) -> Shade | None:
    if base is None or base.first not in places or base.last not in places:
        return None
    return Shade(places[base.first], places[base.last], f"Baseline{_version(base, past)}")


def _version(base: Baseline, past: Past | None) -> str:
    return f", version {base.version}" if past is not None else ""


def _earlier(base: Baseline | None, past: Past | None, about: About) -> tuple[Level, ...]:
    """Of the same kind of chart alone: others have another unit."""
    if base is None or past is None:
        return ()
    alike = [one.baseline for one in past.baselines if one.baseline.centre.kind is base.centre.kind]
    return tuple(
        Level(value, f"Version {one.version}: {words.number(value)}")
        for one in alike[-EARLIER:]
        if (value := about.scaled(one.centre.value)) != about.scaled(base.centre.value)
    )


def _headline(state: ChartState, about: About) -> str:
    if state.baseline is None:
        return "No baseline yet: figures without limits"
    if not state.signals:
        after = any(point.counts and point.period > state.plan.last for point in state.points.values())
        return "No signal of change since the baseline" if after else "The baseline: nothing to compare with it yet"
    ordered = sorted(state.signals, key=lambda one: one.period)
    ways = {way(one, about) for one in ordered}
    if len(ways) == 1:
        return f"Signal of change for the {ways.pop()} since {words.period(ordered[0].period)}"
    return f"Signals both ways, the last for the {way(ordered[-1], about)} in {words.period(ordered[-1].period)}"


def _notes(state: ChartState, past: Past | None, about: About) -> list[str]:
    base, plan = state.baseline, state.plan
    span = f"{words.period(plan.first)} to {words.period(plan.last)}"
    if base is None:
        found = [f"The baseline {span} needs a settled figure in every period, and events."]
    else:
        found = [f"Baseline {span}{_version(base, past)}, frozen; {_LIMITS[plan.kind]}."]
    before = [
        f"{one.baseline.version} ({words.number(about.scaled(one.baseline.centre.value))}) until "
        f"{one.until.date().isoformat()}"
        for one in (past.baselines if past is not None else ())
    ]
    if before:
        found.append(f"Centre in earlier versions of the baseline: {', '.join(before)}.")
    return found
