"""Following a chart: what new and restated points change of its baseline and its signals, as events."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from services.measures.domain import periods
from services.measures.domain.methods.charts import limits, rules
from services.measures.domain.methods.charts.limits import Centre
from services.measures.domain.methods.charts.points import Kind, Point, fitting
from services.measures.domain.methods.charts.rules import LOOK_BACK, Rule, Side
from services.measures.domain.methods.charts.runs import median, runs
from services.measures.domain.methods.charts.state import (
    Baseline,
    BaselineFrozen,
    BaselineWithdrawn,
    Because,
    ChartState,
    Event,
    Plan,
    Signal,
    SignalRaised,
    SignalRetracted,
)


def follow(
    state: ChartState, points: Iterable[Point], now: dt.datetime, plan: Plan | None = None
) -> tuple[ChartState, tuple[Event, ...]]:
    """The chart with these points, and what that changed, in the order frozen or withdrawn, retracted, raised.

    Points come in any order and any number of times: the highest revision of a period holds. The baseline is frozen
    once every period of it has a settled figure; a figure restated in it makes a new version. Signals are raised after
    the baseline only, since its points made the centre, and from settled points alone; others are passed over. A signal
    that still holds is left as it was raised. Another ``plan`` is a new version of its baseline. Raises
    ValueError for points that the chart cannot show; ``now`` is UTC.
    """
    arrived, plan = tuple(points), plan or state.plan
    _check(plan, arrived)
    newer = _newer(state.points, arrived)
    if not newer and plan == state.plan:
        return state, ()
    restated = {period for period, point in newer.items() if _witness(point) != _witness(state.points.get(period))}
    held = {**state.points, **newer}
    if len(held) > len(state.points):
        held = dict(sorted(held.items()))
    moved = replace(state, points=held, plan=plan)
    baseline, about_baseline = _baseline(moved, restated, now, same_plan=plan == state.plan)
    signals = _signals(moved, baseline, restated, now)
    versions = state.versions if baseline is None else baseline.version
    followed = replace(moved, baseline=baseline, versions=versions, signals=signals)
    return followed, (*about_baseline, *_changes(state, followed, now))


def _check(plan: Plan, points: Sequence[Point]) -> None:
    fitting(plan.kind, points)
    for point in points:
        if periods.kind_of(point.period) is not periods.kind_of(plan.first):
            raise ValueError(f"period {point.period}: the chart has periods like {plan.first}")


def _newer(held: Mapping[str, Point], points: Iterable[Point]) -> dict[str, Point]:
    """The points that hold from now on in place of others or of none, by period."""
    found: dict[str, Point] = {}
    for point in points:
        before = found.get(point.period) or held.get(point.period)
        if before is None or _precedence(point) > _precedence(before):
            found[point.period] = point
    return found


def _precedence(point: Point) -> tuple[int, bool, int, Fraction]:
    """The revision; what comes after it decides the same way in any order, should one revision be told twice."""
    return point.revision, not point.provisional, point.events, point.exposure


def _witness(point: Point | None) -> tuple[int, Fraction] | None:
    """What a point says of its period; None where it may not."""
    return (point.events, point.exposure) if point is not None and point.counts else None


def _baseline(
    state: ChartState, restated: Collection[str], now: dt.datetime, *, same_plan: bool
) -> tuple[Baseline | None, tuple[Event, ...]]:
    """The baseline that is in force now, where that of the state was before."""
    plan, current = state.plan, state.baseline
    if same_plan and not any(plan.first <= period <= plan.last for period in restated):
        return current, ()
    points = [state.points[period] for period in plan.periods if period in state.points]
    complete = len(points) == len(plan.periods) and all(point.counts for point in points)
    centre = _centre(plan.kind, points) if complete else None
    if centre is None:
        return None, (BaselineWithdrawn(state.measure, state.unit, current.version, now),) if current else ()
    baseline = Baseline(state.versions + 1, plan.first, plan.last, centre, now)
    return baseline, (BaselineFrozen(state.measure, state.unit, baseline),)


def _centre(kind: Kind, points: Sequence[Point]) -> Centre | None:
    """None for points without limits."""
    if kind is Kind.RUN:
        return Centre(kind, median([point.value for point in points]))
    try:
        return limits.centre(kind, points)
    except ValueError:
        return None


def _signals(
    state: ChartState, baseline: Baseline | None, restated: Collection[str], now: dt.datetime
) -> tuple[Signal, ...]:
    """What holds now; what held before is left as it was raised.

    Later points never change the signals of earlier ones, so while the baseline stands these are not looked at again.
    """
    last = state.plan.last
    if baseline is None:
        return ()
    since = min((period for period in restated if period > last), default=None)
    if baseline is not state.baseline:
        since = ""
    if since is None:
        return state.signals
    after = [point for point in state.points.values() if point.period > last and point.counts]
    first = sum(point.period < since for point in after)
    held = {signal.key: signal for signal in state.signals}
    found = [signal for signal in state.signals if signal.period < since]
    for place, rule, side in _found(state, baseline, after, first):
        point = after[place]
        signal = Signal(point.period, rule, side, point.revision, baseline.version, now)
        found.append(held.get(signal.key, signal))
    return tuple(found)


def _found(
    state: ChartState, baseline: Baseline, after: Sequence[Point], first: int
) -> Iterator[tuple[int, Rule, Side]]:
    """Rules that hold at points after the baseline, from the place ``first`` on."""
    if baseline.centre.kind is not Kind.RUN:
        start = max(0, first - LOOK_BACK)
        marks = [limits.mark(baseline.centre, point) for point in after[start:]]
        for found in rules.signals(marks, first - start):
            yield start + found.place, found.rule, found.side
        return
    values = [point.value for point in (*(state.points[period] for period in state.plan.periods), *after)]
    many = len(values) - len(after)
    before = runs(values[: many + first], baseline.centre.value)
    for place in range(first, len(after)):
        now = runs(values[: many + place + 1], baseline.centre.value)
        if now.signal and not before.signal and now.side is not None:
            yield place, Rule.RUNS, now.side
        before = now


def _changes(before: ChartState, after: ChartState, now: dt.datetime) -> Iterator[Event]:
    if before.signals == after.signals:
        return
    because = _because(before, after)
    held, holds = ({signal.key for signal in state.signals} for state in (before, after))
    for signal in before.signals:
        if signal.key not in holds:
            yield SignalRetracted(before.measure, before.unit, signal, because, now)
    for signal in after.signals:
        if signal.key not in held:
            yield SignalRaised(before.measure, before.unit, signal)


def _because(before: ChartState, after: ChartState) -> Because:
    if after.baseline is None:
        return Because.NO_BASELINE
    return Because.RESTATED if after.baseline == before.baseline else Because.NEW_BASELINE
