"""Which gaps are worth work: rates drawn towards the mean of all, ranked by the events that could be prevented.

Gamma-Poisson: a unit's rate has the prior Gamma(prior, prior / mean), after its events and exposure
Gamma(prior + events, prior / mean + exposure). Small units with an extreme rate no longer come first by chance.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from services.measures.domain.methods import gamma
from services.measures.domain.methods.luck import Luck

CERTAIN: Final = 0.9  # P(rate > benchmark) from which a gap is flagged
CAUTIOUS: Final = 0.1  # the percentile shown beside what is expected
DRAWS: Final = 4000  # a chance of a rank is then within 0.016 of the true one, 95 times of 100


class By(StrEnum):
    """What a rank is by: the rate, or what could be prevented."""

    RATE = "rate"
    PREVENTABLE = "preventable"


@dataclass(frozen=True, slots=True)
class Unit:
    """Events of a unit, and its exposure, above 0."""

    name: str
    events: int
    exposure: float

    def __post_init__(self) -> None:
        if self.events < 0 or self.exposure <= 0:
            raise ValueError(f"{self.name} needs events of at least 0 and an exposure above 0")


@dataclass(frozen=True, slots=True)
class Belief:
    """What is held before a unit is looked at: the mean rate, how many events it is worth, and the rate to reach."""

    mean: float
    prior: float
    benchmark: float

    def __post_init__(self) -> None:
        if self.mean <= 0 or self.prior <= 0:
            raise ValueError("the mean rate and the events it is worth are above 0")
        if self.benchmark < 0:
            raise ValueError("a benchmark cannot be below 0")


@dataclass(frozen=True, slots=True)
class Gap:
    """``preventable``: events expected above the benchmark; ``cautious``: its tenth percentile; below 0 where the unit
    is better. ``chance``: that the rate is above the benchmark; ``flagged`` from 0.9 on."""

    place: int
    name: str
    crude: float
    shrunk: float
    preventable: float
    cautious: float
    chance: float
    flagged: bool


@dataclass(frozen=True, slots=True)
class Ranks:
    """The places a unit has 95 times of 100, and how often it has the first; 1 has the highest rate or the most."""

    name: str
    low: int
    high: int
    first: float


def gaps(units: Sequence[Unit], belief: Belief) -> list[Gap]:
    """Gaps, most preventable first; raises ValueError without units or for one given twice."""
    _check(units)
    found = sorted((_gap(unit, belief) for unit in units), key=lambda gap: (-gap.preventable, gap.name))
    return [replace(gap, place=place) for place, gap in enumerate(found, 1)]


def ranks(
    units: Sequence[Unit], belief: Belief, luck: Luck, by: By = By.PREVENTABLE, draws: int = DRAWS
) -> list[Ranks]:
    """Rank intervals, in the order of the units, from rates drawn at random: the same ``luck``, the same answer."""
    _check(units)
    places: list[list[int]] = [[] for _ in units]
    for _ in range(draws):
        values = [_value(unit, belief, luck, by) for unit in units]
        for place, index in enumerate(sorted(range(len(units)), key=values.__getitem__, reverse=True), 1):
            places[index].append(place)
    edge = math.floor(draws * 0.025)
    found = []
    for unit, own in zip(units, map(sorted, places), strict=True):
        found.append(Ranks(unit.name, own[edge], own[-1 - edge], own.count(1) / draws))
    return found


def _check(units: Sequence[Unit]) -> None:
    if not units:
        raise ValueError("a ranking needs at least one unit")
    if len({unit.name for unit in units}) < len(units):
        raise ValueError("a unit can be ranked only once")


def _posterior(unit: Unit, belief: Belief) -> tuple[float, float]:
    """Shape and inverse scale of the rate."""
    return belief.prior + unit.events, belief.prior / belief.mean + unit.exposure


def _gap(unit: Unit, belief: Belief) -> Gap:
    shape, inverse = _posterior(unit, belief)
    chance = 1 - gamma.below(belief.benchmark * inverse, shape)
    return Gap(
        place=0,
        name=unit.name,
        crude=unit.events / unit.exposure,
        shrunk=shape / inverse,
        preventable=(shape / inverse - belief.benchmark) * unit.exposure,
        cautious=(gamma.quantile(CAUTIOUS, shape) / inverse - belief.benchmark) * unit.exposure,
        chance=chance,
        flagged=chance >= CERTAIN,
    )


def _value(unit: Unit, belief: Belief, luck: Luck, by: By) -> float:
    shape, inverse = _posterior(unit, belief)
    drawn = luck.gammavariate(shape, 1 / inverse)
    return drawn if by is By.RATE else (drawn - belief.benchmark) * unit.exposure
