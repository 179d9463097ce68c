"""Control and run charts: centre, limits, baseline, signals in words, and what is provisional, in scene and SVG."""

from dataclasses import replace
from fractions import Fraction

import pytest

from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.methods.charts.state import Because
from services.measures.pictures import control
from services.measures.pictures.signals import Retracted
from services.measures.pictures.told import SMALL_NOTE, Better, Level
from tests.measures.methods.charts.figures import AFTER, BASELINE, quarters
from tests.measures.pictures import scenes
from tests.measures.pictures.svg import Read


def test_the_chart_has_centre_and_limits_of_the_worked_example() -> None:
    # Measures research §1.3, example 3: centre 15.1726, limits of 2009Q1 13.3521 to 16.9932, its value 13.8592.
    scene = scenes.control_chart()
    assert scene.centre is not None
    assert round(scene.centre.value, 4) == 15.1726
    first_after = scene.dots[12]
    assert first_after.low is not None
    assert first_after.high is not None
    assert [round(one, 4) for one in (first_after.value, first_after.low, first_after.high)] == [
        13.8592,
        13.3521,
        16.9932,
    ]


def test_values_limits_centre_are_all_in_the_unit_of_the_picture() -> None:
    once, thousand = (
        control.chart(scenes.followed([*BASELINE, *AFTER]), scenes.about(scale=Fraction(scale))) for scale in (1, 1000)
    )
    assert once.centre is not None
    assert thousand.centre is not None
    assert thousand.centre.value == pytest.approx(1000 * once.centre.value)
    for one, other in zip(once.dots, thousand.dots, strict=True):
        assert one.low is not None
        assert one.high is not None
        assert (other.value, other.low, other.high) == pytest.approx(
            (1000 * one.value, 1000 * one.low, 1000 * one.high)
        )


def test_signals_are_told_in_words_with_their_period_and_whether_they_are_good() -> None:
    scene = scenes.control_chart()
    first = scene.marks[0]
    assert (first.number, scene.ticks[first.place]) == (1, "Q2 2009")
    assert first.words == "Q2 2009: 2 of 3 points beyond 2 sigma on one side, low, for the better"
    assert scene.told.headline == "Signal of change for the better since Q2 2009"
    worse = control.chart(scenes.followed([*BASELINE, *AFTER]), scenes.about(better=Better.HIGHER))
    assert worse.told.headline == "Signal of change for the worse since Q2 2009"


def test_the_svg_says_what_the_scene_says() -> None:
    scene = scenes.control_chart()
    read = Read(scene)
    for text in (
        "Signal of change for the better since Q2 2009",
        "River Home",
        "Falls of residents",
        "Falls per 1,000 resident days",
        "Quarter",
        "↓ Lower is better",
        "Upper limit",
        "Lower limit",
        "Centre 15.2",
        "Goal 13.5",
        "Baseline",
        "Signal 1, Q2 2009: 2 of 3 points beyond 2 sigma on one side, low, for the better",
        "Baseline Q1 2006 to Q4 2008, frozen; u chart, limits at 3 sigma.",
        "Source: the home's own counts; as of 2020-05-01. 1 figure is provisional (hollow) and may change.",
        "1",
        "2",
        "3",
    ):
        assert text in read.texts, text
    assert read.title == scene.told.headline
    assert "Q2 2009: 13.7, limits 13.4 to 17, signal" in read.description
    assert "Q1 2010: 15.4, provisional" in read.description


def test_a_provisional_point_is_hollow_and_bears_no_signal() -> None:
    far = Point(period="2010Q1", events=9999, exposure=Fraction(41), provisional=True)
    scene = control.chart(scenes.followed([*BASELINE, *AFTER, far]), scenes.about())
    assert [(dot.label, dot.signal) for dot in scene.dots if dot.hollow] == [("Q1 2010", False)]
    assert "Q1 2010" not in " ".join(mark.words for mark in scene.marks)


def test_a_restated_baseline_is_shaded_with_its_new_version_beside_the_centre_of_the_one_before() -> None:
    scene = scenes.restated_chart()
    assert scene.shade == control.Shade(0, 11, "Baseline, version 2")
    assert "version 2, frozen" in scene.told.notes[0]
    # Measures research §1.3, example 3: 15.1726 before the restatement.
    assert [(round(one.value, 4), one.words) for one in scene.earlier] == [(15.1726, "Version 1: 15.2")]
    assert "Centre in earlier versions of the baseline: 1 (15.2) until 2020-05-01." in scene.told.notes
    read = Read(scene)
    assert {"Baseline, version 2", "Version 1: 15.2"} <= set(read.texts)
    assert "Earlier centres: Version 1: 15.2." in read.description


