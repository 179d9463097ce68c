"""Achievable benchmark of care: what the best units with a tenth of all patients reach together (Weissman 1999)."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

LEAST_PART: Final = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Performer:
    """A unit's patients, and how many of them got the care; raises ValueError for what cannot be."""

    name: str
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.denominator < 1 or not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.name} needs a patient, and no more in the numerator than in the denominator")

    @property
    def adjusted(self) -> Fraction:
        """Adjusted performance fraction: small units are drawn towards a half."""
        return Fraction(self.numerator + 1, self.denominator + 2)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """The share the best units reach together, not adjusted; which units they are, best first; their patients."""

    value: Fraction
    units: tuple[str, ...]
    patients: int


def achievable(performers: Iterable[Performer], *, higher_is_better: bool = True) -> Benchmark:
    """The benchmark; of equals the one with more patients comes first. Raises ValueError without units."""
    sign = -1 if higher_is_better else 1
    ordered = sorted(performers, key=lambda one: (sign * one.adjusted, -one.denominator, one.name))
    if not ordered:
        raise ValueError("a benchmark needs at least one unit")
    if len({one.name for one in ordered}) < len(ordered):
        raise ValueError("a unit can be in a benchmark only once")
    least = LEAST_PART * sum(one.denominator for one in ordered)
    best: list[Performer] = []
    patients = 0
    for one in ordered:
        best.append(one)
        patients += one.denominator
        if patients >= least:
            break
    return Benchmark(Fraction(sum(one.numerator for one in best), patients), tuple(one.name for one in best), patients)
