"""Words in pictures: names made harmless, numbers and periods as people say them."""

import unicodedata
from collections.abc import Sequence
from typing import Final

from services.measures.domain import periods
from services.measures.domain.panel import spans

LONGEST: Final = 300
_JOINERS: Final = frozenset("\u200c\u200d")  # shape letters of Persian and Indic scripts
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"))
_MARKS: Final = 2  # on one letter; more pile up over the lines above
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clean(text: str, most: int = LONGEST) -> str:
    """Text without characters that steer (control, direction, unassigned) or pile up, on one line, at most so long."""
    found: list[str] = []
    marks = 0
    for letter in " ".join(text.split()):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in {"Mn", "Me"} else 0
        if (kind not in _UNSEEN or letter in _JOINERS) and marks <= _MARKS:
            found.append(letter)
    whole = "".join(found).strip()
    return whole if len(whole) <= most else whole[: most - 1].rstrip() + "…"


def number(value: float) -> str:
    """Three figures that count, whole numbers from 100 on, never an exponent."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    places = 1 if size >= 10 else 2 if size >= 1 else 3
    written = f"{value:.{places}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def between(low: float | None, high: float | None) -> str:
    """A 95 % interval in words, none where there is no limit."""
    if low is None and high is None:
        return ""
    if high is None:
        return f"at least {number(low or 0.0)}"
    return f"{number(low or 0.0)} to {number(high)}"


def period(of: str) -> str:
    """Mar 2018, Q1 2018, 2018, the year to Q1 2018, or the two days of a span."""
    if not spans.is_named(of):
        return of if "/" not in of else of.replace("/", " to ")
    kind = periods.kind_of(of)
    if kind is periods.Kind.MONTH:
        return f"{_MONTHS[int(of[5:]) - 1]} {of[:4]}"
    quarter = f"{of[4:6]} {of[:4]}"
    return f"year to {quarter}" if kind is periods.Kind.ROLLING else quarter


def kind_of_period(of: str) -> str:
    """Month, Quarter, Year, Four quarters, or Period of a span."""
    if not spans.is_named(of):
        return "Period" if "/" in of else "Year"
    return {
        periods.Kind.MONTH: "Month",
        periods.Kind.QUARTER: "Quarter",
        periods.Kind.ROLLING: "Four quarters, by the last",
    }[periods.kind_of(of)]


def counted(many: int, one: str, more: str | None = None) -> str:
    """1 signal, 2 signals."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def listed(names: Sequence[str]) -> str:
    """A, B and C."""
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
