"""Potentially avoidable hospitalizations: admissions that good ambulatory care often prevents."""

from collections.abc import Mapping
from typing import Final

from services.measures.domain.avoidable import kind_of
from services.measures.domain.components import NUMBER
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.person import Person

_SOURCE: Final = "Principal diagnoses after the AHRQ Prevention Quality Indicators (PQI), without their exclusions"


def _definition(measure: str, title: str, numerator: Mapping[str, int]) -> Definition:
    return Definition(
        id=measure,
        specification=1,
        title=title,
        numerator=numerator,
        denominator=("days",),
        per=Per.BENEFICIARY_QUARTER,
        scale=1000,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.PREVENTION,
        uncertainty=Uncertainty.EVENTS,
        needs=frozenset(("diagnoses", "inpatient")),
    )


DEFINITIONS: Final = (
    _definition(
        "avoidable-hospitalizations",
        "Potentially avoidable hospitalizations per 1,000 beneficiaries per quarter",
        {"avoidable_acute": 1, "avoidable_chronic": 1},
    ),
    _definition(
        "avoidable-hospitalizations-acute",
        "Potentially avoidable hospitalizations for acute conditions per 1,000 beneficiaries per quarter",
        {"avoidable_acute": 1},
    ),
    _definition(
        "avoidable-hospitalizations-chronic",
        "Potentially avoidable hospitalizations for chronic conditions per 1,000 beneficiaries per quarter",
        {"avoidable_chronic": 1},
    ),
)


_COMPONENT: Final = {kind: NUMBER[f"avoidable_{kind}"] for kind in ("acute", "chronic")}


def count(person: Person) -> None:
    """Count stays by the principal diagnosis they began with, on the day of discharge."""
    for stay in person.stays:
        diagnoses = stay.opening.diagnoses
        kind = kind_of(diagnoses[0]) if diagnoses and not stay.is_open else None
        if kind is not None:
            person.put(stay.discharge, _COMPONENT[kind])
