"""Figures that tests of charts share: the quarters of measures research §1.3, and points written briefly."""

from collections.abc import Sequence
from fractions import Fraction

from services.measures.domain import periods
from services.measures.domain.methods.charts.points import Point

# Measures research §1.3, example 3: person-time in thousands and rehospitalizations of twelve quarters, then four new.
EXPOSURE = ["40.0", "40.2", "40.1", "40.3", "40.5", "40.4", "40.6", "40.8", "40.7", "40.9", "41.0", "41.1"]
EVENTS = [612, 598, 605, 640, 615, 601, 610, 633, 622, 607, 611, 629]
NEW = [("41.2", 571), ("41.3", 566), ("41.4", 560), ("41.5", 590)]
FIRST = "2006Q1"


def quarters(events: Sequence[int], exposure: Sequence[str | int], first: str = FIRST) -> list[Point]:
    """Settled points of one quarter after the other."""
    return [
        Point(period=periods.shift(first, number), events=one, exposure=Fraction(of))
        for number, (one, of) in enumerate(zip(events, exposure, strict=True))
    ]


BASELINE = quarters(EVENTS, EXPOSURE)
AFTER = quarters([events for _, events in NEW], [exposure for exposure, _ in NEW], "2009Q1")
