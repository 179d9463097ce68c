"""One unit with an intervention beside several without: its change less theirs, as a ratio of ratios.

How far units change apart from each other is seen in those without: the variance of their logarithms, at least that
of chance alone. Limits are Student's with one degree less than there are of them (Donald and Lang, Review of Economics
and Statistics 2007;89:221-233, two-step estimate of one group). A unit with fewer events than the others varies more by
chance, and that much is added. Assumes that without the intervention it would have changed as they did.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from services.measures.domain.intervals import Count
from services.measures.domain.methods.effects import Comparison, Effect, of_logarithm
from services.measures.domain.quantiles import student


@dataclass(frozen=True, slots=True)
class Change:
    """The logarithm of a unit's value after over that before, and its variance by chance; None: not known."""

    logarithm: float
    variance: float | None


def of_counts(before: Count, after: Count, *, share: bool) -> Change:
    """The change of a rate, or of a share; raises ValueError without events on either side."""
    if not before.events or not after.events:
        raise ValueError("a change needs events before and after")
    variance = sum(1 / count.events - (1 / count.exposure if share else 0.0) for count in (before, after))
    return Change(math.log(after.rate / before.rate), variance)


def of_values(before: float, after: float) -> Change:
    """The change of values whose distribution is not known; raises ValueError for values that are not above 0."""
    if min(before, after) <= 0:
        raise ValueError("a change needs values above 0 before and after")
    return Change(math.log(after / before), None)


def beside(own: Change, others: Sequence[Change]) -> Effect:
    """The ratio of the unit's change to the mean change of the others, below 1 where it fell more.

    With a single other the limits allow for chance alone. Raises ValueError for nobody, and for a single one whose
    chance is not known.
    """
    compared = Comparison(len(others))
    mean = math.fsum(other.logarithm for other in others) / len(others)
    if len(others) == 1:
        if own.variance is None or others[0].variance is None:
            raise ValueError("values without a distribution need at least 2 units to compare with")
        return of_logarithm(own.logarithm - mean, math.sqrt(own.variance + others[0].variance), compared)
    chance = math.fsum(other.variance or 0.0 for other in others) / len(others)
    apart = math.fsum((other.logarithm - mean) ** 2 for other in others) / (len(others) - 1)
    spread = max(apart, chance)
    error = math.sqrt(spread * (1 + 1 / len(others)) + max(0.0, (own.variance or 0.0) - chance))
    width = student(0.95, len(others) - 1) * error
    middle = own.logarithm - mean
    return Effect(math.exp(middle), error, math.exp(middle - width), math.exp(middle + width), compared, none=1.0)
