"""Drawing of scenes with matplotlib, which this package alone imports: SVG and PNG."""

from collections.abc import Callable
from typing import Any, Final

from services.measures.pictures.control import Chart
from services.measures.pictures.describing import Scene
from services.measures.pictures.disparity import Compared
from services.measures.pictures.drawing import bars, disparity, funnel, times
from services.measures.pictures.drawing.canvas import Canvas
from services.measures.pictures.drawing.saving import png, svg
from services.measures.pictures.drawing.style import drawing
from services.measures.pictures.effect import Change
from services.measures.pictures.funnel import Funnel
from services.measures.pictures.goal import GoalLine
from services.measures.pictures.ranking import Bars

_DRAWN: Final[dict[type, Callable[[Canvas, Any], None]]] = {
    Chart: times.chart,
    GoalLine: times.goal,
    Change: times.change,
    Funnel: funnel.funnel,
    Bars: bars.bars,
    Compared: disparity.compared,
}


def as_svg(scene: Scene) -> str:
    """The picture as SVG; the same scene gives the same bytes."""
    with drawing():
        return svg(canvas_of(scene), scene)


def as_png(scene: Scene) -> bytes:
    """The picture as PNG, 1600 by 900."""
    with drawing():
        return png(canvas_of(scene), scene)


def canvas_of(scene: Scene) -> Canvas:
    """The sheet with the scene on it; under the settings of ``drawing``."""
    canvas = Canvas(scene.told)
    _DRAWN[type(scene)](canvas, scene)
    return canvas
