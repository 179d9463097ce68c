"""The measures of nursing homes that are made of residents' assessments, and their composite."""

from typing import Final

from services.measures.domain.definitions import Aim, Priority
from services.measures.domain.methods import composite
from services.measures.domain.panel.measure import FacilityMeasure, Form

_MANUAL: Final = "CMS, MDS 3.0 Quality Measures User's Manual, long-stay measures"
_NNHQCC: Final = "CMS, National Nursing Home Quality Care Collaborative, quality measure composite score"
_UNADJUSTED: Final = "Observed, without the risk adjustment of published figures. "
_ITEMS: Final = (
    "Long stay: 101 days in the home, absences left out, by the quarter's end or today. Of assessments to 30 September "
    "2023; afterwards MDS has other items."
)

# Component, end of the id, title, NQF number, what is particular.
_SHARES: Final = (
    ("falls_injury", "falls-major-injury", "had a fall with major injury", "0674", ""),
    ("urinary_infection", "urinary-infection", "had a urinary tract infection", "0684", ""),
    ("pain", "pain", "reported moderate to severe pain", "0677", _UNADJUSTED),
    (
        "pressure_ulcers",
        "pressure-ulcers",
        "at high risk had a pressure ulcer of stage II to IV",
        "0679",
        "Later versions of the manual add unstageable ulcers. ",
    ),
    (
        "bowel_or_bladder",
        "bowel-or-bladder",
        "at low risk lost control of bowel or bladder",
        "0685",
        (
            "Who is totally dependent in one of bed mobility, transfer and locomotion is at high risk; uncertain: the "
            "manual's own table was not at hand. "
        ),
    ),
    ("catheter", "catheter", "had a catheter left in the bladder", "0686", _UNADJUSTED),
    (
        "restraints",
        "restraints",
        "were physically restrained daily",
        "0687",
        (
            "Uncertain: who is restrained counts although another device is not told of; in its endorsement a missing "
            "answer takes a resident out. "
        ),
    ),
    ("more_help", "more-help", "needed more help with daily activities than before", "0688", ""),
    (
        "weight_loss",
        "weight-loss",
        "lost too much weight",
        "0689",
        (
            "Without those in hospice care or with a prognosis under six months, as in version 15 of the manual; when "
            "that began is not verified. "
        ),
    ),
    (
        "depressive",
        "depressive-symptoms",
        "had depressive symptoms",
        "0690",
        "Uncertain: what takes a resident out was not checked against the manual's table. ",
    ),
    ("antipsychotic", "antipsychotic", "received an antipsychotic drug", "", ""),
    (
        "influenza",
        "influenza-vaccine",
        "were assessed and appropriately given the influenza vaccine",
        "0681",
        "Of the season completed last, October to March; age is not told, so nobody under 180 days is left out. ",
    ),
    (
        "pneumococcal",
        "pneumococcal-vaccine",
        "were assessed and appropriately given the pneumococcal vaccine",
        "0683",
        "Age is not told, so nobody under 5 years is left out. ",
    ),
)
_NAMES: Final = {component: name for component, name, *_ in _SHARES}
COLLABORATIVE: Final = tuple(_NAMES)
"""The components of the 13 measures of the collaborative."""
REVERSED: Final = tuple(component for component, name in _NAMES.items() if name in composite.REVERSED)


def _share(component: str, name: str, title: str, source: str, note: str) -> FacilityMeasure:
    return FacilityMeasure(
        id=f"nursing-home-{name}",
        specification=1,
        title=f"Long-stay residents who {title}, percent",
        numerator={component: 1},
        denominator={f"{component}_of": 1},
        form=Form.SHARE,
        better="higher" if component in REVERSED else "lower",
        source=source,
        aim=Aim.BETTER_CARE,
        priority=Priority.PREVENTION if component in REVERSED else Priority.SAFER_CARE,
        scale=100,
        note=note + _ITEMS,
    )


COMPOSITE: Final = FacilityMeasure(
    id="nursing-home-composite",
    specification=1,
    title="Composite of the 13 long-stay measures over six months, failures per 100 opportunities",
    numerator={component: -1 if component in REVERSED else 1 for component in COLLABORATIVE}
    | {f"{component}_of": 1 for component in REVERSED},
    denominator={f"{component}_of": 1 for component in COLLABORATIVE},
    form=Form.RATIO,
    better="lower",
    source=_NNHQCC,
    aim=Aim.BETTER_CARE,
    priority=Priority.SAFER_CARE,
    scale=100,
    spans=2,
    goal=composite.GOAL,
    note="One resident is up to 13 opportunities, so it has no interval. The vaccines count the other way round, which "
    "follows from the goal and is not written in the source. " + _ITEMS,
)

MEASURES: Final = (
    *(
        _share(component, name, title, f"{_MANUAL}, NQF {number}" if number else _MANUAL, note)
        for component, name, title, number, note in _SHARES
    ),
    COMPOSITE,
    _share("falls", "falls", "had a fall", f"{_MANUAL}, prevalence of falls", ""),
    _share(
        "catheter_infection",
        "catheter-urinary-infection",
        "with a catheter had a urinary tract infection",
        "MDS items H0100A and I2300; no published measure",
        "Says nothing of how the infection came about; the rate of CAUTI comes from the home's own monthly counts. ",
    ),
)
