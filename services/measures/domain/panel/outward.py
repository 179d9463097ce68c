"""Which figures of facilities may leave: CMS's cell size policy, applied before anything is written.

No count of 1 to 10 is reported or can be derived (versions of 2017 and 2024); 0 may be. Counts that could be worked out
by subtraction are kept in as well: the rest of a share, and months and years beside the quarters they are made of.
"""

from typing import Final

from services.measures.domain.panel import spans
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.suppression import is_small

SMALL: Final = "a count of 1 to 10"
DERIVED: Final = "months and years are not exported where quarters are: the difference would be a count"
ROLLING: Final = "its periods share their data: the difference of two would be a count"


def withheld(measure: FacilityMeasure, period: str, numerator: int, denominator: int, *, quarters: bool) -> str | None:
    """Why a figure may not leave, None if it may; ``quarters``: the unit has figures of quarters of this measure.

    A ratio to what was predicted has no second count: what is predicted is nobody. What was exported before a
    restatement is not remembered: of a restated figure the difference can be small.
    """
    if measure.spans > 1:
        return ROLLING
    if quarters and not is_quarter(period):
        return DERIVED
    counts = [numerator]
    if measure.form is not Form.STANDARDIZED:
        counts.append(denominator)
    if measure.form is Form.SHARE:
        counts.append(denominator - numerator)
    return SMALL if any(is_small(count) for count in counts) else None


def is_quarter(period: str) -> bool:
    """Whether it is one quarter."""
    return spans.is_named(period) and "Q" in period
