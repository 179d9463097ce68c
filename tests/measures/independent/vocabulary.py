"""The words and the orders of words that the records use, written down once more."""

import datetime as dt
from functools import cache
from typing import Any

DAY = dt.timedelta(days=1)
NEVER = dt.date.min

Record = dict[str, Any]
Values = dict[str, dict[str, set[str]]]
Spans = tuple[tuple[dt.date, dt.date], ...]
Stratum = frozenset[str]
Cells = dict[tuple[str, str, Stratum], dict[str, int]]

INPUTS = (
    "age",
    "diagnoses",
    "drugs",
    "dual",
    "home_health",
    "hospice",
    "inpatient",
    "outpatient",
    "payments",
    "poa",
    "procedures",
    "services",
    "snf",
    "status",
)

CONDITIONS = (
    "acute_myocardial_infarction",
    "alzheimers_disease",
    "anemia",
    "asthma",
    "atrial_fibrillation_and_flutter",
    "benign_prostatic_hyperplasia",
    "cancer",
    "cancer_breast",
    "cancer_colorectal",
    "cancer_endometrial",
    "cancer_lung",
    "cancer_prostate",
    "cataract",
    "chronic_kidney_disease",
    "chronic_obstructive_pulmonary_disease",
    "depression_bipolar_or_other_depressive_mood_disorders",
    "diabetes",
    "glaucoma",
    "heart_failure_and_non_ischemic_heart_disease",
    "hip_pelvic_fracture",
    "hyperlipidemia",
    "hypertension",
    "hypothyroidism",
    "ischemic_heart_disease",
    "non_alzheimers_dementia",
    "osteoporosis_with_or_without_pathological_fracture",
    "rheumatoid_arthritis_osteoarthritis",
    "stroke_transient_ischemic_attack",
)


@cache
def month_of(day: dt.date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


@cache
def last_day_of(month: str) -> dt.date:
    year, number = int(month[:4]), int(month[5:])
    return (dt.date(year, number, 28) + 4 * DAY).replace(day=1) - DAY


def days_from(first: dt.date, end: dt.date) -> list[dt.date]:
    """The days from the first on, the end not among them."""
    return [first + n * DAY for n in range((end - first).days)]
