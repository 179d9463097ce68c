"""From what a unit's periods add up to, to a figure: exact, or not computable with the reason."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from services.measures.domain import intervals
from services.measures.domain.intervals import Count, Interval
from services.measures.domain.panel.counted import MILLION, Amounts
from services.measures.domain.panel.measure import FacilityMeasure, Form

LEAST_PREDICTED: Final = 1 * MILLION
TOO_FEW: Final = "fewer than one event was predicted"
"""CDC: a standardized ratio is not computed then, because it would say nothing."""
NONE_LEFT: Final = "nothing is counted"
WRONG: Final = "the numerator is above the denominator"
NEGATIVE: Final = "a count is below zero"


class Figure(NamedTuple):
    """What a measure says of a unit in a period. ``reason``: why it cannot be computed; then value and limits are
    None. Of a STANDARDIZED measure the denominator is the predicted number in millionths."""

    numerator: int
    denominator: int
    value: Fraction | None
    low: float | None
    high: float | None
    reason: str | None


def figure(measure: FacilityMeasure, sums: Iterable[Amounts]) -> Figure:
    """The figure over these periods' sums."""
    amounts: dict[str, int] = {}
    for one in sums:
        for name, amount in one.items():
            amounts[name] = amounts.get(name, 0) + amount
    numerator, denominator = _sum(measure.numerator, amounts), _sum(measure.denominator, amounts)
    reason = _reason(measure, amounts, numerator, denominator)
    if reason is not None:
        return Figure(numerator, denominator, None, None, None, reason)
    base = Fraction(denominator, MILLION if measure.form is Form.STANDARDIZED else 1)
    limits = _limits(measure, numerator, base)
    return Figure(numerator, denominator, measure.scale * numerator / base, limits.low, limits.high, None)


def _reason(measure: FacilityMeasure, amounts: Amounts, numerator: int, denominator: int) -> str | None:
    for component, reason in measure.unless.items():
        if amounts.get(component):
            return reason
    if denominator < 0 or numerator < 0:
        return NEGATIVE
    if measure.form is Form.STANDARDIZED:
        return TOO_FEW if denominator < LEAST_PREDICTED else None
    if not denominator:
        return NONE_LEFT
    return WRONG if measure.form is Form.SHARE and numerator > denominator else None


def _limits(measure: FacilityMeasure, numerator: int, base: Fraction) -> Interval:
    scale = float(measure.scale)
    if measure.form is Form.SHARE:
        return intervals.share(Count(numerator, float(base))).times(scale)
    if measure.form is Form.RATIO:
        return Interval(None, None)
    return intervals.expected(numerator).times(scale / float(base))


def _sum(parts: Mapping[str, int], amounts: Amounts) -> int:
    return sum(sign * amounts.get(name, 0) for name, sign in parts.items())
