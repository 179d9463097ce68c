"""Interrupted time series: level and slope before an intervention, and what changed with it.

y = level + slope t + change post + change_of_slope (t - t0) post + season, by least squares; t counts from 1, t0 is the
last period before. Standard errors are Newey and West's (1987) with Bartlett weights and no correction. Of two dozen
quarters they are much too small: with normal limits about 7 of 10 intervals cover, not 95 of 100. So the limits are
Student's, with bias and degrees of freedom of the variance as they would be if errors followed an autoregression like
the residuals (Satterthwaite's approximation with a working model, after Bell and McCaffrey, Survey Methodology
2002;28:169-181).
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from services.measures.domain import periods
from services.measures.domain.methods.effects import Effect
from services.measures.domain.methods.hac import LAG, Fit, fit
from services.measures.domain.methods.linear import dot

FEWEST = 4  # periods on either side; eight and more are better
TERMS = 4


@dataclass(frozen=True, slots=True)
class Interrupted:
    """Terms of the model; ``at_end`` is the difference in the last period from what would have been without change.

    All of them are associations: nobody else is compared.
    """

    level: Effect
    slope: Effect
    change: Effect
    change_of_slope: Effect
    at_end: Effect
    before: int
    after: int


def interrupted(
    values: Sequence[tuple[str, float]], first_after: str, *, seasons: bool = True, lag: int = LAG
) -> Interrupted:
    """Values by month or quarter, without gaps, in order; ``first_after`` is the first period with the intervention.

    Raises ValueError, naming the period, for gaps, disorder or too few periods.
    """
    names = [period for period, _ in values]
    _check(names, first_after)
    before = names.index(first_after)
    design = [_row(number, name, before, seasons=seasons) for number, name in enumerate(names, 1)]
    fitted = fit(design, [value for _, value in values], lag)
    width = len(design[0])
    level, slope, change, change_of_slope = (
        _effect(fitted, [float(place == term) for place in range(width)]) for term in range(TERMS)
    )
    end = [0.0, 0.0, 1.0, float(len(names) - before), *[0.0] * (width - TERMS)]
    at_end = _effect(fitted, end)
    return Interrupted(level, slope, change, change_of_slope, at_end, before, len(names) - before)


def _row(number: int, period: str, before: int, *, seasons: bool) -> list[float]:
    post = float(number > before)
    in_year = 12 // periods.kind_of(period).value
    place = (number - 1) % in_year
    dummies = [float(place == season) for season in range(1, in_year)] if seasons else []
    # Centred on their mean, so that the level is that of the whole year.
    return [1.0, float(number), post, (number - before) * post, *(one - float(place == 0) for one in dummies)]


def _effect(fitted: Fit, weights: Sequence[float]) -> Effect:
    estimate = dot(weights, fitted.coefficients)
    error, width = fitted.uncertainty(weights)
    return Effect(estimate, error, estimate - width, estimate + width)


def _check(names: Sequence[str], first_after: str) -> None:
    if not names or first_after not in names:
        raise ValueError(f"period {first_after}: the first with the intervention is not among the values")
    if periods.kind_of(first_after) is periods.Kind.ROLLING:
        raise ValueError(f"period {first_after}: four quarters share their data with the next four; use quarters")
    for one, later in itertools.pairwise(names):
        if later != periods.shift(one, 1):
            raise ValueError(f"period {later}: {periods.shift(one, 1)} should follow {one}")
    before = names.index(first_after)
    if min(before, len(names) - before) < FEWEST:
        raise ValueError(f"an interrupted series needs {FEWEST} periods before and {FEWEST} from the intervention on")
