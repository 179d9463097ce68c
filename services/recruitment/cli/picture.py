"""Turns a drawing (SVG) into pixels (PNG)."""

from typing import Final

import typst

from services.recruitment.domain.reports.drawing import HEIGHT, WIDTH

# At 72 points an inch a point is a pixel.
_PAGE: Final = f"""
#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)
"""


def png_of(svg: str) -> bytes:
    """The drawing at 1920 by 1080 pixels, the same on every machine: the fonts are the typesetter's own."""
    return typst.compile(_PAGE.encode(), format="png", ppi=72.0, sys_inputs={"drawing": svg}, ignore_system_fonts=True)
