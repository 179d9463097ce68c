"""Draws what goes through time: control and run charts, goal lines, and what changed with an intervention."""

import itertools
import math
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes

from services.measures.pictures.control import Chart, Dot
from services.measures.pictures.drawing import labels
from services.measures.pictures.drawing.canvas import Canvas
from services.measures.pictures.drawing.labels import Beside
from services.measures.pictures.drawing.style import BLACK, BLUE, GREEN, GREY, SHADE, SMALLEST, VERMILLION
from services.measures.pictures.effect import Change
from services.measures.pictures.goal import GoalLine

ROOM = (0.085, 0.80)
HEADROOM = 0.08
TOP = 0.2  # for words above the points


def chart(canvas: Canvas, scene: Chart) -> None:
    """Circles of figures, diamonds of signals, hollow what is provisional; limits as steps."""
    axes = _axes(canvas, scene.ticks)
    _scale(axes, scene.dots, [level.value for level in (scene.centre, scene.goal, *scene.earlier) if level is not None])
    beside = _limits(axes, scene.dots)
    if scene.shade is not None:
        axes.axvspan(scene.shade.first - 0.5, scene.shade.last + 0.5, color=SHADE, lw=0, zorder=0)
        _inside(canvas, axes, scene.shade.first - 0.4, scene.shade.last + 0.4, scene.shade.words)
    if scene.centre is not None:
        axes.axhline(scene.centre.value, color=BLACK, lw=2.5)
        beside.append(Beside(scene.centre.value, scene.centre.words, BLACK))
    if scene.goal is not None:
        axes.axhline(scene.goal.value, color=GREEN, lw=3, ls=(0, (6, 2, 1, 2)))
        beside.append(Beside(scene.goal.value, scene.goal.words, GREEN))
    for level in scene.earlier:
        axes.axhline(level.value, color=GREY, lw=2, ls=(0, (1, 2)))
        beside.append(Beside(level.value, level.words, GREY))
    _points(axes, scene.dots)
    values = {dot.place: dot.value for dot in scene.dots}
    for one in scene.gone:
        axes.plot([one.place], [values[one.place]], marker="o", ms=24, mfc="none", mec=GREY, mew=3, ls="none", zorder=5)
    for mark in scene.marks:
        if mark.number is not None:
            axes.annotate(
                str(mark.number),
                (mark.place, values[mark.place]),
                xytext=(0, 16),
                textcoords="offset points",
                ha="center",
                fontsize=SMALLEST,
                fontweight="bold",
                color=VERMILLION,
            )
    labels.along(canvas, axes, scene.ticks, scene.x, scene.y)
    labels.at_right(canvas, axes, beside)


def goal(canvas: Canvas, scene: GoalLine) -> None:
    """Figures with their intervals, the goal, and the path to it."""
    axes = _axes(canvas, scene.ticks)
    levels = [level.value for level in (scene.target, scene.baseline) if level is not None]
    _scale(axes, scene.dots, levels)
    beside = [Beside(scene.target.value, scene.target.words, GREEN)]
    axes.axhline(scene.target.value, color=GREEN, lw=3, ls=(0, (6, 2, 1, 2)))
    if scene.baseline is not None:
        axes.axhline(scene.baseline.value, color=BLACK, lw=2)
        beside.append(Beside(scene.baseline.value, scene.baseline.words, BLACK))
    if scene.path is not None:
        (first, start), (last, end) = scene.path
        axes.plot([first, last], [start, end], color=GREY, lw=2.5, ls=":")
        axes.annotate("Path to the goal", ((first + last) / 2, (start + end) / 2), xytext=(8, 10),
                      textcoords="offset points", fontsize=SMALLEST, color=GREY)  # fmt: skip
    for dot in scene.dots:
        if dot.high is not None:
            axes.plot([dot.place, dot.place], [dot.low or 0.0, dot.high], color=BLUE, lw=2.5, alpha=0.6)
    _points(axes, scene.dots)
    labels.along(canvas, axes, scene.ticks, scene.x, scene.y)
    labels.at_right(canvas, axes, beside)


