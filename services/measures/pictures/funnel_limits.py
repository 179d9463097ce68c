"""What a funnel's limits are made of: target, widening, and the sizes at which the curves are drawn."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Final

from services.measures.domain.methods import funnel as method
from services.measures.domain.methods import overdispersion
from services.measures.domain.methods.funnel import Limit

STEPS: Final = 60
Counted = tuple[int, Fraction]
"""Events of a unit and what they are counted in."""


def target_of(counts: Sequence[Counted], *, share: bool, given: Fraction | None) -> Fraction:
    """The one given, else what all have together; raises ValueError for counts that have no limits."""
    if not counts:
        raise ValueError("a funnel needs at least one unit")
    if share and any(events > exposure or exposure.denominator != 1 for events, exposure in counts):
        raise ValueError("a share is of whole trials, and has no more events than trials")
    if given is None:
        if len(counts) == 1:
            raise ValueError("one unit cannot be compared with itself: give a target")
        middle = Fraction(sum(events for events, _ in counts)) / sum(exposure for _, exposure in counts)
        if not middle or (share and middle == 1):
            raise ValueError("units that all have the same share or no events have no limits: give a target")
        return middle
    if given <= 0 or (share and given >= 1):
        raise ValueError(f"a target is above 0{' and below the whole' if share else ''}")
    return given


def factor_of(counts: Sequence[Counted], target: float, *, share: bool) -> float:
    """By how much units differ more than by chance; 1 where they do not."""
    if share:
        units = [overdispersion.of_share(events, int(exposure), target) for events, exposure in counts]
    else:
        units = [overdispersion.of_rate(events, float(exposure), target) for events, exposure in counts]
    return overdispersion.dispersion(units).factor


def limits_at(target: float, factor: float, *, share: bool) -> Callable[[Fraction], list[Limit]]:
    """The limits at a size, from the lowest to the highest."""

    @cache
    def at(exposure: Fraction) -> list[Limit]:
        found = method.share(target, int(exposure)) if share else method.rate(target, float(exposure))
        return method.stretched(found, target, factor, most=1.0 if share else None)

    return at


def sizes_of(exposures: Sequence[Fraction], *, share: bool, crowd: bool) -> list[Fraction]:
    """From small to a little more than the largest, closer where the funnel is wide; of a crowd, whose sizes are
    drawn as multiples of one another, from the smallest on."""
    largest = max(exposures) * Fraction(21, 20)
    if crowd:
        smallest = min(exposures)
        times = float(largest / smallest) ** (1 / STEPS)
        steps = {smallest * Fraction(times**step) for step in range(STEPS)} | {largest}
    else:
        steps = {largest * (step * step) / (STEPS * STEPS) for step in range(2, STEPS + 1)}
    return sorted({Fraction(max(1, round(one))) for one in steps} if share else steps)
