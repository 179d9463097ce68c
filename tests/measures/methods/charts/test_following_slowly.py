"""Following a chart by what changed comes to the same as making it anew from everything that was ever told."""

import datetime as dt
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from services.measures.domain import periods
from services.measures.domain.methods.charts import kept
from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.state import (
    BaselineFrozen,
    BaselineWithdrawn,
    Because,
    ChartState,
    Event,
    Plan,
    SignalRaised,
    SignalRetracted,
)
from tests.measures.methods.charts.slowly import Slow

NOW = dt.datetime(2010, 3, 1, tzinfo=dt.UTC)
NAMES = [periods.shift("2006Q1", number) for number in range(22)]
BECAUSE = {Because.NO_BASELINE: "no", Because.NEW_BASELINE: "new", Because.RESTATED: "restated"}
# Few different values, so that points often lie on the centre and on limits; one far away; parts that do not reduce.
POINTS = st.builds(
    Point,
    period=st.sampled_from(NAMES),
    events=st.sampled_from([1, 8, 9, 10, 11, 12, 14, 16, 19]),
    exposure=st.sampled_from([Fraction(20), Fraction(41, 2), Fraction(19_000_001, 1_000_000), Fraction(40)]),
    revision=st.integers(0, 3),
    provisional=st.sampled_from([False, False, False, True]),
) | st.builds(Point, period=st.sampled_from(NAMES), events=st.just(0), exposure=st.just(Fraction(0)))
WHOLE = st.lists(
    st.tuples(st.sampled_from([8, 9, 10, 11, 12, 14]), st.sampled_from([20, 40])), min_size=12, max_size=22
)


def words(event: Event) -> tuple[object, ...]:
    match event:
        case BaselineFrozen(baseline=baseline):
            return "frozen", baseline.version, baseline.centre.value, baseline.centre.spread
        case BaselineWithdrawn(version=version):
            return "withdrawn", version
        case SignalRetracted(signal=signal, because=because):
            return "retracted", signal.key, BECAUSE[because]
        case SignalRaised(signal=signal):
            return "raised", signal.key


def compared(kind: Kind, batches: list[tuple[list[Point], bool]]) -> None:
    """Follow both ways; a batch comes with whether the baseline is named otherwise from then on."""
    usual, other = Plan(kind, NAMES[0], NAMES[8]), Plan(kind, NAMES[2], NAMES[10])
    state, slow = ChartState("falls", "015009", usual), Slow(usual)
    for number, (points, elsewhere) in enumerate(batches):
        now, plan = NOW + dt.timedelta(days=number), other if elsewhere else usual
        state, events = follow(kept.decode(kept.encode(state)), points, now, plan)
        assert [words(event) for event in events] == slow.take(points, now, plan)
        assert dict(state.points) == slow.held
        raised = [(signal.key, (signal.revision, signal.version, signal.raised_at)) for signal in state.signals]
        assert raised == list(slow.signals.items())
        assert (state.baseline is None, state.versions) == (slow.figures is None, slow.version)


@settings(max_examples=300)
@given(
    st.sampled_from(list(Kind)),
    WHOLE,
    st.lists(st.tuples(st.lists(POINTS, max_size=4), st.booleans()), max_size=12),
)
def test_restated_figures_change_a_chart_as_making_it_anew_does(
    kind: Kind, whole: list[tuple[int, int]], later: list[tuple[list[Point], bool]]
) -> None:
    full = [Point(period=NAMES[at], events=one, exposure=Fraction(of)) for at, (one, of) in enumerate(whole)]
    compared(kind, [([], False), (full, False), *later])


@settings(max_examples=300)
@given(
    st.sampled_from(list(Kind)),
    st.sampled_from([-4, -2, 2, 4]),
    st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=13, max_size=13),
    st.lists(st.integers(9, 21), max_size=3),
)
def test_a_shift_signals_quarter_by_quarter_as_making_the_chart_anew_does(
    kind: Kind, shift: int, noise: list[int], again: list[int]
) -> None:
    calm = [10, 12, 9, 11, 10, 13, 8, 10, 10]
    moved = [10 + shift + (more if shift > 0 else -more) for more in noise]
    quarters = [
        Point(period=name, events=events, exposure=Fraction(20))
        for name, events in zip(NAMES, [*calm, *moved], strict=True)
    ]
    back = [Point(period=NAMES[at], events=10, exposure=Fraction(20), revision=1) for at in again]
    compared(kind, [(quarters[:9], False), *(([point], False) for point in (*quarters[9:], *back))])
