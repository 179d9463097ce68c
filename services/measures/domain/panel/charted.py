"""Which figures of facilities are followed on a control chart, and as what points."""

from fractions import Fraction
from typing import Final

from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.panel import spans
from services.measures.domain.panel.counted import MILLION
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.published import Published
from services.measures.domain.statuses import Status

# Rates and standardized ratios spread more than chance alone between quarters of a facility (Laney 2002).
_KINDS: Final = {Form.SHARE: Kind.P, Form.RATE: Kind.U_PRIME, Form.STANDARDIZED: Kind.U_PRIME}


def chart_of(measure: FacilityMeasure) -> Kind | None:
    """The chart of a measure; None for quotients without a distribution and for figures that share their data."""
    return _KINDS.get(measure.form) if measure.spans == 1 else None


def point_of(measure: FacilityMeasure, one: Published, like: str) -> Point | None:
    """A figure of a month or quarter, as ``like`` is one, as a point; one that cannot be computed has no exposure.
    None for other periods."""
    if not spans.alike(one.period, like):
        return None
    if one.reason is not None:
        return Point(period=one.period, events=0, exposure=Fraction(0), revision=one.revision)
    exposure = Fraction(one.denominator, MILLION if measure.form is Form.STANDARDIZED else 1)
    return Point(
        period=one.period,
        events=one.numerator,
        exposure=exposure,
        revision=one.revision,
        provisional=one.status == Status.PROVISIONAL,
    )
