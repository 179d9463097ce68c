"""Standardized infection ratios: observed over predicted, their limits, chance, comparison and category.

CDC's rules (SIRcomp.sas, 2014): no ratio below 1 predicted; exact mid-P up to 100 observed, Byar's approximation above;
the chance is twice that of the tail on the side of the ratio, at most 1. Predicted numbers are exact; limits and
chances are floating point and for display.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import Final

from services.measures.domain import intervals
from services.measures.domain.intervals import Interval
from services.measures.domain.methods import discrete
from services.measures.domain.quantiles import crossing

LEAST_PREDICTED: Final = 1  # CDC: below it the ratio is not computed
_TAIL: Final = (1 - intervals.CONFIDENCE) / 2


class Category(StrEnum):
    """How a ratio stands to the national benchmark of 1, in the words of Hospital Compare."""

    BETTER = "Better than the National Benchmark"
    NO_DIFFERENT = "No Different than National Benchmark"
    WORSE = "Worse than the National Benchmark"
    NOT_AVAILABLE = "Not Available"


@dataclass(frozen=True, slots=True)
class Infections:
    """Infections observed, and how many the model of the baseline predicted; raises ValueError for what cannot be."""

    observed: int
    predicted: Fraction

    def __post_init__(self) -> None:
        if self.observed < 0:
            raise ValueError("observed infections cannot be below 0")
        if self.predicted < 0:
            raise ValueError("predicted infections cannot be below 0")

    @property
    def has_ratio(self) -> bool:
        """Whether enough is predicted for a ratio."""
        return self.predicted >= LEAST_PREDICTED


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio to what was predicted; without observed infections there is no lower limit."""

    value: Fraction
    interval: Interval
    chance: float
    category: Category


@dataclass(frozen=True, slots=True)
class Comparison:
    """The first ratio over the second; None where the second has no infections."""

    value: Fraction | None
    interval: Interval
    chance: float


def standardized(infections: Infections, *, exact: bool = False) -> Ratio | None:
    """The ratio; None below 1 predicted. ``exact``: mid-P also above 100 observed, as CMS published for 2015."""
    return _ratio(infections, infections.predicted, exact=exact) if infections.has_ratio else None


def against(infections: Infections, target: Fraction) -> Ratio | None:
    """The ratio to what a target ratio allows, which is above 0; None below 1 predicted. The category is against it."""
    if target <= 0:
        raise ValueError("a target ratio is above 0")
    return _ratio(infections, infections.predicted * target) if infections.has_ratio else None


def category(infections: Infections) -> Category:
    """How the infections stand to the national benchmark; not available below 1 predicted."""
    found = standardized(infections)
    return Category.NOT_AVAILABLE if found is None else found.category


def compare(first: Infections, second: Infections) -> Comparison | None:
    """Two ratios by the conditional binomial mid-P test (CDC, BINOM.sas); None if one is below 1 predicted.

    Given all infections, those of the first are binomial. Without any there is neither ratio nor limit.
    """
    if not (first.has_ratio and second.has_ratio):
        return None
    events, parts = first.observed + second.observed, float(first.predicted / second.predicted)
    if not events:
        return Comparison(None, Interval(None, None), 1.0)
    value = None
    if second.observed:
        value = Fraction(first.observed, second.observed) * second.predicted / first.predicted
    low, high = _shares(first.observed, events)
    odds = [None if share is None else share / (1 - share) / parts for share in (low, high)]
    expected = parts / (1 + parts)
    tail = _at_most(events, expected, first.observed)
    return Comparison(value, Interval(*odds), _twice(tail, above=first.observed > events * expected))


def _ratio(infections: Infections, predicted: Fraction, *, exact: bool = False) -> Ratio:
    limits = intervals.mid_p if exact else intervals.expected
    interval = limits(infections.observed).times(1 / float(predicted))
    chance = _chance(infections.observed, float(predicted), exact=exact)
    return Ratio(infections.observed / predicted, interval, chance, _category(interval))


def _category(interval: Interval) -> Category:
    if interval.high is not None and interval.high < 1:
        return Category.BETTER
    if interval.low is not None and interval.low > 1:
        return Category.WORSE
    return Category.NO_DIFFERENT


def _chance(observed: int, predicted: float, *, exact: bool) -> float:
    above = observed > predicted
    if exact or observed <= intervals.MOST_EXACT:
        chances = discrete.poisson(predicted)
        return _twice(chances.at_most(observed) - chances.exactly(observed) / 2, above=above)
    # Byar's normal deviate: Breslow and Day, Statistical Methods in Cancer Research II (1987), section 2.3.
    near = observed if above else observed + 1
    deviate = math.sqrt(9 * near) * (1 - 1 / (9 * near) - (predicted / near) ** (1 / 3))
    return _twice(NormalDist().cdf(deviate), above=above)


def _twice(tail: float, *, above: bool) -> float:
    return min(1.0, 2 * (1 - tail if above else tail))


def _at_most(trials: int, share: float, events: int) -> float:
    """P(fewer events) + half of P(as many), falling in the share."""
    chances = discrete.binomial(trials, share)
    return chances.at_most(events) - chances.exactly(events) / 2


def _shares(events: int, trials: int) -> tuple[float | None, float | None]:
    """Mid-P limits of a share; None where events or their complement are missing."""
    edge = 1e-12
    low = crossing(lambda share: 1 - _at_most(trials, share, events), _TAIL, edge, 1 - edge) if events else None
    if events == trials:
        return low, None
    return low, crossing(lambda share: -_at_most(trials, share, events), -_TAIL, edge, 1 - edge)
