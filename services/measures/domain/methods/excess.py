"""Excess readmission ratio of the Hospital Readmissions Reduction Program (42 CFR 412.152): predicted over expected.

The predicted rate has the hospital's own effect in it, the expected one that of an average hospital with the same
patients; CMS publishes both. Above 1 there are more readmissions than expected.
"""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Readmissions:
    """Rates in percent; raises ValueError for what cannot be."""

    predicted: Fraction
    expected: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.predicted <= 100:
            raise ValueError("a predicted readmission rate lies between 0 and 100 percent")
        if not 0 < self.expected <= 100:
            raise ValueError("an expected readmission rate lies above 0 and at most at 100 percent")

    @property
    def excess_ratio(self) -> Fraction:
        """Predicted over expected."""
        return self.predicted / self.expected

    @property
    def is_excess(self) -> bool:
        """Whether more are predicted than expected, which is what lowers payment."""
        return self.predicted > self.expected
