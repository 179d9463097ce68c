"""Shares of cases (overturned, on time) by group, each with what chance alone would allow."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from services.complaints.domain.consistency.exact import Interval, clopper_pearson, funnel_limit, mid_p_above

OVERALL: Final = "ALL"


class Dimension(StrEnum):
    """What groups are made of."""

    STATE = "state"
    PROVIDER_TYPE = "provider_type"
    REVIEWER_GROUP = "reviewer_group"


class Standing(StrEnum):
    """Where a group's share lies in the funnel around the share of all."""

    WITHIN = "WITHIN"
    BELOW_95 = "BELOW_95"
    ABOVE_95 = "ABOVE_95"
    BELOW_99_8 = "BELOW_99_8"
    ABOVE_99_8 = "ABOVE_99_8"


class Cell(NamedTuple):
    """A group's ``events`` (cases overturned, cases on time) among its ``cases``."""

    group: str
    events: int
    cases: int


class Funnel(NamedTuple):
    """Between which shares 95 % and 99.8 % of groups of this size fall when all decide alike."""

    inner: Interval
    outer: Interval


@dataclass(frozen=True, slots=True)
class Rate:
    """A group's share with its exact 95 % interval and funnel.

    Without cases there is no share; ``events`` and ``cases`` are None where they are hidden for being small.
    """

    group: str
    events: int | None
    cases: int | None
    share: Fraction | None = None
    interval: Interval | None = None
    funnel: Funnel | None = None
    standing: Standing | None = None

    @property
    def hidden(self) -> bool:
        """Whether something is kept back."""
        return self.events is None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The share of all, and of each group, in order of group."""

    overall: Rate
    rates: tuple[Rate, ...]


def compared(cells: Collection[Cell]) -> Comparison:
    """Every group against all of them together. Of many groups alike one in 20 lies outside 95 % by chance.

    Raises ValueError for a group named twice or more events than cases.
    """
    if len({cell.group for cell in cells}) != len(cells):
        raise ValueError("a group is named twice")
    if any(not 0 <= cell.events <= cell.cases for cell in cells):
        raise ValueError("events are from 0 to cases")
    total = Cell(OVERALL, sum(cell.events for cell in cells), sum(cell.cases for cell in cells))
    return Comparison(_rate(total, None), tuple(_rate(cell, total) for cell in sorted(cells)))


def _rate(cell: Cell, total: Cell | None) -> Rate:
    if cell.cases == 0:
        return Rate(cell.group, cell.events, cell.cases)
    share = Fraction(cell.events, cell.cases)
    interval = clopper_pearson(cell.events, cell.cases)
    if total is None:
        return Rate(cell.group, cell.events, cell.cases, share, interval)
    funnel = _funnel(total.events / total.cases, cell.cases)
    standing = _standing(cell, total.events / total.cases, float(share), funnel)
    return Rate(cell.group, cell.events, cell.cases, share, interval, funnel, standing)


@lru_cache(maxsize=4096)
def _funnel(target: float, cases: int) -> Funnel:
    low, inner_low, inner_high, high = (funnel_limit(target, cases, chance) for chance in (0.001, 0.025, 0.975, 0.999))
    return Funnel(Interval(inner_low, inner_high), Interval(low, high))


def _standing(cell: Cell, target: float, share: float, funnel: Funnel) -> Standing:
    """Above a limit is only what chance seldom gives: one of one case lies above an interpolated limit always."""
    above = mid_p_above(cell.events, cell.cases, target)
    if share < funnel.outer.low:
        return Standing.BELOW_99_8
    if share > funnel.outer.high and above <= 0.001:
        return Standing.ABOVE_99_8
    if share < funnel.inner.low:
        return Standing.BELOW_95
    return Standing.ABOVE_95 if share > funnel.inner.high and above <= 0.025 else Standing.WITHIN
