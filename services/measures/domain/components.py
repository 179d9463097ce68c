"""The numbers a person adds to a cell; every one a whole count of events, days or cents.

The order is part of what is stored: names are only ever added at the end.
"""

from typing import Final, get_args

from services.measures.domain.conditions import PAYMENT_GROUPS
from shared.contracts.feeds import Input

ADE_CLASSES: Final = ("anticoagulant", "diabetic", "opioid", "any")
ADE_LEVELS: Final = ("ed", "observation", "inpatient")
INPUTS: Final[tuple[str, ...]] = get_args(Input)

COMPONENTS: Final = (
    "days",
    "hospitalizations",
    "live_discharges",
    "rehospitalizations",
    "impossible_stays",
    "provisional_stays",
    "hwr_index",
    "hwr_unplanned",
    "hwr_planned",
    "nights",
    "institution_nights",
    "observation_nights",
    "avoidable_acute",
    "avoidable_chronic",
    "home_health_starts",
    "home_health_hospitalized",
    "ltss_days",
    "ltss_referred",
    "ltss_started",
    "ltss_wait_days",
    "paid_total",
    *(f"paid_{group}" for group, _ in PAYMENT_GROUPS),
    *(f"ade_index_{name}" for name in ADE_CLASSES),
    *(f"ade_hit_{name}_{level}" for name in ADE_CLASSES for level in ADE_LEVELS),
    *(f"ade_event_{name}_{level}" for name in ADE_CLASSES for level in ADE_LEVELS),
    *(f"lacks_{name}" for name in INPUTS),
)
NUMBER: Final = {name: number for number, name in enumerate(COMPONENTS)}
