"""Exact binomial limits from the beta distribution, without a numerical library.

The distribution function of the beta is the classical continued fraction (Abramowitz and Stegun 26.5.8), summed by
the modified method of Lentz; quantiles are found by bisection. Errors are below 1e-12 for hundreds of cases and 1e-8
for a million, since ``lgamma`` loses digits.
"""

import math
from typing import Final, NamedTuple

_TINY: Final = 1e-300
_PRECISE: Final = 1e-16
_STEPS: Final = 100_000


class Interval(NamedTuple):
    """Two shares, the lower first."""

    low: float
    high: float


def beta_distribution(a: float, b: float, x: float) -> float:
    """The chance that a Beta(a, b) variable is at most ``x``; ``a`` and ``b`` are positive."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast on one side only
        return 1 - _lower(b, a, 1 - x, 1 - x, x)
    return _lower(a, b, x, x, 1 - x)


def binomial_distribution(events: int, cases: int, share: float) -> float:
    """The chance of at most ``events`` among ``cases`` when each has the chance ``share``."""
    if events < 0:
        return 0.0
    return 1.0 if events >= cases else beta_distribution(cases - events, events + 1, 1 - share)


def clopper_pearson(events: int, cases: int, confidence: float = 0.95) -> Interval:
    """The exact interval of a share (Clopper and Pearson 1934, Biometrika 26:404-413).

    It covers the true share in at least ``confidence`` of all samples. Raises ValueError without cases.
    """
    if not 0 <= events <= cases or cases == 0:
        raise ValueError("events are from 0 to cases, and there is a case")
    tail = (1 - confidence) / 2
    low = 0.0 if events == 0 else _beta_quantile(events, cases - events + 1, tail)
    high = 1.0 if events == cases else _beta_quantile(events + 1, cases - events, 1 - tail)
    return Interval(low, high)


def funnel_limit(target: float, cases: int, chance: float) -> float:
    """The share below which a group of this size falls with ``chance`` when ``target`` is true for it.

    The exact binomial quantile, interpolated between its steps (Spiegelhalter 2005, Stat Med 24:1185-1202, A.1.1).
    """
    if cases < 1:
        raise ValueError("a funnel limit needs a case")
    if target in {0.0, 1.0}:
        return target
    below, above = -1, cases  # F(below) < chance <= F(above)
    while above - below > 1:
        middle = (below + above) // 2
        if binomial_distribution(middle, cases, target) < chance:
            below = middle
        else:
            above = middle
    reached, before = (binomial_distribution(events, cases, target) for events in (above, below))
    return min(1.0, max(0.0, (above - (reached - chance) / (reached - before)) / cases))


def mid_p_above(events: int, cases: int, target: float) -> float:
    """The chance of more events than these, and half the chance of as many, when ``target`` is true for the group."""
    at_most = binomial_distribution(events, cases, target)
    return 1 - (at_most + binomial_distribution(events - 1, cases, target)) / 2


def _beta_quantile(a: float, b: float, chance: float) -> float:
    low, high = 0.0, 1.0
    while (middle := (low + high) / 2) not in {low, high}:
        if beta_distribution(a, b, middle) < chance:
            low = middle
        else:
            high = middle
    return high


def _lower(a: float, b: float, x: float, small: float, large: float) -> float:
    """The distribution function left of the mean; ``small`` and ``large`` are x and 1 - x as they were given."""
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(small) + b * math.log(large)
    return math.exp(front) / a * _fraction(a, b, x)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _off_zero(1 + term * d)
            c = _off_zero(1 + term / c)
            value *= c * d
        if abs(c * d - 1) <= _PRECISE:
            break
    return value


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
