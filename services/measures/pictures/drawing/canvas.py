"""The sheet: headline and remarks above, notes and foot below, what is left for the picture; nothing runs over."""

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from services.measures.pictures.drawing.style import (
    BLACK,
    BLUE,
    DPI,
    GREY,
    HEADLINE,
    HEIGHT,
    SMALLEST,
    SUBJECT,
    TEXT,
    WIDTH,
    leading,
)
from services.measures.pictures.told import Told

LEFT: Final = 0.035
WHOLE: Final = 1 - 2 * LEFT
AXIS_BELOW: Final = 0.105  # for the words of the lower axis and its labels
BEYOND: Final = "…"


class Canvas:
    """A figure whose words stand; ``axes`` gives the place that is left."""

    def __init__(self, told: Told) -> None:
        self.figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor="white")
        self.renderer = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        self._top = 0.965
        self._bottom = 0.025
        self._above(told)
        self._below(told)

    def axes(self, left: float, right: float, below: float = AXIS_BELOW) -> Axes:
        """The axes between these parts of the width, above the words of the lower axis."""
        bottom = self._bottom + below
        return self.figure.add_axes((left, bottom, right - left, self._top - 0.02 - bottom))

    def width(self, text: str, size: float, weight: str = "normal") -> float:
        """How wide text is, as a part of the picture's width."""
        font = FontProperties(family=["DejaVu Sans"], size=size, weight=weight)
        wide, _, _ = self.renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(wide) / (WIDTH * DPI)

    def fitting(self, text: str, size: float, room: float, weight: str = "normal") -> str:
        """The text, shortened to what there is room for."""
        if self.width(text, size, weight) <= room:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            fits = self.width(text[:middle].rstrip() + BEYOND, size, weight) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return text[:low].rstrip() + BEYOND

    def wrapped(self, text: str, size: float, room: float, most: int, weight: str = "normal") -> list[str]:
        """The text on at most so many lines, the last shortened."""
        lines: list[str] = []
        rest = text.split()
        while rest and len(lines) < most:
            many = len(rest) if len(lines) == most - 1 else self._enough(rest, size, room, weight)
            lines.append(self.fitting(" ".join(rest[:many]), size, room, weight))
            rest = rest[many:]
        return lines

    def _enough(self, texts: list[str], size: float, room: float, weight: str) -> int:
        many = 1
        while many < len(texts) and self.width(" ".join(texts[: many + 1]), size, weight) <= room:
            many += 1
        return many

    def _above(self, told: Told) -> None:
        self._down(told.headline, HEADLINE, 2, "bold", BLACK)
        self._down(told.subject, SUBJECT, 1, "bold", BLUE)
        better = self.width(told.better, TEXT, "bold")
        line = self._top - leading(TEXT)
        self._write(LEFT + WHOLE - better, line, told.better, TEXT, "bold", BLACK)
        self._down(told.measure, TEXT, 1, "normal", BLACK, WHOLE - better - 0.03)
        for remark in told.remarks:
            self._down(remark, TEXT, 2, "normal", BLACK)
        self._columns(told.named)

    def _columns(self, texts: Sequence[str]) -> None:
        """Two beside one another on a line."""
        for place, text in enumerate(texts):
            self._top -= 0 if place % 2 else leading(TEXT)
            left = LEFT + place % 2 * WHOLE / 2
            self._write(left, self._top, self.fitting(text, TEXT, WHOLE / 2 - 0.02, "bold"), TEXT, "bold", BLACK)

    def _below(self, told: Told) -> None:
        self._up(told.foot, GREY)
        for note in reversed(told.notes):
            self._up(note, BLACK)

    def _down(self, text: str, size: float, most: int, weight: str, colour: str, room: float = WHOLE) -> None:
        for line in self.wrapped(text, size, room, most, weight):
            self._top -= leading(size)
            self._write(LEFT, self._top, line, size, weight, colour)

    def _up(self, text: str, colour: str) -> None:
        for line in reversed(self.wrapped(text, SMALLEST, WHOLE, 2)):
            self._write(LEFT, self._bottom, line, SMALLEST, "normal", colour)
            self._bottom += leading(SMALLEST)

    def _write(self, left: float, bottom: float, text: str, size: float, weight: str, colour: str) -> None:
        self.figure.text(left, bottom, text, fontsize=size, fontweight=weight, color=colour, va="baseline")
