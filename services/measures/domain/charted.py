"""Which published figures of communities are followed on a control chart, and as what points."""

from fractions import Fraction
from typing import Final

from services.measures.domain import spread
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.definitions import Definition, Per, Uncertainty
from services.measures.domain.evaluation import PARTS
from services.measures.domain.methods.charts.points import Kind, Point
from services.measures.domain.results import Result
from services.measures.domain.statuses import Status

# Counts of a community spread more between quarters than chance alone (Laney 2002). Nights, days and cents of the same
# persons have no distribution that limits could be made of.
_KINDS: Final = {Uncertainty.SHARE: Kind.P, Uncertainty.EVENTS: Kind.U_PRIME}
_QUARTER: Final = len("2018Q1")


def chart_of(definition: Definition) -> Kind | None:
    """The chart of a measure, built in or declared; None for one without a distribution."""
    return _KINDS.get(definition.uncertainty)


CHARTS: Final = {one.id: kind for one in BY_ID.values() if (kind := chart_of(one)) is not None}
"""Of the built-in measures."""


def is_settled(result: Result) -> bool:
    """Whether it is a quarter of a community that charts and estimates of effects look at.

    A status never goes back to provisional, so a provisional figure has nothing to take back from them.
    """
    return (
        result.unit_type == spread.COMMUNITY and len(result.period) == _QUARTER and result.status != Status.PROVISIONAL
    )


def point_of(definition: Definition, result: Result) -> Point:
    """The result of the measure as a point; without exposure where it has no figure that a chart can show.

    Sums that contradict each other, such as more returns than discharges, are no figure: they do not stop the others.
    """
    events, exposure = result.numerator, exposure_of(definition, result.denominator, result.person_time)
    kind = chart_of(definition)
    share = kind is Kind.P
    if kind is None or result.reason is not None or events < 0 or exposure <= 0 or (share and events > exposure):
        events, exposure = 0, Fraction(0)
    return Point(period=result.period, events=events, exposure=exposure, revision=result.revision)


def exposure_of(definition: Definition, denominator: int, person_time: int) -> Fraction:
    """What the numerator is counted in: beneficiary-quarters, or the denominator itself."""
    return Fraction(person_time, PARTS) if definition.per is Per.BENEFICIARY_QUARTER else Fraction(denominator)
