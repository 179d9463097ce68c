"""Charts that are followed: frozen baselines, restatements, retractions, and points in any order."""

from dataclasses import replace
from fractions import Fraction

import pytest

from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.rules import Rule, Side
from services.measures.domain.methods.charts.state import (
    BaselineFrozen,
    BaselineWithdrawn,
    Because,
    ChartState,
    Plan,
    Signal,
    SignalRaised,
    SignalRetracted,
)
from tests.measures.methods.charts.figures import AFTER, BASELINE, quarters
from tests.measures.methods.charts.followed import NEW, NOW, PLAN, followed, keys


def again(point: Point, events: int, *, provisional: bool = False) -> Point:
    """The next revision of a point."""
    return replace(point, events=events, revision=point.revision + 1, provisional=provisional)


WORKED, _ = followed(NEW, [*BASELINE, *AFTER])


def test_the_baseline_is_frozen_once_its_last_period_is_settled() -> None:
    state, events = followed(NEW, BASELINE[:-1])
    assert events == ()
    state, events = followed(state, [replace(BASELINE[-1], provisional=True)])
    assert (events, state.baseline) == ((), None)
    state, events = followed(state, [again(BASELINE[-1], 629)])
    [frozen] = events
    assert isinstance(frozen, BaselineFrozen)
    assert (frozen.baseline.version, frozen.baseline.first, frozen.baseline.last) == (1, "2006Q1", "2008Q4")
    assert float(frozen.baseline.centre.value) == pytest.approx(15.1726, abs=5e-5)
    assert (frozen.measure, frozen.unit, frozen.baseline.frozen_at) == ("rehospitalizations", "OH-1", NOW)


def test_the_second_new_quarter_of_the_worked_example_raises_its_signal() -> None:
    state, _ = followed(NEW, BASELINE)
    state, events = followed(state, AFTER[:1])
    assert events == ()
    _, events = followed(state, AFTER[1:2])
    signal = Signal("2009Q2", Rule.WE2, Side.LOW, revision=0, version=1, raised_at=NOW)
    assert events == (SignalRaised("rehospitalizations", "OH-1", signal),)


def test_a_provisional_point_never_signals_and_does_when_it_settles() -> None:
    state, _ = followed(NEW, BASELINE)
    far = Point(period="2009Q1", events=900, exposure=Fraction(41), provisional=True)
    state, events = followed(state, [far])
    assert (events, state.signals) == ((), ())
    state, events = followed(state, [again(far, 900)])
    assert [event.signal.rule for event in events if isinstance(event, SignalRaised)] == [Rule.WE1]


def test_points_of_the_baseline_do_not_signal_nor_take_part_in_later_signals() -> None:
    high = quarters([400] * 4 + [620] * 7 + [700], [40] * 12)
    _, events = followed(NEW, [*high, *quarters([700], [40], "2009Q1")])
    raised = [event.signal.key for event in events if isinstance(event, SignalRaised)]
    assert raised == [("2009Q1", Rule.WE1, Side.HIGH)]  # with the last of the baseline WE2 would hold too


def test_late_data_in_the_baseline_make_a_new_version_and_retract_what_no_longer_holds() -> None:
    lower = [again(point, round(point.events * 0.9)) for point in BASELINE]
    state, events = followed(WORKED, lower)
    frozen, *rest = events
    assert isinstance(frozen, BaselineFrozen)
    assert frozen.baseline.version == 2
    assert {(type(event), event.because) for event in rest if isinstance(event, SignalRetracted)} == {
        (SignalRetracted, Because.NEW_BASELINE)
    }
    assert len(rest) == len(WORKED.signals)
    assert state.signals == ()
    assert (state.baseline, state.versions) == (frozen.baseline, 2)


def test_one_event_moved_between_two_baseline_periods_is_a_new_version_though_the_centre_stays() -> None:
    moved = [again(BASELINE[0], 611), again(BASELINE[1], 599)]
    state, events = followed(WORKED, moved)
    assert WORKED.baseline is not None
    assert state.baseline is not None
    assert (state.baseline.version, state.baseline.centre) == (2, WORKED.baseline.centre)
    assert state.signals == WORKED.signals
    assert len(events) == 1


def test_a_revision_that_leaves_the_figure_as_it_was_makes_no_new_version() -> None:
    state, events = followed(WORKED, [again(BASELINE[3], BASELINE[3].events)])
    assert (events, state.baseline) == ((), WORKED.baseline)


