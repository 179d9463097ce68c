"""Words beside lines and along axes, kept apart from one another and short enough for their place."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from matplotlib.axes import Axes

from services.measures.pictures import words
from services.measures.pictures.drawing.canvas import LEFT, WHOLE, Canvas
from services.measures.pictures.drawing.style import BLACK, SMALLEST, TEXT, leading

TICKS: Final = 9
GAP: Final = 0.012


class Beside(NamedTuple):
    """Words at a value of the vertical axis."""

    value: float
    words: str
    colour: str


def at_right(canvas: Canvas, axes: Axes, found: Sequence[Beside]) -> None:
    """Words at the right end of their lines, from low to high, pushed apart where they would touch."""
    box = axes.get_position()
    low, high = axes.get_ylim()
    step = leading(SMALLEST)
    ordered = sorted(found, key=lambda one: one.value)
    heights = apart([box.y0 + (one.value - low) / (high - low) * box.height for one in ordered], step)
    left = box.x1 + GAP
    for one, height in zip(ordered, heights, strict=True):
        text = canvas.fitting(one.words, SMALLEST, LEFT + WHOLE - left, "bold")
        canvas.figure.text(left, height, text, fontsize=SMALLEST, fontweight="bold", color=one.colour, va="center")


def apart(heights: Sequence[float], step: float) -> list[float]:
    """At least a step from one to the next; those that would touch spread about their middle."""
    groups: list[list[float]] = []
    for height in heights:
        groups.append([height])
        while len(groups) > 1 and _middle(groups[-1]) - _middle(groups[-2]) < step * len(groups[-2] + groups[-1]) / 2:
            groups[-2:] = [groups[-2] + groups[-1]]
    return [_middle(own) + (place - (len(own) - 1) / 2) * step for own in groups for place in range(len(own))]


def _middle(own: Sequence[float]) -> float:
    return sum(own) / len(own)


def along(canvas: Canvas, axes: Axes, ticks: Sequence[str], x: str, y: str) -> None:
    """Labels of both axes; of many periods every so manieth is named, the last always."""
    step = max(1, -(-len(ticks) // TICKS))
    places = list(range(len(ticks) - 1, -1, -step))[::-1]
    axes.set_xticks(places, [ticks[place] for place in places])
    named(canvas, axes, x, y)


def named(canvas: Canvas, axes: Axes, x: str, y: str) -> None:
    """The names of both axes: the lower one below, that of the other above its line, where it is read without turning
    one's head."""
    box = axes.get_position()
    axes.tick_params(labelcolor=BLACK, length=6)
    axes.set_xlabel(canvas.fitting(x, TEXT, box.width))
    canvas.figure.text(LEFT, box.y1 + GAP, canvas.fitting(y, SMALLEST, 0.5), fontsize=SMALLEST, va="bottom")


def of_row(
    axes: Axes, row: float, left: float, text: str, size: float, weight: str = "normal", colour: str = BLACK
) -> None:
    """Words at a row of the vertical axis, beginning at this part of the picture's width."""
    axes.annotate(
        text,
        (left, row),
        xycoords=("figure fraction", "data"),
        va="center",
        fontsize=size,
        fontweight=weight,
        color=colour,
        annotation_clip=False,
    )


def bare(axes: Axes) -> None:
    """Without a vertical axis: rows have names."""
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.tick_params(labelcolor=BLACK, length=6)


def numbered(axes: Axes) -> None:
    """Numbers of the vertical axis as the words say them."""
    axes.yaxis.set_major_formatter(lambda value, _: words.number(round(value, 9)))
