"""Charts of rare events: g (opportunities or days between events, geometric) and t (time between them, Weibull).

g: centre and sigma of the geometric distribution, sqrt(mean (mean + 1)) (Benneyan, Health Care Management Science
2001;4:305-318). t: the times to the power 1/3.6, nearly normal, on a chart of individual values, limits turned back
(Nelson, Journal of Quality Technology 1994;26:239-241). More time between harms is better.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain.methods.charts import rules, runs
from services.measures.domain.methods.charts.limits import MOVING_RANGE, SIGMAS
from services.measures.domain.methods.charts.rules import Found, Mark, Rule, Side

POWER = 3.6
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Rare:
    """A chart of gaps between events; limits in their unit, ``low`` 0 where there is none."""

    gaps: tuple[Fraction, ...]
    centre: float
    low: float
    high: float
    median: Fraction
    runs: runs.Runs
    signals: tuple[Found, ...]


def g_chart(gaps: Sequence[int], baseline: int | None = None) -> Rare:
    """``gaps``: what lay between one event and the next, whole and at least 0; the first ``baseline`` of them fix the
    centre, all unless given.

    Only a long gap can lie beyond a limit: the lower one is below 0. Its chance without any change is about 1.8 %, not
    that of a normal chart; shifts for the worse are seen by runs about the median.
    """
    known = _known([Fraction(gap) for gap in gaps], baseline)
    mean = sum(known, Fraction(0)) / len(known)
    if mean == 0:
        raise ValueError("gaps that are all 0 have no limits: chart the events by period")
    limit = float(mean) + SIGMAS * math.sqrt(mean * (mean + 1))
    total, size = mean.numerator, mean.denominator  # the limit exactly: (gap - mean)^2 > 9 mean (mean + 1)
    beyond = SIGMAS * SIGMAS * total * (total + size)
    high = [place for place, gap in enumerate(gaps) if gap > mean and (gap * size - total) ** 2 > beyond]
    found = tuple(Found(place, Rule.WE1, Side.HIGH) for place in high)
    return _rare(gaps, known, (float(mean), 0.0, limit), found)


def t_chart(times: Sequence[Fraction], baseline: int | None = None) -> Rare:
    """``times``: between one event and the next, in any unit, at least 0; all Western Electric rules are used."""
    known = _known(times, baseline)
    changed = [float(time) ** (1 / POWER) for time in times]
    first = changed[: len(known)]
    mean = math.fsum(first) / len(first)
    ranges = [abs(later - one) for one, later in itertools.pairwise(first)]
    sigma = math.fsum(ranges) / len(ranges) / MOVING_RANGE
    if sigma == 0:
        raise ValueError("times that are all the same have no limits")
    marks = [Mark.at(Fraction((value - mean) / sigma)) for value in changed]
    low, high = (max(0.0, mean + side * SIGMAS * sigma) ** POWER for side in (-1, 1))
    return _rare(times, known, (mean**POWER, low, high), tuple(rules.signals(marks)))


def _known(gaps: Sequence[Fraction], baseline: int | None) -> Sequence[Fraction]:
    for number, gap in enumerate(gaps, 1):
        if gap < 0:
            raise ValueError(f"gap {number}: time between events is at least 0")
    known = gaps if baseline is None else gaps[:baseline]
    if len(known) < FEWEST or (baseline is not None and len(gaps) < baseline):
        raise ValueError(f"a baseline needs {max(FEWEST, baseline or 0)} gaps between events, there are {len(known)}")
    return known


def _rare(
    gaps: Sequence[Fraction] | Sequence[int],
    known: Sequence[Fraction],
    lines: tuple[float, float, float],
    found: tuple[Found, ...],
) -> Rare:
    exact = tuple(Fraction(gap) for gap in gaps)
    middle = runs.median(known)
    return Rare(exact, *lines, middle, runs.runs(exact, middle), found)