def test_a_restatement_that_removes_a_signal_retracts_it_and_leaves_the_others() -> None:
    state, _ = followed(NEW, [*BASELINE, *quarters([800, 610, 400], [40] * 3, "2009Q1")])
    assert keys(state) == [("2009Q1", Rule.WE1, Side.HIGH), ("2009Q3", Rule.WE1, Side.LOW)]
    later, events = followed(state, [Point(period="2009Q1", events=600, exposure=Fraction(40), revision=4)])
    gone = state.signals[0]
    assert events == (SignalRetracted("rehospitalizations", "OH-1", gone, Because.RESTATED, NOW),)
    assert later.signals == state.signals[1:]


def test_a_signal_that_changes_its_side_is_retracted_and_raised_anew() -> None:
    state, _ = followed(NEW, [*BASELINE, *quarters([800], [40], "2009Q1")])
    state, events = followed(state, [again(state.points["2009Q1"], 400)])
    assert [type(event) for event in events] == [SignalRetracted, SignalRaised]
    assert keys(state) == [("2009Q1", Rule.WE1, Side.LOW)]


def test_a_signal_keeps_the_revision_that_fired_it() -> None:
    state, _ = followed(NEW, [*BASELINE, *quarters([800], [40], "2009Q1")])
    later, events = followed(state, [again(state.points["2009Q1"], 790)])
    assert (events, later.signals) == ((), state.signals)
    assert later.signals[0].revision == 0


def test_a_withdrawn_figure_of_the_baseline_withdraws_it_with_its_signals() -> None:
    nothing = replace(BASELINE[5], events=0, exposure=Fraction(0), revision=1)
    state, events = followed(WORKED, [nothing])
    assert events[0] == BaselineWithdrawn("rehospitalizations", "OH-1", 1, NOW)
    assert {event.because for event in events if isinstance(event, SignalRetracted)} == {Because.NO_BASELINE}
    assert (state.baseline, state.signals) == (None, ())
    back, events = followed(state, [replace(BASELINE[5], revision=2)])
    assert back.baseline is not None
    assert (back.baseline.version, keys(back)) == (2, keys(WORKED))


def test_a_figure_told_late_between_others_changes_their_signals() -> None:
    seven = quarters([590] * 3 + [590] * 5, [41] * 8, "2009Q1")
    state, _ = followed(NEW, [*BASELINE, *seven[:3], *seven[4:]])
    assert Rule.WE4 not in {rule for _, rule, _ in keys(state)}
    state, _ = followed(state, [seven[3]])
    assert ("2010Q4", Rule.WE4, Side.LOW) in keys(state)


def test_a_baseline_without_events_is_not_frozen() -> None:
    state, events = followed(NEW, quarters([0] * 12, [40] * 12))
    assert (events, state.baseline) == ((), None)


def test_a_run_chart_signals_where_its_run_grows_too_long() -> None:
    plan = Plan(Kind.RUN, "2006Q1", "2008Q4")
    state, events = follow(ChartState("falls", "015009", plan), [*BASELINE, *AFTER], NOW)
    assert [type(event) for event in events] == [BaselineFrozen]  # measures research §8.4: no signal in 16
    low = quarters([500] * 9, [40] * 9, "2010Q1")
    first = [follow(state, low[:many], NOW)[0].signals for many in range(10)]
    # With n values off the median and the run begun in 2009Q1, the run is n - 12; it passes round(log2 n) + 3 at 20.
    assert [len(signals) for signals in first] == [0, 0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert first[-1][0].key == ("2010Q4", Rule.RUNS, Side.LOW)


@pytest.mark.parametrize(
    ("point", "rule"),
    [
        (Point(period="2009-01", events=1, exposure=Fraction(1)), "period 2009-01: the chart has periods like 2006Q1"),
        (Point(period="2009Q1", events=2, exposure=Fraction(1)), "period 2009Q1: a share"),
    ],
)
def test_points_the_chart_cannot_show_are_refused_by_name(point: Point, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        followed(replace(NEW, plan=replace(PLAN, kind=Kind.P)), [point])


def test_a_baseline_of_few_periods_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 8 periods"):
        Plan(Kind.U, "2006Q1", "2007Q3")
