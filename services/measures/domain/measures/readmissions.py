"""Unplanned 30-day readmissions by the logic of the CMS hospital-wide readmission measure, observed, not adjusted."""

from datetime import date
from typing import Final

from services.measures.domain import values
from services.measures.domain.components import NUMBER
from services.measures.domain.days import month_of
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.influence import FOLLOW_UP_DAYS
from services.measures.domain.person import Person, bump, hospital
from services.measures.domain.planned import CANCER_HOSPITALS, excluded, is_planned
from services.measures.domain.stays import Stay

DEFINITIONS: Final = (
    Definition(
        id="readmissions-unplanned-30d",
        specification=1,
        title="Unplanned 30-day readmissions, hospital-wide, percent of index admissions (not risk-adjusted)",
        numerator={"hwr_unplanned": 1},
        denominator=("hwr_index",),
        per=Per.RATIO,
        scale=100,
        better="lower",
        source="CMS hospital-wide all-cause unplanned readmission measure (HWR), planned readmission algorithm 4.0",
        aim=Aim.BETTER_CARE,
        priority=Priority.COORDINATION,
        uncertainty=Uncertainty.SHARE,
        needs=frozenset(("age", "diagnoses", "inpatient", "procedures", "status")),
        value_sets=frozenset(
            (values.CCS_DIAGNOSES, values.CCS_PROCEDURES, values.PLANNED, values.EXCLUSIONS, values.SURGERY)
        ),
        of_hospitals=True,
        complete_months=True,
        note=(
            "Observed rate without risk standardisation: the national coefficients are not published in a form that "
            "can be applied here, and HCUP's CCS stands in for the modified CCS of CMS. Not comparable with CMS's "
            "own figures of a hospital."
        ),
    ),
)


AGAINST_ADVICE: Final = "07"
LEAST_AGE: Final = 65
COVERED_BEFORE: Final = 365
_INDEX: Final = NUMBER["hwr_index"]
_UNPLANNED: Final = NUMBER["hwr_unplanned"]
_PLANNED: Final = NUMBER["hwr_planned"]


def count(person: Person) -> None:
    """Count index admissions and what their first return within 30 days was, for the area and for the hospital that
    discharged; a planned first return ends the window."""
    for position, stay in enumerate(person.stays):
        if not _is_index(person, stay):
            continue
        _put(person, stay, _INDEX)
        following = person.stays[position + 1 : position + 2]
        if following and following[0].admission - stay.discharge <= FOLLOW_UP_DAYS:
            back = following[0].opening
            planned = is_planned(person.values, back.diagnoses, back.procedures)
            _put(person, stay, _PLANNED if planned else _UNPLANNED)


def _put(person: Person, stay: Stay, component: int) -> None:
    cell = person.cell(stay.discharge)
    if cell is not None:
        bump(cell, component)
        bump(person.of_unit(hospital(stay.closing.provider), month_of(stay.discharge)), component)


def _is_index(person: Person, stay: Stay) -> bool:
    closing = stay.closing
    if not person.is_live(stay) or closing.status == AGAINST_ADVICE or closing.provider in CANCER_HOSPITALS:
        return False
    if not _is_of_age(person.birth, stay.admission) or not _is_covered(person, stay):
        return False
    procedures = [code for claim in stay.claims for code in claim.procedures]
    return not excluded(person.values, closing.diagnoses[0] if closing.diagnoses else None, procedures)


def _is_of_age(birth: int, day: int) -> bool:
    if not birth:
        return False
    born, on = date.fromordinal(birth), date.fromordinal(day)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= LEAST_AGE


def _is_covered(person: Person, stay: Stay) -> bool:
    """A year before admission, during the stay, and until 30 days after it or death."""
    last = stay.discharge + FOLLOW_UP_DAYS
    if person.death:
        last = min(last, person.death)
    return person.covered(stay.admission - COVERED_BEFORE, last)
