"""Limits of funnel plots around a target: exact, interpolated between whole numbers of events (Spiegelhalter 2005)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.measures.domain.methods import discrete
from services.measures.domain.methods.discrete import Chances

# Two and three standard deviations of the normal distribution, about.
CHANCES: Final = (0.001, 0.025, 0.975, 0.999)
RAREST: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Limit:
    """The value below which a unit in line with the target lies with this chance, interpolated.

    ``fewest`` events are beyond it: as many or more have a mid-P chance of at most 1 - chance. Interpolation alone
    would put one event of one trial beyond what chance gives, however likely it is.
    """

    chance: float
    value: float
    fewest: int

    def is_exceeded(self, events: int, value: float) -> bool:
        """Whether a unit lies above it, and by more than chance gives."""
        return value > self.value and events >= self.fewest


def share(target: float, trials: int, chances: Sequence[float] = CHANCES) -> list[Limit]:
    """Limits of a share of this many trials; the target lies between 0 and 1, both left out."""
    return _limits(discrete.binomial(trials, target), trials, chances)


def rate(target: float, exposure: float, chances: Sequence[float] = CHANCES) -> list[Limit]:
    """Limits of events per exposure; target and exposure are above 0."""
    if target <= 0 or exposure <= 0:
        raise ValueError("a target rate and its exposure are above 0")
    return _limits(discrete.poisson(target * exposure), exposure, chances)


def stretched(limits: Sequence[Limit], target: float, factor: float, most: float | None = None) -> list[Limit]:
    """Limits pushed away from the target by a factor of at least 1, for units that differ more than by chance.

    They stay at or above 0 and, if ``most`` is given (1 of a share), at or below it.
    """
    if factor < 1:
        raise ValueError("limits are not narrowed: a factor is at least 1")
    moved = [(one, max(0.0, target + (one.value - target) * factor)) for one in limits]
    return [replace(one, value=value if most is None else min(value, most)) for one, value in moved]


def _limits(chances: Chances, exposure: float, wanted: Sequence[float]) -> list[Limit]:
    if not all(RAREST <= chance <= 1 - RAREST for chance in wanted):
        raise ValueError("the chance of a limit lies between 0.000001 and 0.999999")
    return [_limit(chances, chance, exposure) for chance in wanted]


def _limit(chances: Chances, chance: float, exposure: float) -> Limit:
    """Between the least number reached with this chance and the one before; at none there is nothing before."""
    number = chances.quantile(chance)
    back = (chances.at_most(number) - chance) / chances.exactly(number)
    return Limit(chance, max(0.0, number - back) / exposure, number if back >= 0.5 else number + 1)
