"""The parts a declared measure can be made of, and what each of them needs."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from services.measures.domain import values
from services.measures.domain.components import ADE_CLASSES, ADE_LEVELS
from services.measures.domain.conditions import PAYMENT_GROUPS
from services.measures.domain.definitions import Per

DAYS: Final = "days"


class Part(NamedTuple):
    """``needs``: inputs of the sources; ``value_sets``: code lists; ``awaits``: counts what follows within 30 days."""

    needs: frozenset[str] = frozenset()
    value_sets: frozenset[str] = frozenset()
    awaits: bool = False


def _part(*needs: str, lists: Iterable[str] = (), awaits: bool = False) -> Part:
    return Part(frozenset(needs), frozenset(lists), awaits)


_BEDS: Final = ("hospice", "inpatient", "snf")
_READMISSIONS: Final = ("age", "diagnoses", "inpatient", "procedures", "status")
_READMISSION_LISTS: Final = (
    values.CCS_DIAGNOSES,
    values.CCS_PROCEDURES,
    values.PLANNED,
    values.EXCLUSIONS,
    values.SURGERY,
)
_PAID: Final = ("home_health", "hospice", "inpatient", "outpatient", "payments", "snf")
_EVENTS: Final = ("diagnoses", "inpatient", "outpatient", "poa")

PARTS: Final[Mapping[str, Part]] = {
    DAYS: _part(),
    "hospitalizations": _part("inpatient"),
    "live_discharges": _part("inpatient"),
    "rehospitalizations": _part("inpatient", awaits=True),
    "hwr_index": _part(*_READMISSIONS, lists=_READMISSION_LISTS),
    "hwr_unplanned": _part(*_READMISSIONS, lists=_READMISSION_LISTS, awaits=True),
    "hwr_planned": _part(*_READMISSIONS, lists=_READMISSION_LISTS, awaits=True),
    "nights": _part(),
    "institution_nights": _part(*_BEDS),
    "observation_nights": _part("outpatient"),
    "avoidable_acute": _part("diagnoses", "inpatient"),
    "avoidable_chronic": _part("diagnoses", "inpatient"),
    "home_health_starts": _part("home_health"),
    "home_health_hospitalized": _part("home_health", "inpatient"),
    "ltss_days": _part("services"),
    "ltss_referred": _part("services"),
    "ltss_started": _part("services"),
    "ltss_wait_days": _part("services"),
    "paid_total": _part(*_PAID),
    **{f"paid_{group}": _part(*_PAID, "diagnoses", lists=(values.CHRONIC,)) for group, _ in PAYMENT_GROUPS},
    **{f"ade_index_{name}": _part("drugs", "inpatient", lists=(values.INGREDIENTS,)) for name in ADE_CLASSES},
    **{
        f"ade_hit_{name}_{level}": _part(*_EVENTS, "drugs", lists=(values.INGREDIENTS,), awaits=True)
        for name in ADE_CLASSES
        for level in ADE_LEVELS
    },
    **{f"ade_event_{name}_{level}": _part(*_EVENTS) for name in ADE_CLASSES for level in ADE_LEVELS},
}
"""All components but the counts of what is doubtful (impossible and provisional stays)."""


def needs(names: Iterable[str]) -> frozenset[str]:
    """The inputs without which these components cannot be counted."""
    return frozenset[str]().union(*(PARTS[name].needs for name in names))


def value_sets(names: Iterable[str]) -> frozenset[str]:
    """The code lists without which these components cannot be counted."""
    return frozenset[str]().union(*(PARTS[name].value_sets for name in names))


def awaits(numerator: Iterable[str], per: Per) -> bool:
    """Whether only followed-up months count: a share of discharges whose returns are not all known would be too low."""
    return per is Per.RATIO and any(PARTS[name].awaits for name in numerator)
