"""Unplanned 30-day readmissions by the logic of the CMS hospital-wide readmission measure, observed, not adjusted."""

from typing import Final

from services.measures.domain import values
from services.measures.domain.definitions import Aim, Definition, Per, Priority

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
