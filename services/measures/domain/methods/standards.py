"""Performance standards of Hospital Value-Based Purchasing by fiscal year, as CMS published them.

A year that is not here has to be given by whoever computes: standards of one year are never used for another.
"""

from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True)
class Standard:
    """Achievement threshold and benchmark; which of them is lower says whether lower is better."""

    threshold: Fraction
    benchmark: Fraction

    def __post_init__(self) -> None:
        if self.threshold < 0 or self.benchmark < 0:
            raise ValueError("a threshold and a benchmark cannot be below 0")
        if self.threshold == self.benchmark:
            raise ValueError("a benchmark differs from its threshold")

    def reaches(self, value: Fraction, level: Fraction) -> bool:
        """Whether a value is at a level or on its better side."""
        return value <= level if self.benchmark < self.threshold else value >= level


# Fiscal year 2024: columns "Achievement Threshold" and "Benchmark" of CMS's hvbp_safety and hvbp_clinical_outcomes.
_PUBLISHED: Final = {
    2024: {
        "HAI-1": ("0.589", "0.000"),
        "HAI-2": ("0.650", "0.000"),
        "HAI-3": ("0.717", "0.000"),
        "HAI-4": ("0.738", "0.000"),
        "HAI-5": ("0.726", "0.000"),
        "HAI-6": ("0.520", "0.014"),
        "MORT-30-AMI": ("0.869247", "0.887868"),
        "MORT-30-HF": ("0.882308", "0.907733"),
        "MORT-30-PN": ("0.840281", "0.872976"),
        "MORT-30-COPD": ("0.916491", "0.934002"),
        "MORT-30-CABG": ("0.969499", "0.980319"),
        "COMP-HIP-KNEE": ("0.025396", "0.018159"),
    }
}
STANDARDS: Final = MappingProxyType(
    {
        year: MappingProxyType({name: Standard(*map(Fraction, pair)) for name, pair in table.items()})
        for year, table in _PUBLISHED.items()
    }
)


def standard(measure: str, fiscal_year: int) -> Standard:
    """The standard of a measure in a fiscal year; raises ValueError for a year or measure not published here."""
    table = STANDARDS.get(fiscal_year)
    if table is None:
        known = ", ".join(map(str, STANDARDS))
        raise ValueError(f"standards of fiscal year {fiscal_year} are not known, only of {known}: give them")
    if measure not in table:
        raise ValueError(f"fiscal year {fiscal_year} has no measure {measure}, but {', '.join(table)}")
    return table[measure]
