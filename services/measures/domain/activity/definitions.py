"""The measures made of appeals and confirmed concerns, and the kinds of unit they are of."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.facilities import is_acute, is_nursing_home
from services.measures.domain.panel.kind import Family
from services.measures.domain.panel.measure import FacilityMeasure, Form
from shared.contracts.facilities import FacilityType

COUNTS: Final = ("discharge_appeals", "termination_appeals", "concerns_confirmed")
MONTHS: Final = "months"
DISCHARGES: Final = "live_discharges"
KNOWN: Final = "known_"
"""Before the name of a count: the same in periods whose discharges are known."""

_TITLES: Final = {
    "discharge_appeals": "Appeals of hospital discharges",
    "termination_appeals": "Appeals of terminations of services",
    "concerns_confirmed": "Concerns about the quality of care that were confirmed",
}
_PRIORITIES: Final = {
    "discharge_appeals": Priority.ENGAGEMENT,
    "termination_appeals": Priority.ENGAGEMENT,
    "concerns_confirmed": Priority.SAFER_CARE,
}
_SOURCE: Final = "Own definition of this project from case milestones; no national one exists"
_RIGHT: Final = "An appeal is a right: a rise is a sign to look at discharges, not itself a failure."


def _plain(count: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"{count.replace('_', '-')}-per-month",
        specification=1,
        title=f"{_TITLES[count]} per month",
        numerator={count: 1},
        denominator={MONTHS: 1},
        form=Form.RATE,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_CARE,
        priority=_PRIORITIES[count],
        note=_RIGHT,
    )


def _rate(count: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"{count.replace('_', '-')}-per-1000",
        specification=1,
        title=f"{_TITLES[count]} per 1,000 live discharges",
        numerator={f"{KNOWN}{count}": 1},
        denominator={DISCHARGES: 1},
        form=Form.RATE,
        scale=1000,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_CARE,
        priority=_PRIORITIES[count],
        note=f"{_RIGHT} Appeals are of all patients, discharges those in claims of fee-for-service Medicare.",
    )


PLAIN: Final = tuple(map(_plain, COUNTS))
RATES: Final = tuple(map(_rate, COUNTS))
_SETTLES: Final = dt.timedelta(days=7)  # the project's own allowance for recording cases; what comes later restates


def _family(unit_type: FacilityType, measures: tuple[FacilityMeasure, ...]) -> Family:
    return Family(name=f"activity-{unit_type}", unit_type=unit_type, measures=measures, settles=_SETTLES)


HOSPITALS: Final = _family("hospital", (*PLAIN, *RATES))
HOMES: Final = _family("nursing_home", PLAIN)
PROVIDERS: Final = _family("provider", PLAIN)
COMMUNITIES: Final = _family("community", (*PLAIN, *RATES))
FAMILIES: Final[Mapping[str, Family]] = {one.unit_type: one for one in (HOSPITALS, HOMES, PROVIDERS, COMMUNITIES)}


def family_of(ccn: str) -> Family:
    """The measures of a facility, by what its number says it is."""
    if is_acute(ccn):
        return HOSPITALS
    return HOMES if is_nursing_home(ccn) else PROVIDERS
