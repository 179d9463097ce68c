"""Points of a chart: what happened in a period, out of how much, as exact numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from services.measures.domain import periods


class Kind(StrEnum):
    """The charts of counts by period.

    U: events per exposure (Poisson). U_PRIME: the same with Laney's allowance for more spread than chance gives. P:
    shares (binomial). RUN: values about their median, without a distribution.
    """

    U = "u"
    U_PRIME = "u_prime"
    P = "p"
    RUN = "run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """``events`` out of ``exposure`` in a period; exposure 0 says that there is no figure.

    Of a period the highest ``revision`` holds. A ``provisional`` point is drawn and otherwise passed over.
    """

    period: str
    events: int
    exposure: Fraction
    revision: int = 0
    provisional: bool = False

    def __post_init__(self) -> None:
        _check_period(self.period)
        if self.events < 0 or self.exposure.numerator < 0 or self.revision < 0:
            raise ValueError(f"period {self.period}: events, exposure and revision are at least 0")
        if self.events and not self.exposure:
            raise ValueError(f"period {self.period}: events need an exposure above 0")

    @property
    def value(self) -> Fraction:
        """Events per exposure; exposure is above 0."""
        of, parts = self.exposure.as_integer_ratio()
        return Fraction(self.events * parts, of)

    @property
    def counts(self) -> bool:
        """Whether it may bear witness: there is a figure, and it is settled."""
        return bool(self.exposure) and not self.provisional


@lru_cache(maxsize=1000)  # asked of every point of every chart that is read
def _check_period(period: str) -> None:
    if periods.kind_of(period) is periods.Kind.ROLLING:
        raise ValueError(f"period {period}: four quarters share their data with the next four; chart quarters")


def fitting(kind: Kind, points: Iterable[Point]) -> None:
    """Raise ValueError, naming the period, for a share above 1."""
    if kind is Kind.P:
        for point in points:
            if point.events > point.exposure:
                raise ValueError(f"period {point.period}: a share has no more events than trials")


@lru_cache(maxsize=1000)
def named(first: str, last: str) -> tuple[str, ...]:
    """The months or quarters from first to last; raises ValueError if the last comes before, or is of another kind."""
    if periods.kind_of(first) is not periods.kind_of(last) or last < first:
        raise ValueError("a baseline goes from a month or quarter to one of the same kind that is not earlier")
    found = [first]
    while found[-1] != last:
        found.append(periods.shift(found[-1], 1))
    return tuple(found)
