"""The collaboratives a facility can join, as data with their sources."""

import datetime as dt
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Collaborative:
    """``opens`` is the first day of joining; no source gives a last day, so none is asserted."""

    code: str
    name: str
    opens: dt.date
    source: str


# The charter that began with both of these ran from August 2011 to July 2014; later statements of work went on.
_CHARTER: Final = dt.date(2011, 8, 1)

COLLABORATIVES: Final = {
    row.code: row
    for row in (
        Collaborative(
            "NNHQCC",
            "National Nursing Home Quality Care Collaborative",
            _CHARTER,
            "CMS, QIO Program: Moving Forward, August 2011 to July 2014, Task C.2",
        ),
        Collaborative(
            "PSPC",
            "Patient Safety and Clinical Pharmacy Services Collaborative",
            _CHARTER,
            "CMS, QIO Program: Moving Forward, August 2011 to July 2014, adverse drug events",
        ),
    )
}
