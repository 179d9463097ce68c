"""What every picture says in words around it, and what it must be told about the figures for that."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.measures.pictures import words

SMALL: Final = range(1, 11)
SMALL_NOTE: Final = "Some counts are 1 to 10: for quality work inside, not for publication."
"""CMS: no cell of 1 to 10 is published; a picture shows rates from which it could be worked out."""


class Better(StrEnum):
    """Which way is better."""

    LOWER = "lower"
    HIGHER = "higher"

    @property
    def sentence(self) -> str:
        """In words, with an arrow."""
        return "↓ Lower is better" if self is Better.LOWER else "↑ Higher is better"

    def of(self, *, high: bool) -> str:
        """What a change to this side is."""
        return "better" if high is (self is Better.HIGHER) else "worse"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose figures, of what, in which unit (``axis``), times what; ``source`` and ``as_of`` for the foot.

    Names may hold anything: they are made harmless here.
    """

    subject: str
    measure: str
    axis: str
    better: Better
    source: str
    as_of: dt.date
    scale: Fraction = Fraction(1)

    def scaled(self, value: Fraction | float) -> float:
        """A value as it is shown."""
        return float(value * self.scale) if isinstance(value, Fraction) else value * float(self.scale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The words around a picture. ``headline`` says what is seen, ``remarks`` what explains it, ``named`` who the
    numbers in it are, ``notes`` what to be careful with."""

    headline: str
    subject: str
    measure: str
    better: str
    remarks: tuple[str, ...]
    notes: tuple[str, ...]
    foot: str
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the picture, and its words."""

    value: float
    words: str


def told(
    about: About,
    headline: str,
    *,
    status: str,
    remarks: Iterable[str] = (),
    notes: Iterable[str] = (),
    counts: Iterable[int] = (),
    named: Iterable[str] = (),
) -> Told:
    """The words around a picture; ``counts`` are what small numbers are looked for among."""
    small = (SMALL_NOTE,) if any(count in SMALL for count in counts) else ()
    return Told(
        headline=headline,
        subject=words.clean(about.subject),
        measure=words.clean(about.measure),
        better=about.better.sentence,
        remarks=tuple(remarks),
        notes=(*notes, *small),
        foot=f"Source: {words.clean(about.source, 120)}; as of {about.as_of.isoformat()}. {status}",
        named=tuple(named),
    )


def settled(provisional: int) -> str:
    """The status of figures of which so many are provisional."""
    if not provisional:
        return "All figures are settled."
    return f"{words.counted(provisional, 'figure is', 'figures are')} provisional (hollow) and may change."
