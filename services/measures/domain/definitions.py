"""The measures there are: what each counts, per what, and where it is published."""

from dataclasses import dataclass
from typing import Final, Literal


@dataclass(frozen=True, slots=True)
class Definition:
    """A measure; ``component`` is the rollup column of its numerator. Denominator: beneficiary-quarters, which are
    eligible days divided by the days of the quarter."""

    id: str
    specification: int
    title: str
    component: Literal["hospitalizations", "rehospitalizations"]
    per: int
    better: Literal["lower", "higher"]
    source: str


_BROCK: Final = "Brock J, Mitchell J, Irby K, et al. JAMA 2013;309(4):381-391"

DEFINITIONS: Final = (
    Definition(
        id="hospitalizations",
        specification=1,
        title="All-cause hospitalizations per 1,000 beneficiaries per quarter",
        component="hospitalizations",
        per=1000,
        better="lower",
        source=_BROCK,
    ),
    Definition(
        id="rehospitalizations-30d",
        specification=1,
        title="All-cause 30-day rehospitalizations per 1,000 beneficiaries per quarter",
        component="rehospitalizations",
        per=1000,
        better="lower",
        source=_BROCK,
    ),
)
