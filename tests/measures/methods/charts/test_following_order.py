"""Charts come to the same in any order of points, however often they are told, and their events add up."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.measures.domain.methods.charts.points import Point
from services.measures.domain.methods.charts.rules import Rule, Side
from services.measures.domain.methods.charts.state import (
    BaselineFrozen,
    BaselineWithdrawn,
    ChartState,
    Event,
    Signal,
    SignalRaised,
    SignalRetracted,
)
from tests.measures.methods.charts.figures import AFTER, BASELINE, quarters
from tests.measures.methods.charts.followed import NEW, PLAN, followed, keys

POINTS = st.builds(
    Point,
    period=st.sampled_from([point.period for point in (*BASELINE[:8], *AFTER)]),
    events=st.integers(5, 30),
    exposure=st.sampled_from([Fraction(1), Fraction(2)]),
    revision=st.integers(0, 3),
    provisional=st.booleans(),
)
SHORT = replace(NEW, plan=replace(PLAN, last="2007Q4"))
FULL = quarters([10, 12, 9, 11, 10, 13, 8, 10], [1] * 8)


def delivered(batches: Sequence[Sequence[Point]]) -> tuple[ChartState, list[Event]]:
    state, told = SHORT, list[Event]()
    for batch in batches:
        state, events = followed(state, batch)
        told += events
    return state, told


@settings(max_examples=150)
@given(st.lists(POINTS, max_size=25), st.randoms(use_true_random=False), st.integers(1, 5))
def test_the_order_and_repetition_of_points_do_not_change_what_holds(
    points: list[Point], random: Random, size: int
) -> None:
    shuffled = [*FULL, *points, *points[:5]]
    random.shuffle(shuffled)
    batches = [shuffled[start : start + size] for start in range(0, len(shuffled), size)]
    state, _ = delivered(batches)
    at_once, _ = followed(SHORT, [*FULL, *points])
    assert state.points == at_once.points
    assert sorted(keys(state)) == sorted(keys(at_once))
    assert (state.baseline is None) == (at_once.baseline is None)
    if state.baseline is not None and at_once.baseline is not None:
        assert state.baseline.centre == at_once.baseline.centre
    for batch in batches:
        assert followed(state, batch) == (state, ())


@settings(max_examples=150)
@given(st.lists(POINTS, max_size=25), st.integers(1, 5))
def test_the_events_told_add_up_to_what_holds(points: list[Point], size: int) -> None:
    every = [*FULL, *points]
    state, told = delivered([every[start : start + size] for start in range(0, len(every), size)])
    standing: dict[tuple[str, Rule, Side], Signal] = {}
    version: int | None = None
    for event in told:
        match event:
            case SignalRaised(signal=signal):
                assert signal.key not in standing
                standing[signal.key] = signal
            case SignalRetracted(signal=signal):
                assert standing.pop(signal.key) == signal
            case BaselineFrozen(baseline=baseline):
                version = baseline.version
            case BaselineWithdrawn():
                version = None
    assert standing == {signal.key: signal for signal in state.signals}
    assert version == (state.baseline.version if state.baseline else None)
    frozen = [event.baseline.version for event in told if isinstance(event, BaselineFrozen)]
    assert frozen == list(range(1, len(frozen) + 1))
    assert state.versions == len(frozen)
    assert all(not state.points[signal.period].provisional for signal in state.signals)
