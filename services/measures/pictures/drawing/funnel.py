"""Draws funnels: limits as lines, units as dots, those outside as diamonds or triangles with names or numbers."""

from collections.abc import Sequence

from matplotlib import patheffects
from matplotlib.axes import Axes

from services.measures.pictures import words
from services.measures.pictures.drawing import labels
from services.measures.pictures.drawing.canvas import Canvas
from services.measures.pictures.drawing.labels import Beside
from services.measures.pictures.drawing.style import BLACK, BLUE, GREEN, GREY, SMALLEST, VERMILLION, leading
from services.measures.pictures.funnel import Funnel, Spot

ROOM = (0.085, 0.80)
NAME = 0.24  # of the picture's width, at most
DOT = 0.012  # half the width of a dot
CROWDED = 0.55  # the size of marks in a crowd
_LINES = ("-", "--", "--", "-")
_ROUND = (1, 2, 5)


def funnel(canvas: Canvas, scene: Funnel) -> None:
    """Worse is a vermillion diamond, better a green triangle, inside a blue dot; the own unit has a black ring. Lines
    lie above the dots of a crowd, with a white edge."""
    axes = canvas.axes(*ROOM)
    box = axes.get_position()
    axes.set_position((box.x0, box.y0, box.width, box.height - 0.045))
    _scales(axes, scene)
    looks: dict[tuple[bool | int, ...], list[Spot]] = {}
    for spot in sorted(scene.spots, key=lambda one: (one.own, one.named, one.outside)):
        looks.setdefault((_marked(scene, spot), spot.better, spot.own, spot.named, spot.hollow), []).append(spot)
    for alike in looks.values():
        _dots(axes, alike, scene)
    beside = _lines(axes, scene)
    labels.numbered(axes)
    doubled = " (from mark to mark about twice as many)" if scene.crowd else ""
    labels.named(canvas, axes, f"{scene.x}{doubled}", scene.y)
    labels.at_right(canvas, axes, beside)
    named = [spot for spot in scene.spots if spot.named]
    if scene.crowd:
        _numbers(canvas, axes, named)
    else:
        _names(canvas, axes, named)


