"""The numbers a person adds to a cell; every one a whole count of events, days or cents.

The order is part of what is stored: names are only ever added at the end.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final, get_args

from services.measures.domain.conditions import PAYMENT_GROUPS
from shared.contracts.feeds import Input

ADE_CLASSES: Final = ("anticoagulant", "diabetic", "opioid", "any")
ADE_LEVELS: Final = ("ed", "observation", "inpatient")
INPUTS: Final[tuple[str, ...]] = get_args(Input)

COMPONENTS: Final = (
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
)
NUMBER: Final = {name: number for number, name in enumerate(COMPONENTS)}
DERIVED: Final = frozenset(("days", *(f"lacks_{name}" for name in INPUTS)))
"""Names that ``named`` sums from several components."""

# Days and live discharges of hospitals are kept by what their source lacked: one component for each set of inputs that
# is met, above all others.
_LACKING: Final = 1 << 10
_FIRST: Final = 1 << 11  # the bit of the first input
_DISCHARGES: Final = 1 << 30


@cache
def days_lacking(inputs: tuple[int, ...]) -> int:
    """The component of eligible days whose source lacks these inputs (positions in INPUTS)."""
    return _LACKING | _mask(inputs)


@cache
def discharges_lacking(inputs: tuple[int, ...]) -> int:
    """The component of a hospital's live discharges whose source lacks these inputs."""
    return _DISCHARGES | _mask(inputs)


def named(amounts: Mapping[int, int]) -> dict[str, int]:
    """Amounts by name, with ``days`` and ``lacks_<input>`` (days, of a hospital live discharges) summed up."""
    found: dict[str, int] = {}
    for number, amount in amounts.items():
        if number < _LACKING:
            _add(found, COMPONENTS[number], amount)
            continue
        if number < _DISCHARGES:
            _add(found, "days", amount)
        for position, name in enumerate(INPUTS):
            if number & _FIRST << position:
                _add(found, f"lacks_{name}", amount)
    return {name: amount for name, amount in found.items() if amount}


def _add(found: dict[str, int], name: str, amount: int) -> None:
    found[name] = found.get(name, 0) + amount


def _mask(inputs: tuple[int, ...]) -> int:
    mask = 0
    for position in inputs:
        mask |= _FIRST << position
    return mask