def change(canvas: Canvas, scene: Change) -> None:
    """One line full with circles, the other dashed with squares; a bar where the intervention begins."""
    axes = _axes(canvas, scene.ticks)
    _bounds(axes, [value for path in scene.paths for _, value in path.points])
    beside = []
    looks = ((BLUE, "-", "o"), (VERMILLION, "--", "s"))
    for path, (colour, line, marker) in zip(scene.paths, looks, strict=False):
        places, values = zip(*path.points, strict=True)
        axes.plot(places, values, color=colour, ls=line, lw=3.5, marker=marker, ms=10)
        beside.append(Beside(values[-1], path.words, colour))
    axes.axvspan(scene.begin - 0.5, len(scene.ticks) - 0.5, color=SHADE, lw=0, zorder=0)
    axes.axvline(scene.begin - 0.5, color=BLACK, lw=2.5)
    _inside(canvas, axes, scene.begin - 0.4, len(scene.ticks) - 0.5, scene.begin_words)
    labels.along(canvas, axes, scene.ticks, scene.x, scene.y)
    labels.at_right(canvas, axes, beside)


def _axes(canvas: Canvas, ticks: Sequence[str]) -> Axes:
    axes = canvas.axes(*ROOM)
    box = axes.get_position()
    axes.set_position((box.x0, box.y0, box.width, box.height - 0.045))  # for the name of the axis
    axes.set_xlim(-0.6, len(ticks) - 0.4)
    labels.numbered(axes)
    return axes


def _scale(axes: Axes, dots: Iterable[Dot], levels: Sequence[float]) -> None:
    found = [*levels]
    for dot in dots:
        found += [one for one in (dot.value, dot.low, dot.high) if one is not None]
    _bounds(axes, found)


def _bounds(axes: Axes, found: Sequence[float]) -> None:
    """From a little below to a little above, from 0 where that is near, room for words at the top."""
    low, high = min(found), max(found)
    spread = high - low or abs(high) or 1.0
    bottom = 0.0 if 0 <= low < spread else low - HEADROOM * spread
    axes.set_ylim(bottom, high + TOP * spread)


def _limits(axes: Axes, dots: Sequence[Dot]) -> list[Beside]:
    """Steps of both limits; a lower one at 0 is the axis itself."""
    found = []
    for side, name in (("high", "Upper limit"), ("low", "Lower limit")):
        known = [(dot.place, getattr(dot, side)) for dot in dots if getattr(dot, side) is not None]
        if not known or not any(value for _, value in known):
            continue
        for place, value in known:
            axes.plot([place - 0.5, place + 0.5], [value, value], color=GREY, lw=2.5, solid_capstyle="butt")
        for (one, before), (later, after) in itertools.pairwise(known):
            if later == one + 1:
                axes.plot([one + 0.5, one + 0.5], [before, after], color=GREY, lw=2.5)
        found.append(Beside(known[-1][1], name, GREY))
    return found


def _points(axes: Axes, dots: Sequence[Dot]) -> None:
    line = [math.nan] * (dots[-1].place + 1)
    for dot in dots:
        line[dot.place] = dot.value
    axes.plot(range(len(line)), line, color=BLUE, lw=2.5, zorder=3)
    for dot in dots:
        colour, marker, size = (VERMILLION, "D", 14.0) if dot.signal else (BLUE, "o", 11.0)
        axes.plot(
            [dot.place], [dot.value], marker=marker, ms=size, mec=colour, mew=2.5,
            mfc="white" if dot.hollow else colour, ls="none", zorder=4,
        )  # fmt: skip


def _inside(canvas: Canvas, axes: Axes, first: float, last: float, words: str) -> None:
    """Words at the top between two places, shortened to them."""
    low, high = axes.get_xlim()
    room = max(0.12, (last - first) / (high - low) * axes.get_position().width)
    text = canvas.fitting(words, SMALLEST, room)
    axes.annotate(text, (first, 1.0), xycoords=("data", "axes fraction"), xytext=(4, -4), textcoords="offset points",
                  ha="left", va="top", fontsize=SMALLEST, color=BLACK)  # fmt: skip
