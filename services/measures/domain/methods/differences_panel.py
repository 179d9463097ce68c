"""Difference in differences of many units and periods: Poisson regression with an effect of every unit and period.

The effects of units are taken out of the likelihood, which is the multinomial one of each unit's events over its
periods; what is left has one parameter per period. Standard errors are robust to anything that goes on within a unit
(clusters are units; corrections G/(G-1) and (n-1)/(n-k)); limits are Student's with G - 1 degrees of freedom.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain.methods import linear
from services.measures.domain.methods.effects import Comparison, Effect
from services.measures.domain.methods.linear import Matrix, Vector
from services.measures.domain.quantiles import student

FEWEST = 2  # units in either group
STEPS = 50
CLOSE = 1e-11


@dataclass(frozen=True, slots=True)
class Cell:
    """Events and exposure of a unit in a period, whose names sort in order of time."""

    unit: str
    period: str
    events: int
    exposure: Fraction


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows of units, columns of periods; ``on`` is 1 where the intervention was. Units without events say nothing of
    a change and are left out, as are periods without."""

    events: tuple[tuple[int, ...], ...]
    exposure: tuple[tuple[float, ...], ...]
    on: tuple[tuple[int, ...], ...]
    cells: int

    @property
    def treated(self) -> int:
        """Units with the intervention."""
        return sum(any(row) for row in self.on)

    @property
    def compared(self) -> int:
        """Units without."""
        return len(self.on) - self.treated


@dataclass(frozen=True, slots=True)
class Scores:
    """At some parameters, the effect first: each unit's derivatives of the log likelihood, and the information."""

    of_units: list[Vector]
    information: Matrix

    def total(self) -> Vector:
        """The derivatives of all units."""
        return [math.fsum(column) for column in zip(*self.of_units, strict=True)]


def panel(cells: Iterable[Cell], treated: Iterable[str], first_after: str) -> Panel:
    """The panel of cells in any order; the intervention began in ``first_after`` for all ``treated`` units at once.

    Units that began at different times are told apart by calling this once for each beginning, against units that
    never did. Raises ValueError, naming unit and period, for a cell told twice, and for groups without what is needed.
    """
    with_it, found = frozenset(treated), dict[tuple[str, str], Cell]()
    for cell in cells:
        where = f"unit {cell.unit}, period {cell.period}"
        if (cell.unit, cell.period) in found:
            raise ValueError(f"{where}: told twice")
        if cell.events < 0 or cell.exposure < 0 or (cell.events and not cell.exposure):
            raise ValueError(f"{where}: events are at least 0, in an exposure above 0")
        found[cell.unit, cell.period] = cell
    _check(list(found.values()), with_it, first_after)
    eventful = [cell for cell in found.values() if cell.events]
    units = sorted({cell.unit for cell in eventful})
    times = sorted({cell.period for cell in eventful})
    rows = [[found.get((unit, time)) for time in times] for unit in units]
    return Panel(
        tuple(tuple(cell.events if cell else 0 for cell in row) for row in rows),
        tuple(tuple(float(cell.exposure) if cell else 0.0 for cell in row) for row in rows),
        tuple(tuple(int(unit in with_it and time >= first_after) for time in times) for unit in units),
        sum(cell is not None and cell.exposure > 0 for row in rows for cell in row),
    )


def effect(of: Panel) -> Effect:
    """The rate ratio of the intervention with cluster-robust limits; few units need ``differences_bootstrap``."""
    parameters = fitted(of)
    found = scores(of, parameters)
    bread = linear.inverse(found.information)
    pulls = [linear.dot(bread[0], score) for score in found.of_units]
    groups, terms = len(of.events), len(of.events) + len(parameters)
    if of.cells <= terms:
        raise ValueError("the units and periods are too few for an estimate")
    correction = groups / (groups - 1) * (of.cells - 1) / (of.cells - terms)
    error = math.sqrt(correction * linear.dot(pulls, pulls))
    width = student(0.95, groups - 1) * error
    low, high = (math.exp(parameters[0] + side * width) for side in (-1, 1))
    return Effect(math.exp(parameters[0]), error, low, high, Comparison(of.compared), none=1.0)


def fitted(of: Panel, logarithm: float | None = None) -> Vector:
    """The likeliest logarithm of the effect, and of the rate of every period after the first to that of the first.

    With a ``logarithm`` the effect is held there. Raises ValueError if the likelihood has no summit.
    """
    parameters = [logarithm or 0.0, *[0.0] * (len(of.events[0]) - 1)]
    held = int(logarithm is not None)
    for _ in range(STEPS):
        found = scores(of, parameters)
        information = [row[held:] for row in found.information[held:]]
        steps = linear.times(linear.inverse(information), found.total()[held:])
        largest = max(map(abs, steps), default=0.0)
        shrink = min(1.0, 2.0 / largest) if largest else 1.0
        parameters = [*parameters[:held], *(a + shrink * b for a, b in zip(parameters[held:], steps, strict=True))]
        if largest < CLOSE:
            return parameters
    raise ValueError("the events are too few for an estimate")


def scores(of: Panel, parameters: Sequence[float]) -> Scores:
    """Derivatives and information at the parameters."""
    size = len(parameters)
    periods = [0.0, *parameters[1:]]
    derivatives, information = [], [[0.0] * size for _ in range(size)]
    for events, exposure, on in zip(of.events, of.exposure, of.on, strict=True):
        weights = [n * math.exp(time + parameters[0] * d) for n, time, d in zip(exposure, periods, on, strict=True)]
        total = sum(events)
        means = [total * weight / sum(weights) for weight in weights]
        with_it = sum(mean for mean, d in zip(means, on, strict=True) if d)
        rest = [y - mean for y, mean in zip(events, means, strict=True)]
        derivatives.append([sum(one for one, d in zip(rest, on, strict=True) if d), *rest[1:]])
        vector = [with_it, *means[1:]]
        for i, one in enumerate(vector):
            row = information[i]
            for j, other in enumerate(vector):
                row[j] -= one * other / total
            row[i] += one
        for j in range(1, size):
            if on[j]:
                information[0][j] += means[j]
                information[j][0] += means[j]
    return Scores(derivatives, information)


def _check(cells: Sequence[Cell], with_it: frozenset[str], first_after: str) -> None:
    for group, inside in (("with the intervention", True), ("to compare with", False)):
        own = [cell for cell in cells if (cell.unit in with_it) is inside and cell.events]
        if len({cell.unit for cell in own}) < FEWEST:
            raise ValueError(f"at least {FEWEST} units {group} must have events")
        for when, after in (("before", False), ("after", True)):
            if not any((cell.period >= first_after) is after for cell in own):
                raise ValueError(f"units {group} have no events {when} the intervention began")
