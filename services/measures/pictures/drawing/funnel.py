"""Draws funnels: limits as lines, units as dots, those outside as diamonds or triangles with their names."""

from collections.abc import Sequence

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
_LINES = ("-", "--", "--", "-")


def funnel(canvas: Canvas, scene: Funnel) -> None:
    """Worse is a vermillion diamond, better a green triangle, inside a blue dot; the own unit has a black ring."""
    axes = canvas.axes(*ROOM)
    box = axes.get_position()
    axes.set_position((box.x0, box.y0, box.width, box.height - 0.045))
    beside = []
    for curve, line in zip(scene.curves, _LINES, strict=True):
        axes.plot(scene.sizes, curve.values, color=GREY, ls=line, lw=2.5)
        if curve.values[-1] > scene.target.value:
            beside.append(Beside(curve.values[-1], curve.words, GREY))
    axes.axhline(scene.target.value, color=BLACK, lw=2.5)
    beside.append(Beside(scene.target.value, scene.target.words, BLACK))
    looks: dict[tuple[bool, ...], list[Spot]] = {}
    for spot in sorted(scene.spots, key=lambda one: one.outside):
        looks.setdefault((spot.outside > 0, spot.better, spot.own, spot.named, spot.hollow), []).append(spot)
    for alike in looks.values():
        _dots(axes, alike)
    values = [spot.value for spot in scene.spots]
    wide = max(curve.values[len(curve.values) // 8] for curve in scene.curves)
    top = max(*values, wide, scene.target.value)
    axes.set_ylim(0, top * 1.08 or 1)
    axes.set_xlim(0, scene.sizes[-1])
    labels.numbered(axes)
    axes.xaxis.set_major_formatter(lambda value, _: words.number(value))
    labels.named(canvas, axes, scene.x, scene.y)
    labels.at_right(canvas, axes, beside)
    _names(canvas, axes, [spot for spot in scene.spots if spot.named])


def _look(spot: Spot) -> tuple[str, str, float]:
    if not spot.outside:
        return BLUE, "o", 9.0
    return (GREEN, "^", 14.0) if spot.better else (VERMILLION, "D", 13.0)


def _dots(axes: Axes, spots: Sequence[Spot]) -> None:
    """Spots that look alike in one go: a nation has 15,000 of them."""
    spot = spots[0]
    colour, marker, size = _look(spot)
    axes.plot(
        [one.size for one in spots],
        [one.value for one in spots],
        marker=marker,
        ms=size + 4 * spot.own,
        ls="none",
        mfc="white" if spot.hollow else colour,
        mec=BLACK if spot.own else colour,
        mew=3.5 if spot.own else 2.0,
        alpha=1.0 if spot.named else 0.75,
        zorder=4,
    )


def _names(canvas: Canvas, axes: Axes, spots: Sequence[Spot]) -> None:
    """Beside their dots, on the side where there is room; lower down where others stand already."""
    box, line = axes.get_position(), leading(SMALLEST)
    to_sheet = axes.transData + canvas.figure.transFigure.inverted()
    places = [to_sheet.transform((spot.size, spot.value)) for spot in spots]
    taken = [(x - DOT, x + DOT, y) for x, y in places]
    for spot, (x, y) in sorted(zip(spots, places, strict=True), key=lambda one: -one[1][1]):
        name = canvas.fitting(spot.name, SMALLEST, NAME, "bold")
        wide = canvas.width(name, SMALLEST, "bold")
        left = x + 1.2 * DOT if x + 1.2 * DOT + wide <= box.x1 else x - 1.2 * DOT - wide
        height = min(max(y, box.y0 + line / 2), box.y1 - line / 2)
        while any(abs(height - other) < line and left < end and begin < left + wide for begin, end, other in taken):
            height -= line / 4
        taken.append((left, left + wide, height))
        colour = _look(spot)[0] if spot.outside else BLACK
        canvas.figure.text(
            left, height, name, fontsize=SMALLEST, fontweight="bold", color=colour, va="center",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1},
        )  # fmt: skip
