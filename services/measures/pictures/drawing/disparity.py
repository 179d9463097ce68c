"""Draws disparities: both populations with their intervals above, the ratio beside its line of no difference below."""

import math
from typing import Final

from matplotlib.axes import Axes

from services.measures.pictures import words
from services.measures.pictures.disparity import Compared, Gulf, Side
from services.measures.pictures.drawing import labels
from services.measures.pictures.drawing.canvas import LEFT, WHOLE, Canvas
from services.measures.pictures.drawing.style import BLACK, BLUE, GREY, SUBJECT, TEXT, VERMILLION

NAMES: Final = 0.22
SAID: Final = 0.27
RATIOS: Final = (0.1, 0.2, 0.25, 0.5, 1, 2, 4, 5, 10)
_FARTHEST: Final = 10.0


def compared(canvas: Canvas, scene: Compared) -> None:
    """A circle and a square with lines of their intervals; the ratio on a scale on which half is as far as double."""
    whole = canvas.axes(LEFT + NAMES + 0.02, LEFT + WHOLE - SAID)
    box = whole.get_position()
    whole.remove()
    above = canvas.figure.add_axes((box.x0, box.y0 + box.height * 0.52, box.width, box.height * 0.48))
    below = canvas.figure.add_axes((box.x0, box.y0, box.width, box.height * 0.27))
    for row, (side, colour, marker) in enumerate(zip(scene.sides, (VERMILLION, BLUE), "os", strict=True)):
        _side(canvas, above, row, side, (colour, marker))
    above.set_ylim(1.6, -0.6)
    most = max(one for side in scene.sides for one in (side.value, side.high or 0.0))
    above.set_xlim(0, most * 1.05 or 1)
    above.xaxis.set_major_formatter(lambda value, _: words.number(round(value, 9)))
    above.locator_params(axis="x", nbins=6)
    above.set_xlabel(canvas.fitting(scene.x, TEXT, box.width))
    _ratio(canvas, below, scene.ratio)
    for axes in (above, below):
        labels.bare(axes)


def _side(canvas: Canvas, axes: Axes, row: int, side: Side, look: tuple[str, str]) -> None:
    colour, marker = look
    if side.high is not None:
        axes.plot([side.low or 0.0, side.high], [row, row], color=colour, lw=7, alpha=0.55, solid_capstyle="butt")
    axes.plot([side.value], [row], marker=marker, ms=20, color=colour, ls="none")
    _words(canvas, axes, row, side.name, side.words, colour)


def _ratio(canvas: Canvas, axes: Axes, ratio: Gulf) -> None:
    axes.axvline(0, color=BLACK, lw=2.5)
    ends = [one for one in (ratio.value, ratio.low, ratio.high) if one]
    far = min(_FARTHEST, max([2.0, *(max(one, 1 / one) for one in ends)]) * 1.1)
    shown = [one for one in RATIOS if 1 / far <= one <= far]
    axes.set_xlim(-math.log(far), math.log(far))
    axes.set_ylim(0.7, -0.7)
    axes.set_xticks(
        [math.log(one) for one in shown], [f"{words.number(one)}×" if one != 1 else "same" for one in shown]
    )
    low, high = (math.log(min(max(one or end, 1 / far), far)) for one, end in ((ratio.low, 1 / far), (ratio.high, far)))
    if ends:
        axes.plot([low, high], [0, 0], color=GREY, lw=7, solid_capstyle="butt")
    if ratio.value:
        axes.plot([math.log(min(max(ratio.value, 1 / far), far))], [0], marker="D", ms=18, color=BLACK, ls="none")
    axes.set_xlabel(
        f"Ratio ({'beyond the scale at the end' if any(max(one, 1 / one) > far for one in ends) else '95 % interval'})"
    )
    _words(canvas, axes, 0, "Ratio of the two", ratio.words, BLACK)


def _words(canvas: Canvas, axes: Axes, row: int, name: str, said: str, colour: str) -> None:
    fitted = canvas.wrapped(name, SUBJECT, NAMES, 2, "bold")
    labels.of_row(axes, row, LEFT, "\n".join(fitted), SUBJECT, "bold", colour)
    text = "\n".join(canvas.wrapped(said, TEXT, SAID - 0.02, 2))
    labels.of_row(axes, row, LEFT + WHOLE - SAID + 0.02, text, TEXT)
