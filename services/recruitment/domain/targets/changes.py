"""Signals of single facilities: a control chart that changed for the worse, infections above what was predicted.

Both count for 18 months after the period they are of: figures settle up to half a year after theirs, and what is older
says little of a place as it is now.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple

from services.recruitment.domain.measured import last_day
from services.recruitment.domain.targets.signals import SMALL, Signal, step
from services.recruitment.domain.targets.weights import INFECTIONS, MEASURES, WEIGHTS, Kind
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.signals import SignalRaised, SignalRetracted

COUNTS: Final = dt.timedelta(days=548)
_UNITS: Final = frozenset(("hospital", "nursing_home", "practice", "provider", "community"))
_SETTLED: Final = frozenset(("FINAL", "RESTATED"))
_RATIO: Final = "-sir-"


class Change(NamedTuple):
    """The latest word on one rule of a chart at one period, of those that are for the worse."""

    measure: str
    unit_type: str
    unit: str
    period: str
    rule: str
    side: str
    ends_on: dt.date
    standing: bool
    said_at: dt.datetime

    @property
    def key(self) -> tuple[str, ...]:
        """What one word is kept of."""
        return self[:6]

    @property
    def rank(self) -> tuple[object, ...]:
        """A higher one replaces a lower one, in whatever order they come."""
        return self.said_at, not self.standing


class Infections(NamedTuple):
    """A hospital's infections over those predicted; None where that could not be computed."""

    measure: str
    unit: str
    period: str
    revision: int
    ends_on: dt.date
    numerator: int
    value: float | None
    low: float | None

    @property
    def key(self) -> tuple[str, ...]:
        """What the latest is kept of."""
        return self[:2]

    @property
    def rank(self) -> tuple[object, ...]:
        """A later period replaces an earlier one, a higher revision a lower one of the same period."""
        return self.ends_on, self.period, self.revision


def change(event: SignalRaised | SignalRetracted) -> Change | None:
    """What is kept of a signal; None for what is for the better, or of no place."""
    if event.direction != "worse" or event.unit_type not in _UNITS:
        return None
    standing = isinstance(event, SignalRaised)
    said_at = event.raised_at if isinstance(event, SignalRaised) else event.retracted_at
    which = (event.measure, event.unit_type, event.unit, event.period, event.rule, event.side)
    return Change(*which, last_day(event.period), standing, said_at)


def infections(event: FacilityMeasured) -> Infections | None:
    """What is kept of a figure; None for what is provisional, or no standardized ratio of infections."""
    if infection_of(event.measure) is None or event.status not in _SETTLED or event.unit_type != "hospital":
        return None
    value, low = (None if text is None else float(text) for text in (event.value, event.low))
    which = (event.measure, event.unit, event.period, event.revision)
    return Infections(*which, last_day(event.period), event.numerator, value, low)


def infection_of(measure: str) -> str | None:
    """Which infection a standardized ratio counts, in words."""
    name, _, baseline = measure.partition(_RATIO)
    return INFECTIONS.get(name) if baseline else None


def changed(where: str, charts: Iterable[tuple[str, str]]) -> Signal:
    """The signal of charts, measure and period of each: one, however many there are."""
    told = ", ".join(f"{_words(measure)} in {period}" for measure, period in sorted(charts))
    words = f"control charts {where} changed for the worse ({told})"
    return Signal(Kind.CHANGE, WEIGHTS[Kind.CHANGE].per_step, words)


def harm(one: Infections) -> Signal | None:
    """The signal of infections; None where they are not surely more than predicted, or too few to tell of."""
    if one.low is None or one.value is None or one.low <= 1 or one.numerator <= SMALL:
        return None
    least, steps = step(round(one.low - 1, 4))
    surely = f"by {least:.0%} or more for certain" if least else "for certain"
    words = f"{infection_of(one.measure)} of this hospital: {one.value:.2f} times those predicted, more {surely}"
    return Signal(Kind.HARM, steps * WEIGHTS[Kind.HARM].per_step, f"{words} ({one.period})")


def _words(measure: str) -> str:
    return MEASURES[measure].words if measure in MEASURES else measure.replace("-", " ")