def test_a_signal_taken_back_has_a_ring_and_says_why_and_since_when() -> None:
    scene = scenes.restated_chart()
    (gone,) = scene.gone
    assert scene.ticks[gone.place] == "Q1 2009"
    said = "a point beyond 3 sigma, high; taken back on 2020-05-01, because a figure of the period or of one before it"
    assert gone.words.startswith(f"Q1 2009: {said} was restated")
    assert any(said in text.replace("\n", " ") for text in (" ".join(Read(scene).texts),))
    assert "Signal there was at Q1 2009" in Read(scene).description


def test_a_signal_raised_again_is_not_told_as_taken_back() -> None:
    state = scenes.followed([*BASELINE, *AFTER])
    past = control.Past(signals=[Retracted(one, Because.RESTATED, scenes.NOW) for one in state.signals])
    assert control.chart(state, scenes.about(), past=past).gone == ()


def test_a_chart_nobody_follows_has_a_baseline_without_versions() -> None:
    scene = control.chart(scenes.followed([*BASELINE, *AFTER]), scenes.about())
    assert scene.shade == control.Shade(0, 11, "Baseline")
    assert "version" not in " ".join([*scene.told.notes, *Read(scene).texts])


def test_a_retracted_signal_is_gone_from_the_picture() -> None:
    state = scenes.followed([*BASELINE, *AFTER])
    settled = [replace(point, events=round(15 * point.exposure), revision=1) for point in AFTER]
    scene = control.chart(follow(state, settled, scenes.NOW)[0], scenes.about())
    assert scene.marks == ()
    assert scene.told.headline == "No signal of change since the baseline"


def test_without_a_whole_baseline_there_are_points_and_no_limits_and_the_reason() -> None:
    scene = control.chart(scenes.followed(BASELINE[1:]), scenes.about())
    assert (scene.centre, scene.shade, {dot.high for dot in scene.dots}) == (None, None, {None})
    assert scene.told.headline == "No baseline yet: figures without limits"
    assert scene.told.notes == ("The baseline Q1 2006 to Q4 2008 needs a settled figure in every period, and events.",)
    assert "Upper limit" not in Read(scene).texts


def test_a_period_without_a_figure_leaves_its_place_empty() -> None:
    scene = control.chart(scenes.followed([*BASELINE, *AFTER[1:]]), scenes.about())
    assert len(scene.ticks) == 16
    assert 12 not in {dot.place for dot in scene.dots}
    assert scene.ticks[12] == "Q1 2009"


def test_a_run_chart_has_a_median_and_no_limits() -> None:
    # Measures research §8.4: median of the first twelve 15.15 of values to one place; no signal.
    values = [
        Point(period=point.period, events=round(10 * point.value), exposure=Fraction(10))
        for point in (*BASELINE, *AFTER)
    ]
    scene = control.chart(scenes.followed(values, Kind.RUN), scenes.about())
    assert scene.centre == Level(15.15, "Median 15.2")
    assert {(dot.low, dot.high) for dot in scene.dots} == {(None, None)}
    read = Read(scene)
    assert "Median 15.2" in read.texts
    assert "No signal of change since the baseline" in read.texts
    assert "Upper limit" not in read.texts


def test_of_many_signals_the_first_and_the_last_are_numbered_and_all_are_described() -> None:
    far = quarters([900] * 9, [41] * 9, "2009Q1")
    scene = control.chart(scenes.followed([*BASELINE, *far]), scenes.about())
    numbered = [scene.ticks[mark.place] for mark in scene.marks if mark.number is not None]
    assert numbered == ["Q1 2009", "Q4 2010", "Q1 2011"]
    assert scene.told.remarks[-1] == "6 more points signal (all in the description)"
    assert scene.told.remarks[2].startswith("Signal 3, Q1 2011: a point beyond 3 sigma, high, for the worse, and ")
    described = Read(scene).description
    assert all(f"Signal at {scene.ticks[mark.place]}" in described for mark in scene.marks)
    assert len(scene.marks) == 9


def test_small_counts_are_said_to_be_for_inside() -> None:
    few = quarters([1] * 12, [1] * 12)
    assert SMALL_NOTE in control.chart(scenes.followed(few), scenes.about()).told.notes
    none = quarters([11] * 11 + [0], [1] * 12)
    assert SMALL_NOTE not in control.chart(scenes.followed(none), scenes.about()).told.notes


def test_a_chart_without_any_figure_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one period with a figure"):
        control.chart(scenes.followed([]), scenes.about())
