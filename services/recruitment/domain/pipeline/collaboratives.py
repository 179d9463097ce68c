"""The collaboratives a participant can join, as data with their sources."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from shared.contracts.recruitment.ids import Setting


@dataclass(frozen=True, slots=True)
class Collaborative:
    """``opens`` is the first day of joining, ``closes`` the last (None: no source gives one, so none is asserted).

    ``tasks`` are the tasks of statements of work that joining can be work for; ``settings`` are those it is for.
    """

    code: str
    name: str
    opens: dt.date
    settings: frozenset[Setting]
    tasks: tuple[str, ...]
    source: str
    closes: dt.date | None = None


# The charter that began with these ran from August 2011 to July 2014; later statements of work went on.
_CHARTER: Final = dt.date(2011, 8, 1)
_FORWARD: Final = "CMS, QIO Program: Moving Forward, August 2011 to July 2014"

COLLABORATIVES: Final = {
    row.code: row
    for row in (
        Collaborative(
            "NNHQCC",
            "National Nursing Home Quality Care Collaborative",
            _CHARTER,
            frozenset({Setting.NURSING_HOME}),
            ("nursing-homes", "C.2"),
            f"{_FORWARD}, nursing homes; Task C.2 of the 11th statement of work goes on with it",
        ),
        # Clinical pharmacists, physicians and facilities: every setting where medicines are given or prescribed.
        Collaborative(
            "PSPC",
            "Patient Safety and Clinical Pharmacy Services Collaborative",
            _CHARTER,
            frozenset(
                {
                    Setting.PHARMACY,
                    Setting.PHYSICIAN_PRACTICE,
                    Setting.HOSPITAL,
                    Setting.NURSING_HOME,
                    Setting.HOME_HEALTH,
                    Setting.HOSPICE,
                    Setting.DIALYSIS,
                    Setting.LTSS_PROVIDER,
                }
            ),
            ("adverse-drug-events",),
            f"{_FORWARD}, adverse drug events",
        ),
        Collaborative(
            "CUSP",
            "Comprehensive Unit-Based Safety Program",
            _CHARTER,
            frozenset({Setting.HOSPITAL}),
            ("hospital-infections",),
            f"{_FORWARD}, hospitals",
        ),
        Collaborative(
            "CARDIAC",
            "Learning and action network on cardiac risk",
            _CHARTER,
            frozenset({Setting.PHYSICIAN_PRACTICE, Setting.REGIONAL_EXTENSION_CENTER}),
            ("practices",),
            f"{_FORWARD}, practices",
        ),
    )
}
