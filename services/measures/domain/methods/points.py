"""Points of Hospital Value-Based Purchasing (42 CFR 412.165): for achievement, for improvement, and the better of both.

Achievement: 10 at the benchmark (mean of the best tenth), 0 worse than the threshold (median), 1 to 9 between.
Improvement: 0 to 9 on the way from the hospital's own baseline to the benchmark. Rounded to whole points, halves up.
"""

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.measures.domain.methods.standards import Standard

MOST: Final = 10
MOST_FOR_IMPROVEMENT: Final = 9
_HALF: Final = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a measure; ``improvement`` is None without a baseline."""

    achievement: int
    improvement: int | None

    @property
    def score(self) -> int:
        """The better of both."""
        return max(self.achievement, self.improvement or 0)


def score(standard: Standard, performance: Fraction, baseline: Fraction | None = None) -> Points:
    """Points for a performance, by a standard; rates cannot be below 0."""
    if performance < 0 or (baseline is not None and baseline < 0):
        raise ValueError("a rate cannot be below 0")
    return Points(
        achievement(standard, performance), None if baseline is None else improvement(standard, performance, baseline)
    )


def achievement(standard: Standard, performance: Fraction) -> int:
    """0 to 10 points for where a hospital is."""
    if standard.reaches(performance, standard.benchmark):
        return MOST
    if not standard.reaches(performance, standard.threshold):
        return 0
    way = (performance - standard.threshold) / (standard.benchmark - standard.threshold)
    return _whole(9 * way + _HALF)


def improvement(standard: Standard, performance: Fraction, baseline: Fraction) -> int:
    """0 to 9 points for how far a hospital has come; all 9 if it got better and is at the benchmark now."""
    if standard.reaches(baseline, performance):
        return 0
    if standard.reaches(performance, standard.benchmark):
        return MOST_FOR_IMPROVEMENT
    way = (performance - baseline) / (standard.benchmark - baseline)
    return _whole(10 * way - _HALF)


def _whole(points: Fraction) -> int:
    return math.floor(points + _HALF)
