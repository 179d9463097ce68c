"""Centre and limits of u, Laney's u-prime and p charts: exact centre and variance, limits in floating point to draw."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain.methods.charts.points import Kind, Point, fitting
from services.measures.domain.methods.charts.rules import Mark, zone

SIGMAS = 3
MOVING_RANGE = 1.128  # mean range of two normal values in standard deviations (d2, Montgomery, appendix VI)


@dataclass(frozen=True, slots=True)
class Centre:
    """The centre, and by how much spread exceeds chance: sigma is multiplied by ``spread``, 1 unless U_PRIME."""

    kind: Kind
    value: Fraction
    spread: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Placed:
    """A point on its chart: ``z`` in sigma; limits are at least 0, and of shares at most 1."""

    value: Fraction
    z: float
    low: float
    high: float


def centre(kind: Kind, points: Sequence[Point]) -> Centre:
    """The centre of baseline points in order of time, all of which count; raises ValueError for what has no limits.

    U_PRIME: Laney's sigma of z (Quality Engineering 2002;14:531-537), at least 1, since a dozen points that happen to
    lie close together are no evidence of less spread than chance.
    """
    if kind is Kind.RUN:
        raise ValueError("a run chart has a median and no sigma")
    if not points:
        raise ValueError("a baseline needs points")
    fitting(kind, points)
    parts = math.lcm(*(point.exposure.denominator for point in points))
    exposure = sum(point.exposure.numerator * (parts // point.exposure.denominator) for point in points)
    value = Fraction(parts * sum(point.events for point in points), exposure)
    if value == 0:
        raise ValueError("a baseline without events has no limits: chart the time between events")
    if kind is Kind.P and value == 1:
        raise ValueError("a baseline in which every trial is an event has no limits")
    if kind is not Kind.U_PRIME:
        return Centre(kind, value)
    return Centre(kind, value, max(Fraction(1), Fraction(sigma_of_z(points, value))))


def sigma_of_z(points: Sequence[Point], value: Fraction) -> float:
    """The mean moving range of the points' z over 1.128: 1 where they spread as Poisson counts do."""
    if len(points) < 2:
        raise ValueError("the spread of z needs two points")
    plain = Centre(Kind.U, value)
    scores = [_z(plain, point) for point in points]
    ranges = [abs(later - one) for one, later in itertools.pairwise(scores)]
    return math.fsum(ranges) / len(ranges) / MOVING_RANGE


def mark(centre: Centre, point: Point) -> Mark:
    """What rules look at of a point with a figure, without the limits that are drawn."""
    distance, variance, _ = _whole(centre, point)
    of, parts = point.exposure.as_integer_ratio()
    return Mark(point.events * parts, of, zone(distance, variance))


def place(centre: Centre, point: Point) -> Placed:
    """Where a point with a figure stands."""
    _, variance, unit = _whole(centre, point)
    width = SIGMAS * math.sqrt(variance / (unit * unit))
    top = 1.0 if centre.kind is Kind.P else math.inf
    return Placed(
        point.value,
        _z(centre, point),
        max(0.0, float(centre.value) - width),
        min(top, float(centre.value) + width),
    )


def _z(centre: Centre, point: Point) -> float:
    distance, variance, unit = _whole(centre, point)
    return distance / unit / math.sqrt(variance / (unit * unit))


def _whole(centre: Centre, point: Point) -> tuple[int, int, int]:
    """The distance from the centre and sigma squared in whole numbers, and how many of them (squared) make 1.

    They stand over a common denominator and are never reduced: the charts of a nation have millions of points.
    """
    top, bottom = centre.value.as_integer_ratio()
    wide, narrow = centre.spread.as_integer_ratio()
    of, parts = point.exposure.as_integer_ratio()
    chance = top * (bottom - top) if centre.kind is Kind.P else top * bottom
    distance = (point.events * parts * bottom - top * of) * narrow
    return distance, wide * wide * chance * of * parts, of * bottom * narrow
