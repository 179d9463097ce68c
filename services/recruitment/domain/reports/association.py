"""How a measure moved where facilities took part, against comparable ones that did not: an association, no effect.

Comparable are facilities of the same setting and state that began in the same fifth of all that are reported. Within
each such group the mean changes are compared; groups count by how many participants they hold. The interval is Welch's,
with the variance of each side pooled over the groups: with one group it is that of the t test for unequal variances.
"""

import math
import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from shared.contracts.recruitment.ids import Setting

FEWEST: Final = 11  # facilities on each side: CMS's cell size policy, no count of 1 to 10 is told
BANDS: Final = 5
_SURE: Final = 0.975  # of one side: 95 % of both
_LEAST_FREEDOM: Final = 5.0


@dataclass(frozen=True, slots=True)
class Moved:
    """A facility's values of a measure before and at the end of a time; ``takes_part``: it is a participant."""

    facility: str
    setting: Setting
    state: str
    takes_part: bool
    before: float
    after: float

    @property
    def change(self) -> float:
        """In the unit of the measure."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Compared:
    """The mean changes of both sides, and their difference with its 95 % interval, in the unit of the measure."""

    change: float
    comparable_change: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Association:
    """``participants`` are those who have ``comparable`` facilities, ``unmatched`` those who have none.

    ``compared`` is None where either side is too small to tell of.
    """

    participants: int
    comparable: int
    unmatched: int
    compared: Compared | None


Group = tuple[Sequence[float], Sequence[float]]


def association(moved: Iterable[Moved]) -> Association:
    """Participants against comparable facilities."""
    sides: dict[tuple[Setting, str, int], tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for one, band in _banded(list(moved)):
        sides[one.setting, one.state, band][0 if one.takes_part else 1].append(one.change)
    matched: list[Group] = [(own, others) for own, others in sides.values() if own and others]
    participants = sum(len(own) for own, _ in matched)
    comparable = sum(len(others) for _, others in matched)
    unmatched = sum(len(own) for own, others in sides.values() if not others)
    enough = min(participants, comparable) >= FEWEST
    return Association(participants, comparable, unmatched, _compared(matched) if enough else None)


def _banded(moved: Sequence[Moved]) -> Iterable[tuple[Moved, int]]:
    """Each with its fifth by the value it began with, among all of its setting."""
    starts: dict[Setting, list[float]] = defaultdict(list)
    for one in moved:
        starts[one.setting].append(one.before)
    cuts = {
        setting: statistics.quantiles(values, n=BANDS, method="inclusive") if len(values) > 1 else []
        for setting, values in starts.items()
    }
    return [(one, bisect_right(cuts[one.setting], one.before)) for one in moved]


def _compared(groups: Sequence[Group]) -> Compared | None:
    many = sum(len(own) for own, _ in groups)
    weights = [len(own) / many for own, _ in groups]
    own = math.fsum(weight * statistics.fmean(mine) for weight, (mine, _) in zip(weights, groups, strict=True))
    other = math.fsum(weight * statistics.fmean(theirs) for weight, (_, theirs) in zip(weights, groups, strict=True))
    parts = [_variance([group[side] for group in groups], weights) for side in (0, 1)]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    variance = math.fsum(value for value, _ in known)
    spent = math.fsum(value * value / freedom for value, freedom in known)
    freedom = variance * variance / spent if spent else math.inf
    if freedom < _LEAST_FREEDOM:
        return None
    wide = quantile(freedom) * math.sqrt(variance)
    return Compared(own, other, own - other, own - other - wide, own - other + wide)


def _variance(groups: Sequence[Sequence[float]], weights: Sequence[float]) -> tuple[float, int] | None:
    """The variance of the weighted mean of one side, and its degrees of freedom; None where there are none."""
    freedom = sum(len(one) - 1 for one in groups)
    if not freedom:
        return None
    within = math.fsum((value - statistics.fmean(one)) ** 2 for one in groups for value in one) / freedom
    spread = math.fsum(weight * weight / len(one) for weight, one in zip(weights, groups, strict=True))
    return within * spread, freedom


def quantile(freedom: float) -> float:
    """The 97.5 % point of Student's t for 5 degrees of freedom and more, to three digits (A&S 26.7.5)."""
    x = statistics.NormalDist().inv_cdf(_SURE)
    if math.isinf(freedom):
        return x
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + math.fsum(term / freedom**power for power, term in enumerate(terms, 1))
