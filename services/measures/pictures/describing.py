"""A picture in words: everything it shows, for readers who do not see it and for the command line."""

from collections.abc import Iterator
from functools import singledispatch

from services.measures.pictures import words
from services.measures.pictures.control import Chart, Dot
from services.measures.pictures.disparity import Compared
from services.measures.pictures.effect import Change
from services.measures.pictures.funnel import Funnel
from services.measures.pictures.goal import GoalLine
from services.measures.pictures.ranking import Bars
from services.measures.pictures.told import Told

Scene = Chart | Funnel | GoalLine | Bars | Compared | Change


def described(scene: Scene) -> list[str]:
    """The lines of the description, the headline first."""
    told = scene.told
    return [*_head(told), *_shown(scene), *told.notes, told.foot]


def _head(told: Told) -> list[str]:
    return [f"{told.headline}.", f"{told.subject}: {told.measure}. {told.better}."]


@singledispatch
def _shown(scene: Scene) -> Iterator[str]:
    raise TypeError(f"{type(scene).__name__} is no scene")


@_shown.register
def _chart(scene: Chart) -> Iterator[str]:
    levels = [level.words for level in (scene.centre, scene.goal) if level is not None]
    if levels:
        yield f"{', '.join(levels)} ({scene.y})."
    for dot in scene.dots:
        bounded = dot.low is not None and dot.high is not None
        limits = f", limits {words.between(dot.low, dot.high)}" if bounded else ""
        yield f"{_point(dot)}{limits}{', signal' if dot.signal else ''}"
    yield from (f"Signal at {mark.words}." for mark in scene.marks)
    yield from (f"Signal there was at {one.words}." for one in scene.gone)
    if scene.earlier:
        yield f"Earlier centres: {', '.join(level.words for level in scene.earlier)}."


@_shown.register
def _goal(scene: GoalLine) -> Iterator[str]:
    levels = [level.words for level in (scene.baseline, scene.target) if level is not None]
    yield f"{', '.join(levels)} ({scene.y}). {scene.x}s from {scene.ticks[0]} to {scene.ticks[-1]}."
    for dot in scene.dots:
        limits = words.between(dot.low, dot.high)
        yield f"{_point(dot)}{f' ({limits})' if limits else ''}"


@_shown.register
def _funnel(scene: Funnel) -> Iterator[str]:
    yield f"{scene.target.words} ({scene.y}), by {scene.x}."
    places = ("inside", "beyond the inner limit", "beyond the outer limit")
    for spot in sorted(scene.spots, key=lambda one: (-one.outside, one.name)):
        if spot.outside or spot.own:
            side = f", {'better' if spot.better else 'worse'}" if spot.outside else ""
            value = f"{words.number(spot.value)} of {words.number(spot.size)}"
            yield f"{spot.name}: {value}, {places[spot.outside]}{side}{', provisional' if spot.hollow else ''}"


@_shown.register
def _bars(scene: Bars) -> Iterator[str]:
    for bar in scene.bars:
        own = ", its own place" if bar.own else ""
        yield f"{bar.place}. {bar.name}: {bar.words}{', flagged' if bar.flagged else ''}{own}"


@_shown.register
def _compared(scene: Compared) -> Iterator[str]:
    for side in scene.sides:
        yield f"{side.name}: {side.words} ({scene.x})"
    yield f"Ratio: {scene.ratio.words}."


@_shown.register
def _change(scene: Change) -> Iterator[str]:
    yield from scene.told.remarks
    yield f"{scene.begin_words} ({scene.y})."
    for path in scene.paths:
        said = ", ".join(f"{scene.ticks[place]} {words.number(value)}" for place, value in path.points)
        yield f"{path.words}: {said}"


def _point(dot: Dot) -> str:
    return f"{dot.label}: {words.number(dot.value)}{', provisional' if dot.hollow else ''}"
