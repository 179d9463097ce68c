"""The funnel of a nation: who is marked, numbered and named, what lies beyond the scale, and what lies on top."""

import itertools
from fractions import Fraction

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

from services.measures.pictures import drawing, funnel
from services.measures.pictures.drawing import style
from tests.measures.pictures import scenes
from tests.measures.pictures.svg import Read


def nation(many: int = 1_000) -> list[funnel.Member]:
    """Homes of 40 to 639 residents at a fifth, four far above, two far below, and a tiny one where all have it."""
    homes = [
        funnel.Member(name=f"Home {place}", events=round(size / 5), exposure=Fraction(size))
        for place, size in enumerate(40 + number * 600 // many for number in range(many))
    ]
    above = [_far(f"High {events}", events, 400) for events in (190, 180, 170, 160)]
    below = [_far(f"Low {events}", events, 400) for events in (15, 25)]
    # Of 600 some 150 are at the outer limit (0.2 + 3.09 sigma): 5 beyond, while of 400 with 160 there are 55.
    return [*homes, *above, *below, _far("Tiny", 5, 5), _far("Large", 155, 600)]


def _far(name: str, events: int, size: int, *, own: bool = False) -> funnel.Member:
    return funnel.Member(name=name, events=events, exposure=Fraction(size), own=own)


def crowd(*more: funnel.Member) -> funnel.Funnel:
    told = scenes.about(axis="Percent", scale=Fraction(100), subject="The nation")
    return funnel.funnel([*nation(), *more], told, size="Residents", share=True, target=Fraction(1, 5))


def test_those_with_most_events_beyond_the_limits_are_numbered_and_named_above_in_words() -> None:
    scene = crowd()
    assert {spot.name for spot in scene.spots if spot.named} == {
        "High 190", "High 180", "High 170", "High 160", "Low 15", "Low 25"}  # fmt: skip
    assert sorted(spot.number for spot in scene.spots if spot.number) == [1, 2, 3, 4, 5, 6]
    read = Read(scene)
    for spot in scene.spots:
        if spot.number is not None:
            assert f"{spot.number}  {spot.name}: {round(spot.value, 2):g}" in read.texts
            assert str(spot.number) in read.texts
    assert {"Outer limit", "Inner limit", "Target 20"} <= set(read.texts)
    assert funnel.OF_CROWD in read.texts


def test_an_own_unit_is_numbered_too_wherever_it_lies() -> None:
    scene = crowd(_far("River Home", 60, 300, own=True))
    (own,) = (spot for spot in scene.spots if spot.own)
    assert own.number is not None
    assert f"{own.number}  River Home: 20" in Read(scene).texts


def test_what_lies_above_the_scale_is_counted_in_words_and_drawn_at_its_end() -> None:
    scene = crowd()
    assert scene.top is not None
    assert max(spot.value for spot in scene.spots if spot.named) < scene.top < 100
    assert "1 facility above the scale drawn at its upper end." in scene.told.notes
    with style.drawing():
        canvas = drawing.canvas_of(scene)
    (axes,) = canvas.figure.axes
    assert axes.get_ylim() == (0, scene.top)
    drawn = [float(max(np.asarray(line.get_ydata()))) for line in axes.lines if line.get_marker() == "D"]
    assert max(drawn) == scene.top


def test_limits_and_numbers_lie_above_the_dots_of_a_crowd() -> None:
    with style.drawing():
        canvas = drawing.canvas_of(crowd())
    (axes,) = canvas.figure.axes
    lines = [line for line in axes.lines if isinstance(line, Line2D)]
    dots = [line.get_zorder() for line in lines if line.get_marker() == "o"]
    limits = [line.get_zorder() for line in lines if line.get_linestyle() in {"-", "--"}]
    assert len(limits) == 5
    assert min(limits) > max(dots)
    assert not axes.findobj(PathCollection)


def test_a_crowd_is_drawn_from_the_smallest_size_as_multiples_and_a_few_are_not() -> None:
    scene = crowd()
    assert scene.sizes[0] == 5
    assert scene.sizes[-1] > 639
    assert not scenes.funnel_plot().crowd
    assert scenes.funnel_plot().top is None


def test_names_of_a_few_stay_within_the_picture_however_many_lie_low() -> None:
    members = [funnel.Member(name=f"Low lying home number {n}", events=0, exposure=Fraction(900 + n)) for n in range(6)]
    rest = [funnel.Member(name=str(n), events=200, exposure=Fraction(1000)) for n in range(4)]
    told = scenes.about(axis="Percent", scale=Fraction(100))
    scene = funnel.funnel([*members, *rest], told, size="Residents", share=True, target=Fraction(1, 5))
    with style.drawing():
        canvas = drawing.canvas_of(scene)
    (axes,) = canvas.figure.axes
    box = axes.get_position()
    names = [one for one in canvas.figure.texts if one.get_text().startswith("Low lying")]
    heights = sorted(one.get_position()[1] for one in names if isinstance(one, Text))
    assert len(heights) == 6
    assert heights[0] >= box.y0
    step = style.leading(style.SMALLEST)
    assert all(later - one > step - 1e-9 for one, later in itertools.pairwise(heights))
