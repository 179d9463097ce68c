"""The chronic conditions DE-SynPUF marks for a year, by the names measures use."""

from collections.abc import Mapping
from typing import Final

# CMS DE-SynPUF codebook: 1 yes, 2 no. SP_CHF and SP_CNCR do not tell the kind of heart failure or cancer.
CONDITIONS: Final[Mapping[str, str]] = {
    "SP_ALZHDMTA": "alzheimers_disease",
    "SP_CHF": "heart_failure_and_non_ischemic_heart_disease",
    "SP_CHRNKIDN": "chronic_kidney_disease",
    "SP_CNCR": "cancer",
    "SP_COPD": "chronic_obstructive_pulmonary_disease",
    "SP_DEPRESSN": "depression_bipolar_or_other_depressive_mood_disorders",
    "SP_DIABETES": "diabetes",
    "SP_ISCHMCHT": "ischemic_heart_disease",
    "SP_OSTEOPRS": "osteoporosis_with_or_without_pathological_fracture",
    "SP_RA_OA": "rheumatoid_arthritis_osteoarthritis",
    "SP_STRKETIA": "stroke_transient_ischemic_attack",
}
YES: Final = "1"
NO: Final = "2"
