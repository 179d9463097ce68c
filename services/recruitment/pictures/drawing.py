"""Draws scenes with matplotlib, which this module alone imports: SVG and PNG, 1600 by 900, the same bytes each time."""

import io
import math
import re
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from services.recruitment.pictures.scene import LINES, LOOKS, Arrow, Line, Look, Node, Scene, described

# Okabe and Ito (2008): told apart by the colour-blind; shapes and dashes say the same.
_BLACK: Final = "#222222"
_GREY: Final = "#6b6b6b"
_BLUE: Final = "#0072B2"
_VERMILLION: Final = "#D55E00"
_WIDTH, _HEIGHT, _DPI = 1600.0, 900.0, 100
_HEADLINE, _SUBJECT, _TEXT, _SMALLEST = 30, 22, 18, 16
_MARKS: Final[Mapping[Look, Mapping[str, Any]]] = {
    Look.FIRST: {"marker": "s", "markerfacecolor": _BLACK, "markeredgecolor": _BLACK},
    Look.ADOPTED: {"marker": "o", "markerfacecolor": _BLUE, "markeredgecolor": _BLUE},
    Look.TRYING: {"marker": "o", "markerfacecolor": "white", "markeredgecolor": _BLUE},
    Look.ABANDONED: {"marker": "X", "markerfacecolor": _VERMILLION, "markeredgecolor": _VERMILLION},
    Look.PLAIN: {"marker": "o", "markerfacecolor": _BLUE, "markeredgecolor": _BLUE},
}
_STROKES: Final[Mapping[Line, Mapping[str, Any]]] = {
    Line.PRACTICE: {"color": _BLUE, "linestyle": "-"},
    Line.PAIRING: {"color": _VERMILLION, "linestyle": "--"},
}
# Of the two kinds between the same nodes neither lies on the other.
_BENDS: Final = {Line.PRACTICE: 0.12, Line.PAIRING: -0.2}
_SETTINGS: Final[Mapping[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "qio",
    "font.family": ["DejaVu Sans"],
    "text.usetex": False,
    "text.parse_math": False,
}
_NOTHING: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_ROOT: Final = re.compile(r"<svg\b[^>]*>")
# In points of the sheet: what is left for the picture of columns, and of a circle with names around it.
_LEFT, _RIGHT, _BELOW, _ABOVE = 60.0, 1560.0, 115.0, 625.0
_BESIDE, _UNDER, _OVER = 400.0, 150.0, 620.0


def as_svg(scene: Scene) -> str:
    """The picture as SVG with its words for screen readers."""
    written = io.StringIO()
    with settled():
        figure(scene).savefig(written, format="svg", metadata=_NOTHING)
    text = written.getvalue()
    root = _ROOT.search(text)
    assert root is not None, "an SVG has a root"
    opened = root[0][:-1] + ' role="img" aria-labelledby="qio-title qio-desc">'
    lines = escape("\n".join(described(scene)))
    told = f'<title id="qio-title">{escape(scene.headline)}</title>\n <desc id="qio-desc">{lines}</desc>'
    return text[: root.start()] + opened + "\n " + told + text[root.end() :]


def as_png(scene: Scene) -> bytes:
    """The picture as PNG."""
    written = io.BytesIO()
    with settled():
        figure(scene).savefig(written, format="png", metadata={"Software": None, "Title": scene.headline})
    return written.getvalue()


@contextmanager
def settled() -> Iterator[None]:
    """The settings, whatever those of the machine are."""
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        for name, value in _SETTINGS.items():
            mpl.rcParams[name] = value
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield


def figure(scene: Scene) -> Figure:
    """The sheet with the scene on it; under the settings of ``settled``."""
    sheet = _Sheet(scene)
    for arrow in reversed(scene.arrows[: scene.shown]):
        sheet.arrow(arrow)
    for node in scene.nodes:
        sheet.node(node)
    sheet.words()
    sheet.legend()
    return sheet.figure


class _Sheet:
    """A figure that is written on in pixels, from the lower left."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.figure = Figure(figsize=(_WIDTH / _DPI, _HEIGHT / _DPI), dpi=_DPI, facecolor="white")
        self._renderer = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        self._nodes = {one.key: one for one in scene.nodes}
        self._most = max((one.many for one in scene.arrows), default=1)

    def place(self, node: Node) -> tuple[float, float]:
        """Where a node stands."""
        if self.scene.round:
            return _BESIDE + node.x * (_WIDTH - 2 * _BESIDE), _UNDER + node.y * (_OVER - _UNDER)
        return _LEFT + node.x * (_RIGHT - _LEFT), _BELOW + node.y * (_ABOVE - _BELOW)

    def arrow(self, arrow: Arrow) -> None:
        """An arrow, the thicker the heavier; among columns it begins behind the words of its source."""
        source, target = self._nodes[arrow.source], self._nodes[arrow.target]
        (x0, y0), (x1, y1) = self.place(source), self.place(target)
        if not self.scene.round and source.x < target.x:
            x0 += 22 + self._wide(self._label(source), _SMALLEST)
        away = math.dist((x0, y0), (x1, y1)) or 1.0
        stop = (x1 - (x1 - x0) / away * 14, y1 - (y1 - y0) / away * 14)
        bend = _BENDS[arrow.line] if self.scene.round else 0.0
        stroke = _STROKES[arrow.line]
        self.figure.add_artist(
            FancyArrowPatch(
                (x0 / _WIDTH, y0 / _HEIGHT),
                (stop[0] / _WIDTH, stop[1] / _HEIGHT),
                transform=self.figure.transFigure,
                connectionstyle=f"arc3,rad={bend}",
                arrowstyle="-|>",
                mutation_scale=18,
                linewidth=1.5 + 5 * (arrow.many - 1) / max(1, self._most - 1),
                alpha=0.75,
                shrinkA=0,
                shrinkB=0,
                **stroke,
            )
        )

    def node(self, node: Node) -> None:
        """A mark and its words: right of it in columns, outside of it on a circle."""
        x, y = self.place(node)
        mark = Line2D([x / _WIDTH], [y / _HEIGHT], markersize=13, markeredgewidth=2.5, **_MARKS[node.look])
        self.figure.add_artist(mark)
        side = "left"
        if self.scene.round and abs(node.x - 0.5) < 1e-6:
            side, y = "center", y + (26 if node.y > 0.5 else -26)
        elif self.scene.round and node.x < 0.5:
            side = "right"
        shift = {"left": 16.0, "right": -16.0, "center": 0.0}[side]
        self._write(x + shift, y, self._label(node), _SMALLEST, ha=side, va="center_baseline")

    def words(self) -> None:
        """Headline and remarks above, the headings of columns, the foot below."""
        top = 850.0
        for text, size, weight, colour in (
            (self.scene.headline, _HEADLINE, "bold", _BLACK),
            (self.scene.subject, _SUBJECT, "bold", _BLUE),
            *((one, _TEXT, "normal", _BLACK) for one in self.scene.remarks),
        ):
            self._write(40, top, self._fitting(text, size, 1520, weight), size, weight=weight, color=colour)
            top -= size * 1.75
        for x, text in self.scene.columns:
            room = (_RIGHT - _LEFT) / len(self.scene.columns) - 12
            place = _LEFT + x * (_RIGHT - _LEFT) - 12
            self._write(place, _ABOVE + 22, self._fitting(text, _SMALLEST, room, "bold"), _SMALLEST, weight="bold")
        self._write(40, 24, self._fitting(self.scene.foot, _SMALLEST, 1520), _SMALLEST, color=_GREY)

    def legend(self) -> None:
        """What marks and lines mean, in a row above the foot."""
        x = 52.0
        for look in self.scene.looks():
            mark = Line2D([x / _WIDTH], [72 / _HEIGHT], markersize=13, markeredgewidth=2.5, **_MARKS[look])
            self.figure.add_artist(mark)
            x = self._said(x + 18, LOOKS[look])
        for line in self.scene.lines():
            along = [x / _WIDTH, (x + 60) / _WIDTH]
            self.figure.add_artist(Line2D(along, [72 / _HEIGHT] * 2, linewidth=3, **_STROKES[line]))
            x = self._said(x + 70, LINES[line])

    def _said(self, x: float, text: str) -> float:
        self._write(x, 72, text, _SMALLEST, va="center_baseline")
        return x + self._wide(text, _SMALLEST) + 40

    def _label(self, node: Node) -> str:
        room = _BESIDE - 30 if self.scene.round else (_RIGHT - _LEFT) / max(1, len(self.scene.columns)) - 70
        tail = self._wide(node.tail, _SMALLEST) if node.tail else 0.0
        return self._fitting(node.label, _SMALLEST, room - tail) + node.tail

    def _wide(self, text: str, size: float, weight: str = "normal") -> float:
        font = FontProperties(family=["DejaVu Sans"], size=size, weight=weight)
        wide, _, _ = self._renderer.get_text_width_height_descent(text, font, ismath=False)
        return float(wide)

    def _fitting(self, text: str, size: float, room: float, weight: str = "normal") -> str:
        if self._wide(text, size, weight) <= room:
            return text
        while text and self._wide(text.rstrip() + "…", size, weight) > room:
            text = text[:-1]
        return text.rstrip() + "…"

    def _write(self, x: float, y: float, text: str, size: float, **how: Any) -> None:
        self.figure.text(x / _WIDTH, y / _HEIGHT, text, fontsize=size, **{"va": "baseline", **how})
