"""Whether units differ by more than chance, and by how much limits have to give way (Spiegelhalter 2005).

phi is the mean square of the deviates; those beyond the tenth and the ninetieth percentile are drawn in to them
(winsorised), so that one outlier does not widen the limits that should show it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

TRIM: Final = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's deviate from the target and its standard error under chance alone, above 0."""

    deviate: float
    error: float

    def __post_init__(self) -> None:
        if self.error <= 0:
            raise ValueError("a standard error is above 0")


@dataclass(frozen=True, slots=True)
class Dispersion:
    """``phi``: mean square of the drawn-in deviates, ``raw`` of the deviates as they are; ``between``: the variance
    between units that is added to each one's own (0 where chance explains all)."""

    phi: float
    raw: float
    between: float

    @property
    def factor(self) -> float:
        """How much multiplied limits are wider; never below 1."""
        return math.sqrt(max(1.0, self.phi))


def of_share(events: int, trials: int, target: float) -> Unit:
    """A unit with a share, around a target between 0 and 1."""
    if not 0 < target < 1:
        raise ValueError("a target share lies between 0 and 1")
    if trials < 1 or not 0 <= events <= trials:
        raise ValueError("a share has at least one trial and no more events than trials")
    error = math.sqrt(target * (1 - target) / trials)
    return Unit((events / trials - target) / error, error)


def of_rate(events: int, exposure: float, target: float) -> Unit:
    """A unit with events per exposure, around a target above 0."""
    if target <= 0 or exposure <= 0 or events < 0:
        raise ValueError("a rate has events of at least 0, and target and exposure above 0")
    error = math.sqrt(target / exposure)
    return Unit((events / exposure - target) / error, error)


def dispersion(units: Sequence[Unit], trim: Fraction = TRIM) -> Dispersion:
    """How the units differ; raises ValueError for fewer than two, or to draw in half or more on either side."""
    if len(units) < 2:
        raise ValueError("whether units differ needs at least two of them")
    if not 0 <= trim < Fraction(1, 2):
        raise ValueError("the part that is drawn in is at least 0 and below a half")
    ordered = sorted(unit.deviate for unit in units)
    low, high = _percentile(ordered, trim), _percentile(ordered, 1 - trim)
    phi = math.fsum(min(max(one, low), high) ** 2 for one in ordered) / len(ordered)
    return Dispersion(phi, math.fsum(one * one for one in ordered) / len(ordered), _between(units, phi))


def _between(units: Sequence[Unit], phi: float) -> float:
    """Moment estimate of the variance between units (DerSimonian and Laird)."""
    weights = [1 / unit.error**2 for unit in units]
    whole = math.fsum(weights)
    more = len(units) * phi - (len(units) - 1)
    return max(0.0, more) / (whole - math.fsum(weight * weight for weight in weights) / whole)


def _percentile(ordered: Sequence[float], part: Fraction) -> float:
    """Linear between neighbours."""
    place = part * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * float(place - below)
