"""What a measure is: which numbers of a cell it divides by which, and what it must have to be computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from services.measures.domain.components import DERIVED, NUMBER


class Aim(StrEnum):
    """The three aims of the National Quality Strategy (2011)."""

    BETTER_CARE = "better care"
    BETTER_HEALTH = "healthy people and communities"
    LOWER_COSTS = "affordable care"


class Priority(StrEnum):
    """The six priorities of the National Quality Strategy (2011)."""

    SAFER_CARE = "making care safer by reducing harm"
    ENGAGEMENT = "engaging persons and families as partners in their care"
    COORDINATION = "effective communication and coordination of care"
    PREVENTION = "effective prevention and treatment of the leading causes of mortality"
    COMMUNITIES = "wide use of best practices to enable healthy living in communities"
    AFFORDABILITY = "making quality care more affordable through new delivery models"


class Per(StrEnum):
    """How a value is scaled. BENEFICIARY_QUARTER: the denominator is days, divided by the days of the period and
    scaled to a quarter's number of person-times; RATIO: a plain quotient."""

    BENEFICIARY_QUARTER = "beneficiary-quarter"
    RATIO = "ratio"


class Uncertainty(StrEnum):
    """What a numerator counts, which decides its interval. EVENTS: independent events in person-time or among
    discharges (mid-P Poisson); SHARE: units of the denominator (Wilson); NONE: nights, days or cents of the same
    persons, whose interval sums cannot tell."""

    EVENTS = "events"
    SHARE = "share"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A measure. ``numerator`` is a sum of components with signs, ``denominator`` of components; the value is
    ``scale`` times their quotient.

    ``needs`` are the inputs without which it is NOT_COMPUTABLE, ``value_sets`` the code lists; ``of_hospitals``: also
    published for each hospital; ``complete_months``: while follow-up runs, only months whose 30 days have passed
    count, so that a return known early does not meet a denominator that is not; ``withdrawn``: why it is none any more.
    """

    id: str
    specification: int
    title: str
    numerator: Mapping[str, int]
    denominator: tuple[str, ...]
    per: Per
    scale: int | Fraction
    better: str
    source: str
    aim: Aim
    priority: Priority
    uncertainty: Uncertainty
    needs: frozenset[str] = frozenset()
    value_sets: frozenset[str] = frozenset()
    of_hospitals: bool = False
    complete_months: bool = False
    note: str = ""
    withdrawn: str | None = None

    def __post_init__(self) -> None:
        unknown = (self.numerator.keys() | set(self.denominator)) - NUMBER.keys() - DERIVED
        if unknown or self.better not in {"lower", "higher"}:
            raise ValueError(f"measure {self.id} is defined with unknown words")


BROCK: Final = "Brock J, Mitchell J, Irby K, et al. JAMA 2013;309(4):381-391"
