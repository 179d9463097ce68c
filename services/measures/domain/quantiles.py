"""Quantiles that intervals are made of: by bisection on exact sums, without a library of statistics."""

import math
from collections.abc import Callable
from statistics import NormalDist

PRECISION = 1e-10


def crossing(rising: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a rising function reaches a level, to 1e-10 of the larger of 1 and the place; it lies in [low, high]."""
    while high - low > PRECISION * max(1.0, abs(low)):
        middle = (low + high) / 2
        if rising(middle) < level:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def normal(confidence: float) -> float:
    """Two-sided quantile of the normal distribution: 1.96 for 0.95."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def student(confidence: float, degrees: int) -> float:
    """Two-sided quantile of Student's t with whole degrees of freedom: 2.228 for 0.95 and 10.

    Raises ValueError below one degree.
    """
    if degrees < 1:
        raise ValueError("Student's t needs a degree of freedom")
    # For whole degrees the probability within +-t is a finite sum in the angle atan(t / sqrt(degrees))
    # (Abramowitz and Stegun 26.7.3 and 26.7.4).
    angle = crossing(lambda theta: _within(theta, degrees), confidence, 0.0, math.pi / 2)
    return math.tan(angle) * math.sqrt(degrees)


def _within(theta: float, degrees: int) -> float:
    """P(|T| <= t) at t = sqrt(degrees) * tan(theta)."""
    cosine, sine = math.cos(theta), math.sin(theta)
    odd = degrees % 2
    term, total = (cosine if odd else 1.0), 0.0
    for number in range(1 + odd, degrees, 2):
        total += term
        term *= cosine * cosine * number / (number + 1)
    return 2 / math.pi * (theta + sine * total) if odd else sine * total
