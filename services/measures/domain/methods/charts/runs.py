"""Run charts: longest run and crossings about the median, by Anhoej's rules, in exact numbers.

A value equal to the median in fact is equal here too: values are fractions, the median is their exact middle.
Anhoej J, Olesen AV. PLoS ONE 2014;9:e113825; the limits are those of Schilling (run) and Chen (crossings).
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain.methods.charts.rules import Side


@dataclass(frozen=True, slots=True)
class Runs:
    """``useful`` values lie off the median; ``side`` is where the last of them lies. None of it without any."""

    useful: int
    longest: int
    most_longest: int
    crossings: int
    least_crossings: int
    side: Side | None

    @property
    def long_run(self) -> bool:
        """Whether a run is longer than chance gives."""
        return self.longest > self.most_longest

    @property
    def few_crossings(self) -> bool:
        """Whether the median is crossed less often than chance gives."""
        return self.crossings < self.least_crossings

    @property
    def signal(self) -> bool:
        """Whether either says that something changed."""
        return self.long_run or self.few_crossings


def median(values: Sequence[Fraction]) -> Fraction:
    """The exact middle; raises ValueError without values."""
    if not values:
        raise ValueError("a median needs values")
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def runs(values: Sequence[Fraction], middle: Fraction) -> Runs:
    """The runs of values about a median; those equal to it are passed over."""
    above = [value > middle for value in values if value != middle]
    lengths = [len(list(group)) for _, group in itertools.groupby(above)]
    side = (Side.HIGH if above[-1] else Side.LOW) if above else None
    return Runs(
        len(above),
        max(lengths, default=0),
        longest_run(len(above)),
        max(len(lengths) - 1, 0),
        fewest_crossings(len(above)),
        side,
    )


def longest_run(useful: int) -> int:
    """The longest run that chance gives: round(log2 n) + 3, the logarithm rounded in whole numbers."""
    if useful < 1:
        return 3
    whole = useful.bit_length() - 1
    return whole + (useful * useful > 1 << (2 * whole + 1)) + 3


def fewest_crossings(useful: int) -> int:
    """The 5 % quantile of crossings: binomial, n - 1 trials of one half, summed exactly."""
    trials, total = max(useful - 1, 0), 0
    for crossings in range(trials + 1):
        total += math.comb(trials, crossings)
        if 20 * total >= 1 << trials:
            return crossings
    raise AssertionError("the chances of all crossings sum to one")
