"""Hospital-acquired conditions per 1,000 discharges against the program's goal, each rate within its own series.

All harm is what AHRQ's national scorecard estimates from 28 types of event; what the platform receives is a part of
it, called the tracked HAC subset. Rates of different series (all harm on the baseline of 2010, the one re-based on
2014, the tracked subset) are never compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

TRACKED: Final = "tracked HAC subset"
ALL_HARM_2010: Final = "all harm, baseline 2010"
ALL_HARM_2014: Final = "all harm, baseline 2014"


@dataclass(frozen=True, slots=True)
class HarmRate:
    """Harms per 1,000 discharges, in the series that says what is counted and how."""

    series: str
    value: Fraction

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("a rate of harm cannot be below 0")


@dataclass(frozen=True, slots=True)
class HarmGoal:
    """A reduction, as a share, of the rate of the baseline."""

    baseline: HarmRate
    reduction: Fraction

    def __post_init__(self) -> None:
        if not self.baseline.value:
            raise ValueError("a baseline without harm cannot be reduced")
        if not 0 < self.reduction <= 1:
            raise ValueError("a reduction is a share above 0 and at most 1")

    @property
    def target(self) -> Fraction:
        """The rate to be reached."""
        return self.baseline.value * (1 - self.reduction)


@dataclass(frozen=True, slots=True)
class HarmProgress:
    """``change`` is relative to the baseline (-0.2 is a fifth less); ``target`` is the rate to be reached."""

    target: Fraction
    change: Fraction
    reached: bool


REDUCTION: Final = Fraction(2, 5)
"""Partnership for Patients; a hospital's tracked harms have this goal as well, from a baseline of its own."""
# AHRQ national scorecard: 145 in 2010. The later goal of HHS: 20 % less than 99 in 2014 after re-basing.
NATIONAL: Final = (
    HarmGoal(HarmRate(ALL_HARM_2010, Fraction(145)), REDUCTION),
    HarmGoal(HarmRate(ALL_HARM_2014, Fraction(99)), Fraction(1, 5)),
)


def tracked(harms: Mapping[str, int], discharges: int) -> HarmRate:
    """The rate of the tracked subset from the number of each harm; one discharge may have several harms."""
    if not harms:
        raise ValueError("a rate of harm needs at least one kind of harm that is counted")
    if min(harms.values()) < 0:
        raise ValueError("a number of harms cannot be below 0")
    if discharges <= 0:
        raise ValueError("a rate of harm needs discharges above 0")
    return HarmRate(TRACKED, Fraction(1000 * sum(harms.values()), discharges))


def progress(goal: HarmGoal, current: HarmRate) -> HarmProgress:
    """How far a rate has come; raises ValueError for rates of different series."""
    if goal.baseline.series != current.series:
        raise ValueError(f"a rate of the {current.series} is not compared with a goal for {goal.baseline.series}")
    change = (current.value - goal.baseline.value) / goal.baseline.value
    return HarmProgress(goal.target, change, current.value <= goal.target)
