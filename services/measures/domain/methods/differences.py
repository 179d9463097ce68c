"""Difference in differences of two groups, before and after: of rates, and as a ratio of rate ratios.

Both assume that without the intervention the two groups would have changed alike.
"""

import math
from dataclasses import dataclass

from services.measures.domain.intervals import Count
from services.measures.domain.methods.effects import Comparison, Effect, about, of_logarithm


@dataclass(frozen=True, slots=True)
class Group:
    """Events and exposure of a group of ``units`` before and after."""

    before: Count
    after: Count
    units: int = 1


def change_in_rates(intervention: Group, comparison: Group) -> Effect:
    """The change of the one rate less that of the other, with Poisson variance; below 0 the one fell more."""
    estimate = (intervention.after.rate - intervention.before.rate) - (comparison.after.rate - comparison.before.rate)
    variance = math.fsum(count.events / count.exposure**2 for count in _counts(intervention, comparison))
    return about(estimate, math.sqrt(variance), Comparison(comparison.units))


def ratio_of_ratios(intervention: Group, comparison: Group) -> Effect:
    """The rate ratio of after to before over that of the comparison: Poisson regression with two groups and two times.

    Its error takes every event as independent; units that vary among themselves need ``differences_panel``. Raises
    ValueError for a count of 0.
    """
    counts = _counts(intervention, comparison)
    if not all(count.events for count in counts):
        raise ValueError("a ratio of rates needs events in both groups, before and after")
    error = math.sqrt(math.fsum(1 / count.events for count in counts))
    logs = [math.log(count.rate) for count in counts]
    return of_logarithm(logs[1] - logs[0] - (logs[3] - logs[2]), error, Comparison(comparison.units))


def _counts(intervention: Group, comparison: Group) -> tuple[Count, Count, Count, Count]:
    return intervention.before, intervention.after, comparison.before, comparison.after
