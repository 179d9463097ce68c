"""Which figures an estimate of an intervention rests on: settled quarters of communities without gaps."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from services.measures.domain import periods
from services.measures.domain.charted import exposure_of
from services.measures.domain.definitions import Definition, Uncertainty
from services.measures.domain.evaluation import Counted

MOST_BEFORE: Final = 12


@dataclass(frozen=True, slots=True)
class Figures:
    """Settled, computable quarters of a community, in the measure's own counts."""

    unit: str
    quarters: Mapping[str, Counted]


@dataclass(frozen=True, slots=True)
class Window:
    """The quarters that are counted, before and with the intervention, without gaps."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def quarters(self) -> tuple[str, ...]:
        """Both."""
        return self.before + self.after


def window(own: Figures, first: str, last: str | None) -> Window:
    """The quarters without gaps around ``first``, the first with the intervention, up to ``last`` where it ended."""
    before = list(itertools.islice(_run(own, periods.shift(first, -1), -1), MOST_BEFORE))
    after = [quarter for quarter in _run(own, first, 1) if last is None or quarter <= last]
    return Window(tuple(reversed(before)), tuple(after))


def value(definition: Definition, counted: Counted) -> Fraction:
    """The value as the measure is published; there is something to divide by."""
    return definition.scale * counted.numerator / exposure(definition, counted)


def fitting(definition: Definition, counted: Counted) -> bool:
    """Whether a figure may bear witness; sums that contradict each other are none."""
    of = exposure(definition, counted)
    above = definition.uncertainty is Uncertainty.SHARE and counted.numerator > of
    return counted.computable and of > 0 and counted.numerator >= 0 and not above


def exposure(definition: Definition, counted: Counted) -> Fraction:
    """What the measure counts its numerator in."""
    return exposure_of(definition, counted.denominator, counted.person_time)


def _run(of: Figures, quarter: str, step: int) -> Iterator[str]:
    while quarter in of.quarters:
        yield quarter
        quarter = periods.shift(quarter, step)
