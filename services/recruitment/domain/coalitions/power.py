"""How many quarters it takes until a change of a measure can be told from chance.

Two shares of people, discharges or starts are compared as in Fleiss JL, Levin B, Paik MC, Statistical Methods for
Rates and Proportions, 3rd edition, 2003, chapter 4 (without continuity correction); two rates of events as in Hayes
RJ, Bennett S, International Journal of Epidemiology 1999;28:319-326, equation 1. Both compare as many quarters after
with as many before, two-sided at 5 %, and see the change with a probability of 80 %. Neither allows for events that
come in clusters, so the answer is the least number of quarters. What is no share and no rate (nights, payments) is
judged on a run chart, where a shift is six points in a row on one side of the median: Perla RJ, Provost LP, Murray
SK, BMJ Quality and Safety 2011;20:46-51.
"""

import math
from statistics import NormalDist
from typing import Final

from shared.contracts.recruitment.coalition_terms import Frequency

SIGNIFICANCE: Final = 0.05
POWER: Final = 0.80
SHIFT_POINTS: Final = 6
_POINTS_IN_QUARTER: Final = {Frequency.MONTHLY: 3, Frequency.QUARTERLY: 1}


def needed_for_shares(before: float, after: float, *, significance: float = SIGNIFICANCE, power: float = POWER) -> int:
    """How many on either side it takes to tell two different shares (0 to 1) apart; raises ValueError otherwise."""
    if before == after or not (0 <= before <= 1 and 0 <= after <= 1):
        raise ValueError("two different shares")
    mean = (before + after) / 2
    alike = _z(1 - significance / 2) * math.sqrt(2 * mean * (1 - mean))
    different = _z(power) * math.sqrt(before * (1 - before) + after * (1 - after))
    return math.ceil(((alike + different) / (before - after)) ** 2)


def needed_for_rates(before: float, after: float, *, significance: float = SIGNIFICANCE, power: float = POWER) -> int:
    """How much exposure on either side it takes to tell two different rates (events per unit of it) apart.

    Raises ValueError for rates that are equal or negative.
    """
    if before == after or min(before, after) < 0:
        raise ValueError("two different rates")
    z = _z(1 - significance / 2) + _z(power)
    return math.ceil(z**2 * (before + after) / (before - after) ** 2)


def quarters(needed: int, observed: int) -> int:
    """In how many quarters that many are observed; ``observed`` of them in each."""
    return max(1, math.ceil(needed / observed))


def quarters_of_shift(frequency: Frequency) -> int:
    """In how many quarters a run chart has the points of a shift."""
    return math.ceil(SHIFT_POINTS / _POINTS_IN_QUARTER[frequency])


def _z(probability: float) -> float:
    return NormalDist().inv_cdf(probability)
