"""What drives a gap: which conditions, facilities or transitions the events beyond expectation come from.

Expected is what the comparison's rates give in the unit's exposure. The parts are exact fractions and add up to the
gap, over all strata and over the values of every dimension.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain import intervals

Stratum = tuple[tuple[str, str], ...]
"""Dimension and value, sorted: (("condition", "heart failure"), ("facility", "360001"))."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Events and exposure of a stratum in the unit, and elsewhere."""

    stratum: Mapping[str, str]
    events: int
    exposure: Fraction
    events_elsewhere: int
    exposure_elsewhere: Fraction

    def __post_init__(self) -> None:
        if min(self.events, self.events_elsewhere) < 0 or min(self.exposure, self.exposure_elsewhere) < 0:
            raise ValueError(f"stratum {self.name}: events and exposure are at least 0")
        if (self.events and not self.exposure) or (self.events_elsewhere and not self.exposure_elsewhere):
            raise ValueError(f"stratum {self.name}: events need an exposure above 0")

    @property
    def key(self) -> Stratum:
        """The stratum as one value."""
        return tuple(sorted(self.stratum.items()))

    @property
    def name(self) -> str:
        """The stratum in words."""
        return ", ".join(f"{dimension} {value}" for dimension, value in self.key)


@dataclass(frozen=True, slots=True)
class Driver:
    """The excess of a stratum: by its own rate, and by its being a stratum with many events elsewhere too (mix)."""

    stratum: Stratum
    events: int
    by_rate: Fraction
    by_mix: Fraction

    @property
    def excess(self) -> Fraction:
        """Events beyond those of the comparison's overall rate; below 0 there are fewer."""
        return self.by_rate + self.by_mix

    @property
    def limits(self) -> tuple[float, float]:
        """The 95 % interval of the excess, with the comparison's rates taken as known."""
        found, expected = intervals.expected(self.events), float(self.events - self.excess)
        return (found.low or 0.0) - expected, (found.high or 0.0) - expected


@dataclass(frozen=True, slots=True)
class Gap:
    """The excess in all, and its drivers, the largest first."""

    excess: Fraction
    drivers: tuple[Driver, ...]

    def by(self, dimension: str) -> tuple[Driver, ...]:
        """The drivers summed over all other dimensions; raises ValueError for a dimension that strata lack."""
        sums: dict[str, list[Driver]] = {}
        for driver in self.drivers:
            value = dict(driver.stratum).get(dimension)
            if value is None:
                raise ValueError(f"dimension {dimension}: not every stratum has it")
            sums.setdefault(value, []).append(driver)
        return _ranked(
            Driver(
                ((dimension, value),),
                sum(driver.events for driver in of),
                sum((driver.by_rate for driver in of), Fraction(0)),
                sum((driver.by_mix for driver in of), Fraction(0)),
            )
            for value, of in sums.items()
        )


def of_population(cells: Sequence[Cell]) -> Gap:
    """The gap where strata divide the exposure: every person-day or discharge lies in one of them.

    A stratum that is nowhere else has the overall rate to compare with.
    """
    _check(cells)
    elsewhere = sum((cell.exposure_elsewhere for cell in cells), Fraction(0))
    if not elsewhere:
        raise ValueError("the comparison has no exposure")
    overall = Fraction(sum(cell.events_elsewhere for cell in cells)) / elsewhere
    return _gap(_driver(cell, overall) for cell in cells)


def _driver(cell: Cell, overall: Fraction) -> Driver:
    own = Fraction(cell.events_elsewhere) / cell.exposure_elsewhere if cell.exposure_elsewhere else overall
    return Driver(cell.key, cell.events, cell.events - cell.exposure * own, cell.exposure * (own - overall))


def _gap(drivers: Iterable[Driver]) -> Gap:
    ranked = _ranked(drivers)
    return Gap(sum((driver.excess for driver in ranked), Fraction(0)), ranked)


def _ranked(drivers: Iterable[Driver]) -> tuple[Driver, ...]:
    return tuple(sorted(drivers, key=lambda driver: (-driver.excess, driver.stratum)))


def _check(cells: Sequence[Cell]) -> None:
    if not cells:
        raise ValueError("a gap needs strata")
    seen = set[Stratum]()
    for cell in cells:
        if cell.key in seen:
            raise ValueError(f"stratum {cell.name}: told twice")
        seen.add(cell.key)
