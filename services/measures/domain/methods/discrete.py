"""Chances of whole numbers of events: binomial and Poisson, as sums, lower tails and mid-P tails."""

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

_NEGLIGIBLE = 1e-25  # of the largest chance: all that is left out together is below 1e-20


@dataclass(frozen=True, slots=True)
class Chances:
    """Cumulative chances from ``first`` on; below it and above the last they are 0 and 1 to 1e-12."""

    first: int
    cumulative: tuple[float, ...]

    def at_most(self, number: int) -> float:
        """P(X <= number)."""
        if number < self.first:
            return 0.0
        return self.cumulative[min(number - self.first, len(self.cumulative) - 1)]

    def exactly(self, number: int) -> float:
        """P(X = number)."""
        return self.at_most(number) - self.at_most(number - 1)

    def quantile(self, chance: float) -> int:
        """The least number that is exceeded with a chance of at most 1 - chance."""
        return self.first + min(bisect_left(self.cumulative, chance), len(self.cumulative) - 1)


def binomial(trials: int, share: float) -> Chances:
    """Chances of events among trials, each with the same chance; the share lies between 0 and 1, both left out."""
    if trials < 1:
        raise ValueError("a share needs at least one trial")
    if not 0 < share < 1:
        raise ValueError("the chance of a trial lies between 0 and 1")
    odds = share / (1 - share)
    mode = min(trials, int((trials + 1) * share))
    return _around(mode, lambda k: (trials - k) / (k + 1) * odds)


def poisson(mean: float) -> Chances:
    """Chances of events of which ``mean``, above 0, are expected."""
    if not 0 < mean < math.inf:
        raise ValueError("the number expected is above 0")
    return _around(int(mean), lambda k: mean / (k + 1))


def _around(mode: int, up: Callable[[int], float]) -> Chances:
    """From the ratio of each chance to the one before it, outward from the most likely: nothing underflows."""
    above, weight, number = [1.0], 1.0, mode
    while (weight := weight * up(number)) > _NEGLIGIBLE:
        above.append(weight)
        number += 1
    below, weight, number = [], 1.0, mode
    while number > 0 and (weight := weight / up(number - 1)) > _NEGLIGIBLE:
        number -= 1
        below.append(weight)
    weights = [*reversed(below), *above]
    whole = math.fsum(weights)
    return Chances(number, tuple(part / whole for part in accumulate(weights)))
