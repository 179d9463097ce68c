"""Colours that the colour-blind tell apart (Okabe and Ito 2008), sizes that are read from afar, and what is inert."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import matplotlib as mpl

BLACK: Final = "#222222"
GREY: Final = "#6b6b6b"
SHADE: Final = "#e8eef3"
BLUE: Final = "#0072B2"
VERMILLION: Final = "#D55E00"
GREEN: Final = "#009E73"

WIDTH, HEIGHT, DPI = 16.0, 9.0, 100
HEADLINE, SUBJECT, TEXT, SMALLEST = 30, 22, 18, 16
_LINE: Final = 1.35  # of the size, from line to line

_SETTINGS: Final[Mapping[Any, Any]] = {
    # Text stays text: it can be searched and read aloud, and files stay small. Widths are those of DejaVu Sans; a
    # machine without it takes Verdana, which is as wide.
    "svg.fonttype": "none",
    "svg.hashsalt": "qio",
    "font.family": ["DejaVu Sans"],
    "text.usetex": False,
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": BLACK,
    "axes.labelsize": TEXT,
    "xtick.labelsize": SMALLEST,
    "ytick.labelsize": SMALLEST,
    "text.color": BLACK,
    "hatch.linewidth": 2.0,
    "path.simplify": False,
}


@contextmanager
def drawing() -> Iterator[None]:
    """The settings, whatever those of the machine are; a letter the font lacks is drawn as a box and not told."""
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        for name, value in _SETTINGS.items():
            mpl.rcParams[name] = value
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support", category=UserWarning)
        yield


def leading(size: float) -> float:
    """The height of a line, as a part of the picture's."""
    return size * _LINE / 72 / HEIGHT
