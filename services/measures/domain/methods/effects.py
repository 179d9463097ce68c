"""What may be said of an intervention: its effect with interval, and the word its evidence allows."""

import math
from dataclasses import dataclass
from enum import StrEnum

from services.measures.domain.quantiles import normal


class Wording(StrEnum):
    """What a change may be called. Communities chosen for bad figures get better anyway: without others beside them
    a change goes along with an intervention, and nothing says that it came of it."""

    IMPACT = "impact"
    ASSOCIATION = "association"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who was compared: how many units without the intervention, at least one."""

    units: int

    def __post_init__(self) -> None:
        if self.units < 1:
            raise ValueError("a comparison group has at least one unit")


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate with its standard error and 95 % limits; None: not known. ``none`` is the value without an effect.

    Differences and slopes have none 0; ratios none 1, and the error of their logarithm.
    """

    estimate: float
    error: float | None
    low: float | None
    high: float | None
    comparison: Comparison | None = None
    none: float = 0.0

    @property
    def wording(self) -> Wording:
        """Impact only with a comparison group."""
        return Wording.ASSOCIATION if self.comparison is None else Wording.IMPACT

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out that nothing happened."""
        return self.low is not None and self.high is not None and not self.low <= self.none <= self.high


def about(estimate: float, error: float, comparison: Comparison | None = None) -> Effect:
    """An effect with normal limits."""
    width = normal(0.95) * error
    return Effect(estimate, error, estimate - width, estimate + width, comparison)


def of_logarithm(logarithm: float, error: float, comparison: Comparison | None = None) -> Effect:
    """A ratio from its logarithm, with limits normal on the logarithm."""
    width = normal(0.95) * error
    low, high = math.exp(logarithm - width), math.exp(logarithm + width)
    return Effect(math.exp(logarithm), error, low, high, comparison, none=1.0)
