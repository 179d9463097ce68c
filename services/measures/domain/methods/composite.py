"""Composite of the National Nursing Home Quality Care Collaborative: 100 x all numerators over all denominators.

Opportunities to be harmed count alike over thirteen measures. Vaccines given are good, so residents without
them count; lower is better, and the goal is 6.00 or less.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

GOAL: Final = Fraction(6)
MEASURES: Final = (
    "falls-major-injury",
    "urinary-infection",
    "pain",
    "pressure-ulcers",
    "bowel-or-bladder",
    "catheter",
    "restraints",
    "more-help",
    "weight-loss",
    "depressive-symptoms",
    "antipsychotic",
    "influenza-vaccine",
    "pneumococcal-vaccine",
)
"""By the ends of the ids that a home's figures of them have."""
REVERSED: Final = frozenset({"influenza-vaccine", "pneumococcal-vaccine"})
"""Where more is better: in the composite those count who were not vaccinated."""


@dataclass(frozen=True, slots=True)
class Part:
    """Residents of one measure as it is reported, vaccines as given; raises ValueError for what cannot be."""

    measure: str
    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if self.measure not in MEASURES:
            raise ValueError(f"{self.measure} is no measure of the composite, which are {', '.join(MEASURES)}")
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"{self.measure} has 0 or more in the numerator, and no more than in the denominator")

    @property
    def harmed(self) -> int:
        """Residents counted against the home."""
        return self.denominator - self.numerator if self.measure in REVERSED else self.numerator


@dataclass(frozen=True, slots=True)
class Composite:
    """``value`` in percent; ``fewer``: how many events less reach the goal with the same residents."""

    value: Fraction
    numerator: int
    denominator: int
    fewer: int
    missing: tuple[str, ...]


def composite(parts: Iterable[Part]) -> Composite:
    """The composite of the measures given; ``missing`` are the others. Raises ValueError without residents."""
    found = list(parts)
    given = [part.measure for part in found]
    if len(set(given)) < len(given):
        raise ValueError("a measure can be in a composite only once")
    numerator, denominator = sum(part.harmed for part in found), sum(part.denominator for part in found)
    if not denominator:
        raise ValueError("a composite needs residents in a denominator")
    allowed = math.floor(GOAL * denominator / 100)
    missing = tuple(name for name in MEASURES if name not in given)
    value = Fraction(100 * numerator, denominator)
    return Composite(value, numerator, denominator, max(0, numerator - allowed), missing)