def _scales(axes: Axes, scene: Funnel) -> None:
    values = [spot.value for spot in scene.spots]
    wide = max(curve.values[len(curve.values) // 8] for curve in scene.curves)
    top = scene.top or max(*values, wide, scene.target.value) * 1.08 or 1
    axes.set_ylim(0, top)
    if not scene.crowd:
        axes.set_xlim(0, scene.sizes[-1])
        axes.xaxis.set_major_formatter(lambda value, _: words.number(value))
        return
    first, last = min(spot.size for spot in scene.spots), scene.sizes[-1]
    axes.set_xscale("log")
    axes.set_xlim(first * 0.93, last)
    marks = [one * 10.0**power for power in range(-3, 10) for one in _ROUND if first <= one * 10.0**power <= last]
    axes.set_xticks(marks, [words.number(mark) for mark in marks])
    axes.set_xticks([], minor=True)


def _lines(axes: Axes, scene: Funnel) -> list[Beside]:
    edge = [patheffects.withStroke(linewidth=5, foreground="white")] if scene.crowd else []
    above = 5 if scene.crowd else 2
    beside = []
    for curve, line in zip(scene.curves, _LINES, strict=True):
        colour = BLACK if scene.crowd else GREY
        axes.plot(scene.sizes, curve.values, color=colour, ls=line, lw=2.5, zorder=above, path_effects=edge)
        if curve.values[-1] > scene.target.value:
            beside.append(Beside(curve.values[-1], curve.words, colour))
    axes.axhline(scene.target.value, color=BLACK, lw=2.5, zorder=above, path_effects=edge)
    return [*beside, Beside(scene.target.value, scene.target.words, BLACK)]


def _marked(scene: Funnel, spot: Spot) -> bool:
    return spot.outside > (1 if scene.crowd else 0)


def _look(spot: Spot, *, marked: bool) -> tuple[str, str, float]:
    if not marked:
        return BLUE, "o", 9.0
    return (GREEN, "^", 14.0) if spot.better else (VERMILLION, "D", 13.0)


def _dots(axes: Axes, spots: Sequence[Spot], scene: Funnel) -> None:
    """Spots that look alike in one go: a nation has 15,000 of them."""
    spot = spots[0]
    marked = _marked(scene, spot)
    colour, marker, size = _look(spot, marked=marked)
    small = scene.crowd and not spot.own and not spot.named
    size *= (CROWDED if marked else CROWDED / 1.5) if small else 1
    axes.plot(
        [one.size for one in spots],
        [min(one.value, scene.top or one.value) for one in spots],
        marker=marker,
        ms=size + 4 * spot.own,
        ls="none",
        mfc="white" if spot.hollow else colour,
        mec=BLACK if spot.own else colour,
        mew=3.5 if spot.own else 0.5 if small else 2.0,
        alpha=1.0 if spot.named else 0.75 if marked or not small else 0.25,
        zorder=6 if spot.named or spot.own else 4,
        clip_on=not marked,
        rasterized=small and not marked,
    )


def _numbers(canvas: Canvas, axes: Axes, spots: Sequence[Spot]) -> None:
    """Beside the dots, on whichever side nothing stands yet; whose they are is said above."""
    to_sheet = axes.transData + canvas.figure.transFigure.inverted()
    line = leading(SMALLEST)
    most = axes.get_position().x1 - DOT
    taken = [tuple(to_sheet.transform((spot.size, spot.value))) for spot in spots]
    for spot in spots:
        x, y = to_sheet.transform((spot.size, spot.value))
        ways = [(x + dx * DOT * 1.5, y + dy * line) for dy in (0, 1, -1) for dx in (1, -1, 0) if dx or dy]
        inside = [way for way in ways if way[0] <= most]
        free = (way for way in inside if all(abs(way[0] - a) > DOT or abs(way[1] - b) >= line for a, b in taken))
        left, height = next(free, inside[0])
        taken.append((left, height))
        canvas.figure.text(
            left, height, str(spot.number), fontsize=SMALLEST, fontweight="bold", color=BLACK, ha="center",
            va="center", bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5},
        )  # fmt: skip


def _names(canvas: Canvas, axes: Axes, spots: Sequence[Spot]) -> None:
    """Beside their dots, on the side where there is room; lower down where others stand already, higher where there
    is no room below."""
    box, line = axes.get_position(), leading(SMALLEST)
    to_sheet = axes.transData + canvas.figure.transFigure.inverted()
    places = [to_sheet.transform((spot.size, spot.value)) for spot in spots]
    taken = [(x - DOT, x + DOT, y) for x, y in places]
    for spot, (x, y) in sorted(zip(spots, places, strict=True), key=lambda one: -one[1][1]):
        name = canvas.fitting(spot.name, SMALLEST, NAME, "bold")
        wide = canvas.width(name, SMALLEST, "bold")
        left = x + 1.2 * DOT if x + 1.2 * DOT + wide <= box.x1 else x - 1.2 * DOT - wide
        begin = min(max(y, box.y0 + line / 2), box.y1 - line / 2)
        steps = (begin - step * line / 4 for step in range(int((begin - box.y0) / line * 4)))
        others = (begin + step * line / 4 for step in range(1, int((box.y1 - begin) / line * 4)))
        height = next((one for one in (*steps, *others) if _free(taken, left, left + wide, one, line)), begin)
        taken.append((left, left + wide, height))
        colour = _look(spot, marked=spot.outside > 0)[0] if spot.outside else BLACK
        canvas.figure.text(
            left, height, name, fontsize=SMALLEST, fontweight="bold", color=colour, va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
        )  # fmt: skip


def _free(taken: Sequence[tuple[float, float, float]], left: float, right: float, height: float, line: float) -> bool:
    return not any(abs(height - other) < line and left < end and begin < right for begin, end, other in taken)
