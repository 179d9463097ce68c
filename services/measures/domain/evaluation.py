"""From what a unit's months add up to, to the numbers of a measure: exact, or not computable with the reason."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, NamedTuple

from services.measures.domain import intervals
from services.measures.domain.components import INPUTS
from services.measures.domain.definitions import Definition, Per, Uncertainty
from services.measures.domain.intervals import Count, Interval
from services.measures.domain.periods import days_in
from services.measures.domain.spread import Amounts, Body, add_amounts

PARTS: Final = 376_740
"""Least common multiple of 90, 91 and 92: a day of any quarter is a whole number of these parts of a quarter."""
_LACKS: Final = {name: f"lacks_{name}" for name in INPUTS}


class Counted(NamedTuple):
    """What a measure counts. ``person_time``: beneficiary-quarters in ``PARTS``, 0 for a plain quotient; ``reason``
    says what is missing (then all numbers are 0 and mean nothing), None for a measure that can be computed."""

    numerator: int
    denominator: int
    person_time: int
    reason: str | None = None

    @property
    def computable(self) -> bool:
        """Whether the numbers mean anything."""
        return self.reason is None


def count(
    definition: Definition, quarters: Sequence[tuple[str, Mapping[str, int]]], is_loaded: Callable[[str], bool]
) -> Counted:
    """The numbers of a period that is made of these quarters, or of months of them, each with its amounts by name.

    Not computable when it is withdrawn, when any person-time (for a hospital: any live discharge) comes from a source
    that lacks a needed input, or when a needed value set is not loaded.
    """
    if definition.withdrawn:
        return Counted(0, 0, 0, definition.withdrawn)
    lacking = frozenset([name for name in definition.needs for _, amounts in quarters if amounts.get(_LACKS[name])])
    missing = frozenset([name for name in definition.value_sets if not is_loaded(name)])
    if lacking or missing:
        return Counted(0, 0, 0, _reason(lacking, missing))
    numerator = denominator = person_time = 0
    for quarter, amounts in quarters:
        get = amounts.get
        for name, sign in definition.numerator.items():
            numerator += sign * get(name, 0)
        own = 0
        for name in definition.denominator:
            own += get(name, 0)
        denominator += own
        if definition.per is Per.BENEFICIARY_QUARTER:
            person_time += own * parts_of_day(quarter)
    return Counted(numerator, denominator, person_time)


def value(definition: Definition, counted: Counted) -> Fraction | None:
    """The exact value; None where it cannot be computed or the denominator is 0.

    Per beneficiary-quarter: ``scale`` times the numerator, divided by the days of each quarter over the length of
    that quarter. So a month or four quarters are scaled to a quarter as well, and quarters of 90 and of 92 days
    weigh the same.
    """
    base = denominator_of(definition, counted)
    return definition.scale * counted.numerator / base if counted.computable and base else None


def denominator_of(definition: Definition, counted: Counted) -> Fraction:
    """What the numerator is divided by: beneficiary-quarters, or the denominator itself."""
    if definition.per is Per.BENEFICIARY_QUARTER:
        return Fraction(counted.person_time, PARTS)
    return Fraction(counted.denominator)


def interval(definition: Definition, counted: Counted) -> Interval:
    """The 95 % interval of the value; without limits where the measure or the numbers have none."""
    base = denominator_of(definition, counted)
    if definition.uncertainty is Uncertainty.NONE or not counted.computable or base <= 0 or counted.numerator < 0:
        return Interval(None, None)
    if definition.uncertainty is Uncertainty.EVENTS:
        found = intervals.expected(counted.numerator).times(1 / float(base))
    else:
        found = intervals.share(Count(counted.numerator, float(base)))
    return found.times(float(definition.scale))


@cache
def parts_of_day(quarter: str) -> int:
    """What a day is of its quarter, in ``PARTS``."""
    return PARTS // days_in(quarter)


def of_stratum(body: Body, belongs: Callable[[int], bool]) -> Amounts:
    """The amounts of the flags that belong to a stratum."""
    found: Amounts = {}
    for flags, amounts in body.items():
        if belongs(flags):
            add_amounts(found, amounts.items())
    return found


@lru_cache(maxsize=1000)
def _reason(inputs: frozenset[str], value_sets: frozenset[str]) -> str | None:
    parts = []
    if inputs:
        parts.append("source lacks " + ", ".join(sorted(inputs)))
    if value_sets:
        parts.append("value set not loaded: " + ", ".join(sorted(value_sets)))
    return "; ".join(parts) or None
