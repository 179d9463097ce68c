"""Following a chart: what new and restated points change of its baseline and its signals, as events."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from services.measures.domain import periods
from services.measures.domain.methods.charts import limits, rules
from services.measures.domain.methods.charts.limits import Centre
from services.measures.domain.methods.charts.points import Kind, Point, fitting
from services.measures.domain.methods.charts.rules import Found, Rule
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
    held = _holding(state.points, arrived)
    if held == state.points and plan == state.plan:
        return state, ()
    followed, about_baseline = _with_baseline(replace(state, points=held, plan=plan), now)
    standing = {signal.key: signal for signal in _standing(followed, now)}
    raised_before = {signal.key: signal for signal in state.signals}
    gone = [signal for key, signal in raised_before.items() if key not in standing]
    new = [signal for key, signal in standing.items() if key not in raised_before]
    followed = replace(followed, signals=tuple(raised_before.get(key, signal) for key, signal in standing.items()))
    because = _because(state, followed)
    retracted = [SignalRetracted(state.measure, state.unit, signal, because, now) for signal in gone]
    raised = [SignalRaised(state.measure, state.unit, signal) for signal in new]
    return followed, (*about_baseline, *retracted, *raised)


def _check(plan: Plan, points: Sequence[Point]) -> None:
    fitting(plan.kind, points)
    for point in points:
        if periods.kind_of(point.period) is not periods.kind_of(plan.first):
            raise ValueError(f"period {point.period}: the chart has periods like {plan.first}")


def _holding(held: Mapping[str, Point], points: Iterable[Point]) -> dict[str, Point]:
    found = dict(held)
    for point in points:
        before = found.get(point.period)
        if before is None or _precedence(point) > _precedence(before):
            found[point.period] = point
    return dict(sorted(found.items()))


def _precedence(point: Point) -> tuple[int, bool, int, Fraction]:
    """The revision; what comes after it decides the same way in any order, should one revision be told twice."""
    return point.revision, not point.provisional, point.events, point.exposure


def _with_baseline(state: ChartState, now: dt.datetime) -> tuple[ChartState, tuple[Event, ...]]:
    points = [state.points[period] for period in state.plan.periods if period in state.points]
    complete = len(points) == len(state.plan.periods) and all(point.counts for point in points)
    current = state.baseline
    if complete and current is not None and _is_of(current, state.plan.kind, points):
        return state, ()
    centre = _centre(state.plan.kind, points) if complete else None
    if centre is None:
        if current is None:
            return state, ()
        return replace(state, in_force=False), (BaselineWithdrawn(state.measure, state.unit, current.version, now),)
    version = len(state.baselines) + 1
    baseline = Baseline(version, state.plan.first, state.plan.last, centre, tuple(points), now)
    frozen = replace(state, baselines=(*state.baselines, baseline), in_force=True)
    return frozen, (BaselineFrozen(state.measure, state.unit, baseline),)


def _centre(kind: Kind, points: Sequence[Point]) -> Centre | None:
    """None for points without limits."""
    if kind is Kind.RUN:
        return Centre(kind, median([point.value for point in points]))
    try:
        return limits.centre(kind, points)
    except ValueError:
        return None


def _is_of(baseline: Baseline, kind: Kind, points: Sequence[Point]) -> bool:
    return baseline.centre.kind is kind and _figures(baseline.points) == _figures(points)


def _figures(points: Sequence[Point]) -> list[tuple[int, Fraction]]:
    return [(point.events, point.exposure) for point in points]


def _standing(state: ChartState, now: dt.datetime) -> Iterator[Signal]:
    baseline = state.baseline
    if baseline is None:
        return
    after = [point for point in state.points.values() if point.period > state.plan.last and point.counts]
    for found in _found(baseline, after):
        point = after[found.place]
        yield Signal(point.period, found.rule, found.side, point.revision, baseline.version, now)


def _found(baseline: Baseline, after: Sequence[Point]) -> list[Found]:
    if baseline.centre.kind is not Kind.RUN:
        return rules.signals([limits.mark(baseline.centre, point) for point in after])
    values = [point.value for point in (*baseline.points, *after)]
    found, before = [], runs(values[: len(baseline.points)], baseline.centre.value)
    for place in range(len(after)):
        now = runs(values[: len(baseline.points) + place + 1], baseline.centre.value)
        if now.signal and not before.signal and now.side is not None:
            found.append(Found(place, Rule.RUNS, now.side))
        before = now
    return found


def _because(before: ChartState, after: ChartState) -> Because:
    if after.baseline is None:
        return Because.NO_BASELINE
    return Because.RESTATED if after.baseline == before.baseline else Because.NEW_BASELINE
