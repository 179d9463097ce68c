"""Spending avoided: what the persons of a period would have cost at the baseline's payments, less what they did cost.

Stands for the aim of lower costs. Payments are as paid: neither prices nor the mix of persons are adjusted for.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain.intervals import CONFIDENCE, Interval
from services.measures.domain.quantiles import student


@dataclass(frozen=True, slots=True)
class Paid:
    """Payments in cents and the beneficiary-quarters they were for."""

    cents: int
    person_time: Fraction


NOBODY = Paid(0, Fraction(0))


@dataclass(frozen=True, slots=True)
class Avoided:
    """Cents avoided (spent in addition below 0); no limits where there are fewer than two areas."""

    cents: Fraction
    interval: Interval


def avoided(baseline: Mapping[str, Paid], current: Mapping[str, Paid]) -> Avoided | None:
    """Payments per beneficiary-quarter then less now, times the person-time now; by area of residence.

    Both are of the same kind of period. The 95 % interval takes the areas as the sample (delta method for the ratio of
    two sums; an area is its own pair, so what it has in common with itself cancels; Student's t with one degree less
    than areas). None where there is no person-time.
    """
    before, now = _sum(baseline), _sum(current)
    if before.person_time == 0 or now.person_time == 0:
        return None
    then_each, now_each = before.cents / before.person_time, now.cents / now.person_time
    cents = (then_each - now_each) * now.person_time
    grown = now.person_time / before.person_time
    areas = baseline.keys() | current.keys()
    squares = Fraction(0)
    for area in areas:
        then, own = baseline.get(area, NOBODY), current.get(area, NOBODY)
        squares += (grown * (then.cents - then_each * then.person_time) - (own.cents - now_each * own.person_time)) ** 2
    return Avoided(cents, _around(float(cents), squares, len(areas)))


def _around(cents: float, squares: Fraction, areas: int) -> Interval:
    if areas < 2:
        return Interval(None, None)
    margin = student(CONFIDENCE, areas - 1) * math.sqrt(squares * areas / (areas - 1))
    return Interval(cents - margin, cents + margin)


def _sum(areas: Mapping[str, Paid]) -> Paid:
    return Paid(
        sum(paid.cents for paid in areas.values()), sum((paid.person_time for paid in areas.values()), Fraction(0))
    )
