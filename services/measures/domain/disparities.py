"""Disparities: a population's rate beside the rate of everybody else in the same place and period."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain import intervals
from services.measures.domain.intervals import Count, Interval
from services.measures.domain.strata import contains


@dataclass(frozen=True, slots=True)
class Sums:
    """A numerator and its denominator, in whole events, days or persons."""

    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Disparity:
    """How much more often something happens to a population than to the others; 1 is no disparity.

    ``ratio`` is exact, None where the others have no events or either side has nobody.
    """

    population: Sums
    others: Sums
    ratio: Fraction | None
    interval: Interval


def divide(cells: Mapping[int, Sums], stratum: str) -> tuple[Sums, Sums]:
    """The sums of a stratum and of everybody else, from sums by flags; ``chronic_2+polypharmacy`` is who has both.

    Raises ValueError for a name that is no stratum.
    """
    sides: dict[bool, list[Sums]] = {True: [], False: []}
    for flags, sums in cells.items():
        sides[contains(stratum, flags)].append(sums)
    return _total(sides[True]), _total(sides[False])


def disparity(population: Sums, others: Sums, *, share: bool) -> Disparity:
    """The ratio of the two rates with its 95 % interval.

    ``share``: the numerator is part of the denominator (readmissions of discharges), otherwise events over
    person-time. The two never overlap: the population is compared with its complement, not with the whole.
    """
    if population.denominator == 0 or others.denominator == 0:
        return Disparity(population, others, None, Interval(None, None))
    own, other = (Count(sums.numerator, sums.denominator) for sums in (population, others))
    interval = intervals.ratio_of_shares(own, other) if share else intervals.ratio_of_rates(own, other)
    return Disparity(population, others, _ratio(population, others), interval)


def _ratio(population: Sums, others: Sums) -> Fraction | None:
    if others.numerator == 0:
        return None
    return Fraction(population.numerator * others.denominator, population.denominator * others.numerator)


def _total(sums: list[Sums]) -> Sums:
    return Sums(sum(one.numerator for one in sums), sum(one.denominator for one in sums))
