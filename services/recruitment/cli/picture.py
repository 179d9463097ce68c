"""Turns a drawing (SVG) into pixels (PNG)."""

import importlib
import tempfile
from pathlib import Path
from typing import Final

from services.recruitment.domain.reports.drawing import HEIGHT, WIDTH

# At 72 points an inch a point is a pixel.
_PAGE: Final = f"""
#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)
#image("drawing.svg", width: 100%)
"""


class NoTypesetter(Exception):  # noqa: N818 - the fact is the name
    """The package that draws pixels is not installed."""


def png_of(svg: str) -> bytes:
    """The drawing at 1920 by 1080 pixels; raises NoTypesetter without the package ``typst``."""
    try:
        typst = importlib.import_module("typst")
    except ModuleNotFoundError:
        raise NoTypesetter from None
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.typ"
        page.write_text(_PAGE, encoding="utf-8")
        page.with_name("drawing.svg").write_text(svg, encoding="utf-8")
        made: bytes = typst.compile(str(page), root=folder, format="png", ppi=72.0, ignore_system_fonts=True)
    return made
