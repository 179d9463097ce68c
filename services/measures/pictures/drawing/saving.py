"""Files of a drawn canvas: SVG with its words for screen readers, PNG; neither tells when or by what it was made."""

import io
import re
from typing import Final
from xml.sax.saxutils import escape

from services.measures.pictures.describing import Scene, described
from services.measures.pictures.drawing.canvas import Canvas

_NOTHING: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_FONT: Final = re.compile(r"'DejaVu Sans'(?=[;\"])")


def svg(canvas: Canvas, scene: Scene) -> str:
    """The picture with ``title`` and ``desc``."""
    written = io.StringIO()
    canvas.figure.savefig(written, format="svg", metadata=_NOTHING)
    text = _FONT.sub("'DejaVu Sans', Verdana, sans-serif", written.getvalue())
    root = _ROOT.search(text)
    assert root is not None, "an SVG has a root"
    opened = root[0][:-1] + ' role="img" aria-labelledby="qio-title qio-desc">'
    lines = escape("\n".join(described(scene)))
    told = f'<title id="qio-title">{escape(scene.told.headline)}</title>\n <desc id="qio-desc">{lines}</desc>'
    return text[: root.start()] + opened + "\n " + told + text[root.end() :]


def png(canvas: Canvas, scene: Scene) -> bytes:
    """The picture with its description among its words."""
    written = io.BytesIO()
    canvas.figure.savefig(
        written,
        format="png",
        metadata={"Software": None, "Title": scene.told.headline, "Description": "\n".join(described(scene))},
    )
    return written.getvalue()
