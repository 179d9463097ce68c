"""The measures made of the counts facilities enter: shares, catheter infections, and the tracked harms."""

from typing import Final, NamedTuple, get_args

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.methods.harm import TRACKED
from services.measures.domain.panel.measure import FacilityMeasure, Form
from shared.contracts.counts import HARM, HomeMeasure, HospitalMeasure

INCOMPLETE: Final = "incomplete"
CONFLICT: Final = "conflict"
EVENTS: Final = "harms"
DISCHARGES: Final = "discharges"
_CAMPAIGN: Final = "National Nursing Home Quality Improvement Campaign (Advancing Excellence)"
_COLLABORATIVE: Final = "Process measure of the collaborative, as entered"
_NO_DENOMINATOR: Final = "incomplete: a month is told without its denominator"
_NO_DISCHARGES: Final = "incomplete: harms are told without discharges"
_TWO_DISCHARGES: Final = "the entries of a month differ in its discharges"


class _Words(NamedTuple):
    title: str
    source: str
    priority: Priority
    note: str = ""


_SHARES: Final = {
    "staff-stability": _Words(
        "Staff employed in the home for a year or longer, percent of staff",
        f"{_CAMPAIGN}, staff stability",
        Priority.COORDINATION,
        "Staff of all shifts on the last day of the month; the campaign's own tracking tool was not at hand.",
    ),
    "consistent-assignment": _Words(
        "Long-stay residents cared for by at most 12 caregivers in the month, percent of those reviewed",
        f"{_CAMPAIGN}, consistent assignment",
        Priority.ENGAGEMENT,
        "The campaign's own tracking tool was not at hand.",
    ),
    "process-catheter-review": _Words(
        "Catheter days whose need was reviewed that day, percent", _COLLABORATIVE, Priority.SAFER_CARE
    ),
    "process-hand-hygiene": _Words(
        "Observed occasions on which hands were cleaned, percent", _COLLABORATIVE, Priority.SAFER_CARE
    ),
    "process-huddles": _Words("Planned team huddles that were held, percent", _COLLABORATIVE, Priority.COORDINATION),
    "process-line-insertion": _Words(
        "Central lines inserted with every step of the bundle, percent", _COLLABORATIVE, Priority.SAFER_CARE
    ),
}


def _share(name: str) -> FacilityMeasure:
    words = _SHARES[name]
    return FacilityMeasure(
        id=f"entered-{name}",
        specification=1,
        title=words.title,
        numerator={name: 1},
        denominator={f"{name}_of": 1},
        form=Form.SHARE,
        scale=100,
        better="higher",
        source=words.source,
        aim=Aim.BETTER_CARE,
        priority=words.priority,
        note=words.note,
        unless={f"{name}_{INCOMPLETE}": _NO_DENOMINATOR},
    )


CATHETER_INFECTIONS: Final = FacilityMeasure(
    id="entered-catheter-infections",
    specification=1,
    title="Catheter-associated urinary tract infections per 1,000 catheter days",
    numerator={"catheter-infections": 1},
    denominator={"catheter-infections_of": 1},
    form=Form.RATE,
    scale=1000,
    better="lower",
    source="CDC, NHSN, urinary tract infection events: catheter-associated rate",
    aim=Aim.BETTER_CARE,
    priority=Priority.SAFER_CARE,
    note="As entered by the facility.",
    unless={f"catheter-infections_{INCOMPLETE}": _NO_DENOMINATOR},
)


def _harm(component: str, name: str, title: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"entered-{name}",
        specification=1,
        title=f"{title} per 1,000 discharges",
        numerator={component: 1},
        denominator={DISCHARGES: 1},
        form=Form.RATE,
        scale=1000,
        better="lower",
        source="AHRQ, National Scorecard on Hospital-Acquired Conditions: harms per 1,000 discharges",
        aim=Aim.BETTER_CARE,
        priority=Priority.SAFER_CARE,
        note=f"The {TRACKED}: the harms the hospital enters, not all of the scorecard's, with whose rates it is never "
        "compared; the goal of 40 % less is counted from the hospital's own baseline.",
        unless={f"{DISCHARGES}_{CONFLICT}": _TWO_DISCHARGES, f"{DISCHARGES}_{INCOMPLETE}": _NO_DISCHARGES},
    )


def _of(name: str) -> FacilityMeasure:
    if name.startswith(HARM):
        return _harm(name, name, name.removeprefix(HARM).replace("-", " ").capitalize())
    return CATHETER_INFECTIONS if name == "catheter-infections" else _share(name)


TRACKED_HARMS: Final = _harm(EVENTS, "tracked-harms", "Harms of the tracked HAC subset")
OF_HOSPITALS: Final = (*map(_of, get_args(HospitalMeasure)), TRACKED_HARMS)
OF_HOMES: Final = tuple(map(_of, get_args(HomeMeasure)))
