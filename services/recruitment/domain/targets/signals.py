"""Signals: where a result of a measure is worse than that of the state for certain, and what that weighs.

Certain means that the better end of the place's own 95 % interval is worse than the worse end of the state's: noise
moves no rank. A community or hospital is part of its state, which makes a difference look smaller, never larger.
Results count once they are followed up, over four quarters (a single quarter has its season), and only where events
and everybody else are more than ten on both sides: fewer say nothing, and could say something about a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from services.recruitment.domain.targets.weights import EVERYBODY, MEASURES, POPULATIONS, STEPS, WEIGHTS, Kind
from shared.contracts.measures import MeasureUpdated

# CMS's cell size policy: no count of 1 to 10 is shown or can be worked out.
SMALL: Final = 10
_SETTLED: Final = frozenset(("FOLLOWED_UP", "FINAL", "RESTATED"))
_UNITS: Final = frozenset(("community", "hospital", "state", "nation"))
_FOUR_QUARTERS: Final = "R4"


class Result(NamedTuple):
    """A result as it is kept; numbers are None where the measure could not be computed or has no interval."""

    measure: str
    unit_type: str
    unit: str
    stratum: str
    period: str
    revision: int
    specification: int
    unit_version: int
    numerator: int | None
    denominator: int | None
    value: float | None
    low: float | None
    high: float | None

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What one result is kept of: measure, unit type, unit, stratum."""
        return self[:4]

    def replaced_by(self, other: "Result") -> bool:
        """A later period replaces an earlier one, a higher revision a lower one of the same period."""
        return (self.period, self.revision) < (other.period, other.revision)


@dataclass(frozen=True, slots=True)
class Signal:
    """One reason to look at a place: what it adds to the score, and what it is in words."""

    kind: Kind
    weight: int
    words: str


def matters(event: MeasureUpdated) -> bool:
    """Whether a result can ever be a signal, or what one is compared with."""
    return (
        event.measure in MEASURES
        and event.unit_type in _UNITS
        and (event.stratum == EVERYBODY or event.stratum in POPULATIONS)
        and event.period.endswith(_FOUR_QUARTERS)
        and event.status in _SETTLED
    )


def result(event: MeasureUpdated) -> Result:
    """A result as it is kept; one that could not be computed is kept too, because it replaces one that was."""
    return Result(
        event.measure,
        event.unit_type,
        event.unit,
        event.stratum,
        event.period,
        event.revision,
        event.specification,
        event.unit_version,
        event.numerator if event.computable else None,
        event.denominator if event.computable else None,
        *(None if text is None else float(text) for text in (event.value, event.low, event.high)),
    )


def excess(own: Result, other: Result) -> float | None:
    """By what share the result is worse for certain (0.1: a tenth); None where it is not, or cannot be compared."""
    same = (own.measure, own.stratum, own.period, own.specification) == (
        other.measure,
        other.stratum,
        other.period,
        other.specification,
    )
    if not same or not _tells(own) or not _tells(other) or own.low is None or other.high is None:
        return None
    return own.low / other.high - 1 if own.low > other.high else None


class Weighed(NamedTuple):
    """A result that is worse for certain, beside what it was compared with; ``worse`` by what share."""

    kind: Kind
    weight: int
    worse: float
    own: Result
    other: Result


def weigh(own: Result, other: Result) -> Weighed | None:
    """What a result weighs beside that of its state (or nation); None where it is no signal."""
    worse = excess(own, other)
    if worse is None:
        return None
    kind = MEASURES[own.measure].kind if own.stratum == EVERYBODY else Kind.SPECIAL_POPULATION
    return Weighed(kind, step(worse)[1] * WEIGHTS[kind].per_step, worse, own, other)


def signal(weighed: Weighed, where: str) -> Signal:
    """The signal in words; ``where`` names the place."""
    own, other = weighed.own, weighed.other
    followed = MEASURES[own.measure]
    least = step(weighed.worse)[0]
    of = "" if own.stratum == EVERYBODY else f" of {POPULATIONS[own.stratum]}"
    beside = "the nation" if other.unit_type == "nation" else other.unit
    surely = f"by {least:.0%} or more for certain" if least else "for certain"
    words = (
        f"{followed.words}{of} {where}: {own.value:.1f} {followed.per}, {beside} {other.value:.1f}, "
        f"worse {surely} (four quarters to {own.period[:-2]})"
    )
    return Signal(weighed.kind, weighed.weight, words)


def concern(topics: Iterable[str]) -> Signal:
    """The signal of confirmed concerns, however many: the topics, never how many people they were about."""
    words = f"a standard of care was not met ({', '.join(sorted(set(topics)))})"
    return Signal(Kind.CONCERN, WEIGHTS[Kind.CONCERN].per_step, words)


def strongest(signals: Iterable[Signal]) -> tuple[Signal, ...]:
    """The strongest of each kind, heaviest first: several of a kind mostly count the same admissions."""
    found: dict[Kind, Signal] = {}
    for one in sorted(signals, key=lambda signal: (-signal.weight, signal.words)):
        found.setdefault(one.kind, one)
    return tuple(found.values())


def step(worse: float) -> tuple[float, int]:
    """The share by which something is worse at least, and how many steps that is."""
    return next(one for one in STEPS if worse >= one[0])


def _tells(one: Result) -> bool:
    return (
        one.value is not None
        and one.numerator is not None
        and one.denominator is not None
        and one.numerator > SMALL
        and one.denominator - one.numerator > SMALL
    )
