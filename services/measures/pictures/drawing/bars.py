"""Draws rankings: one bar a place, its name at the left, what it means at the right."""

from matplotlib.axes import Axes

from services.measures.pictures import words
from services.measures.pictures.drawing import labels
from services.measures.pictures.drawing.canvas import LEFT, WHOLE, Canvas
from services.measures.pictures.drawing.style import BLACK, BLUE, SHADE, SMALLEST, TEXT, VERMILLION
from services.measures.pictures.ranking import Bar, Bars

NAMES = 0.26  # of the picture's width
SAID = 0.30
THICK = 0.62


def bars(canvas: Canvas, scene: Bars) -> None:
    """Full bars are flagged, hatched ones are not."""
    axes = canvas.axes(LEFT + NAMES + 0.015, LEFT + WHOLE - SAID)
    shown = scene.bars[: scene.shown]
    for row, bar in enumerate(shown):
        _bar(canvas, axes, row, bar)
    axes.axvline(0, color=BLACK, lw=2.5)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    ends = [0.0, *(bar.value for bar in shown), *(bar.cautious for bar in shown if bar.cautious is not None)]
    spread = max(ends) - min(ends) or 1.0
    axes.set_xlim(min(ends) - 0.03 * spread, max(ends) + 0.03 * spread)
    axes.xaxis.set_major_formatter(lambda value, _: words.number(round(value, 9)))
    labels.bare(axes)
    axes.locator_params(axis="x", nbins=5)
    axes.set_xlabel(canvas.fitting(scene.x, TEXT, axes.get_position().width + 0.1))


def _bar(canvas: Canvas, axes: Axes, row: int, bar: Bar) -> None:
    colour = VERMILLION if bar.flagged else BLUE
    axes.barh(
        row,
        bar.value,
        height=THICK,
        lw=2,
        facecolor=colour if bar.flagged else "white",
        edgecolor=colour,
        hatch=None if bar.flagged else "//",
    )
    if bar.cautious is not None:
        axes.plot([bar.cautious, bar.value], [row, row], color=BLACK, lw=2.5)
        axes.plot([bar.cautious] * 2, [row - 0.2, row + 0.2], color=BLACK, lw=2.5)
    if bar.own:
        axes.axhspan(row - 0.48, row + 0.48, color=SHADE, lw=0, zorder=0)
    mark = "▶ " if bar.own else ""
    name = canvas.fitting(f"{mark}{bar.place}  {bar.name}", SMALLEST, NAMES, "bold")
    said = canvas.fitting(bar.words, SMALLEST, SAID - 0.015)
    labels.of_row(axes, row, LEFT, name, SMALLEST, "bold")
    labels.of_row(axes, row, LEFT + WHOLE - SAID + 0.015, said, SMALLEST)
