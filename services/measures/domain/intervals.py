"""Confidence intervals of counts, rates, shares, and of the ratio or difference of two.

Counts: exact mid-P Poisson up to 100 events, Byar's approximation above (the rule of CDC's program for standardized
infection ratios, 2014). Shares: Wilson. Ratios: on the logarithm. Differences: from the limits of the two (Newcombe
1998; Zou and Donner 2008). Limits are floating point and for display; values themselves stay exact.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

from services.measures.domain.quantiles import crossing, normal

MOST_EXACT = 100  # events; more are approximated
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """Limits of the 95 % interval; None: none on that side."""

    low: float | None
    high: float | None

    def times(self, factor: float) -> "Interval":
        """The interval of a multiple; ``factor`` is above 0."""
        return Interval(*(None if limit is None else limit * factor for limit in (self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Count:
    """Events over what they are counted in: person-time of a rate, or the trials of a share. Exposure is above 0."""

    events: int
    exposure: float

    def __post_init__(self) -> None:
        if self.events < 0 or self.exposure <= 0:
            raise ValueError("a rate needs events of at least 0 and an exposure above 0")

    @property
    def rate(self) -> float:
        """Events per exposure."""
        return self.events / self.exposure


@lru_cache(maxsize=1000)  # an exact one is a millisecond's work, and counts of events are small and come again
def expected(events: int) -> Interval:
    """The interval of the expected number of events; without events there is no lower limit."""
    return _byar(events) if events > MOST_EXACT else mid_p(events)


def mid_p(events: int) -> Interval:
    """The exact interval ``expected`` gives up to 100 events; the work grows with the events.

    CMS's published limits of 2015 are exact above 100 events as well; Byar's differ from them by less than 1 %.
    """
    tail = (1 - CONFIDENCE) / 2
    far = 4.0 * events + 10
    low = crossing(lambda mean: 1 - _at_most(events, mean), tail, 0.0, far) if events else None
    return Interval(low, crossing(lambda mean: -_at_most(events, mean), -tail, 0.0, far))


def rate(count: Count) -> Interval:
    """The interval of a rate of events per exposure."""
    return expected(count.events).times(1 / count.exposure)


def share(count: Count) -> Interval:
    """Wilson's interval of a share; raises ValueError for more events than trials."""
    if count.events > count.exposure:
        raise ValueError("a share has no more events than trials")
    z, trials, part = normal(CONFIDENCE), count.exposure, count.rate
    middle = part + z * z / (2 * trials)
    width = z * math.sqrt(part * (1 - part) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    low = (middle - width) / scale if count.events else 0.0  # rounding must not show a share below 0 or above 1
    return Interval(low, (middle + width) / scale if count.events < trials else 1.0)


def ratio_of_rates(of: Count, to: Count) -> Interval:
    """The interval of the first rate over the second.

    Without events on one side the logarithm has no variance; the limit on the other side then is exact: given all
    events, those of one side are binomial, and mid-P puts half the chance of none at 2.5 %. Without any events there
    are no limits.
    """
    if of.events == 0 or to.events == 0:
        return _one_sided(of, to)
    return _around(of.rate / to.rate, 1 / of.events + 1 / to.events)


def ratio_of_shares(of: Count, to: Count) -> Interval:
    """The interval of the first share over the second (Katz), raises ValueError for more events than trials.

    A share of 1 has no variance: half an event less stands for it there. Without events on one side the limit of a
    ratio of rates is given, which is wider.
    """
    if of.events > of.exposure or to.events > to.exposure:
        raise ValueError("a share has no more events than trials")
    if of.events == 0 or to.events == 0:
        return _one_sided(of, to)
    return _around(of.rate / to.rate, _share_variance(of) + _share_variance(to))


def _at_most(events: int, mean: float) -> float:
    """P(fewer events) + half of P(as many), falling in the mean."""
    if mean <= 0:
        return 0.5 if events == 0 else 1.0
    log = math.log(mean)
    chances = [math.exp(number * log - mean - math.lgamma(number + 1)) for number in range(events + 1)]
    return math.fsum([*chances[:-1], chances[-1] / 2])


def _byar(events: int) -> Interval:
    z, more = normal(CONFIDENCE), events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    return Interval(low, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3)


def _around(ratio: float, variance: float) -> Interval:
    factor = math.exp(normal(CONFIDENCE) * math.sqrt(variance))
    return Interval(ratio / factor, ratio * factor)


def _share_variance(count: Count) -> float:
    events = count.events if count.events < count.exposure else count.events - 0.5
    return 1 / events - 1 / count.exposure


def _one_sided(of: Count, to: Count) -> Interval:
    events = of.events + to.events
    if not events:
        return Interval(None, None)
    none = (1 - CONFIDENCE) ** (1 / events)  # (1/2) * none ** events = (1 - CONFIDENCE) / 2
    if of.events == 0:
        return Interval(None, (1 - none) / none * to.exposure / of.exposure)
    return Interval(none / (1 - none) * to.exposure / of.exposure, None)
