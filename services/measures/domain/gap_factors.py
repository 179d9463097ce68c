"""What drives a community's gap: in which populations the events beyond those expected elsewhere happen.

Populations overlap, so each way of dividing everybody (by conditions, by medicines and so on) is looked at by itself;
the parts of each add up to the whole gap.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.measures.domain.charted import exposure_of
from services.measures.domain.definitions import Definition, Uncertainty
from services.measures.domain.evaluation import Counted
from services.measures.domain.methods.factors import Cell, Gap, of_population
from services.measures.domain.strata import Flag

_GRADES: Final = {
    "conditions": (("6 or more", Flag.CHRONIC_6), ("4 or 5", Flag.CHRONIC_4), ("2 or 3", Flag.CHRONIC_2)),
    "medicines": (("10 or more", Flag.POLYPHARMACY_10), ("5 to 9", Flag.POLYPHARMACY)),
    "dual eligibility": (("full", Flag.DUAL_FULL), ("partial", Flag.DUAL_PARTIAL)),
    "behavioural health": (("yes", Flag.BEHAVIOURAL),),
    "low income area": (("yes", Flag.LOW_INCOME_AREA),),
    "heart failure": (("yes", Flag.HEART_FAILURE),),
    "diabetes": (("yes", Flag.DIABETES),),
    "chronic lung disease": (("yes", Flag.COPD),),
}
_REST: Final = {"conditions": "0 or 1", "medicines": "0 to 4", "dual eligibility": "none"}
DIMENSIONS: Final = tuple(_GRADES)


@dataclass(frozen=True, slots=True)
class Factors:
    """The gap by one way of dividing everybody; ``reason`` says why there is none."""

    dimension: str
    gap: Gap | None
    reason: str | None = None

    @property
    def largest(self) -> Fraction:
        """The most events in excess in one population."""
        return self.gap.drivers[0].excess if self.gap is not None else Fraction(0)


def factors(definition: Definition, own: Mapping[int, Counted], elsewhere: Mapping[int, Counted]) -> list[Factors]:
    """By each dimension, from the counts of a unit and of everybody elsewhere by flags; those with the largest part
    of the gap in one population first. Raises ValueError for a measure that does not count events."""
    if definition.uncertainty is Uncertainty.NONE:
        raise ValueError("nights, days and cents are not events that a gap could be divided by")
    found = [_by(definition, dimension, own, elsewhere) for dimension in DIMENSIONS]
    return sorted(found, key=lambda one: -one.largest)


def _by(
    definition: Definition, dimension: str, own: Mapping[int, Counted], elsewhere: Mapping[int, Counted]
) -> Factors:
    here, there = (_divided(definition, side, _value_of(dimension)) for side in (own, elsewhere))
    none = (0, Fraction(0))
    try:
        cells = [
            Cell({dimension: name}, *here.get(name, none), *there.get(name, none))
            for name in sorted(here.keys() | there.keys())
        ]
        return Factors(dimension, of_population(cells))
    except ValueError as error:
        return Factors(dimension, None, str(error))


def _value_of(dimension: str) -> Callable[[int], str]:
    grades, rest = _GRADES[dimension], _REST.get(dimension, "no")
    return lambda flags: next((name for name, flag in grades if flags & flag), rest)


def _divided(
    definition: Definition, counted: Mapping[int, Counted], value_of: Callable[[int], str]
) -> dict[str, tuple[int, Fraction]]:
    found: dict[str, tuple[int, Fraction]] = {}
    for flags, one in counted.items():
        name = value_of(flags)
        events, exposure = found.get(name, (0, Fraction(0)))
        own = exposure_of(definition, one.denominator, one.person_time)
        found[name] = events + one.numerator, exposure + own
    return found
