"""Chronic conditions: which count, how long a finding speaks for one, and how they are grouped.

The conditions are the 27 of the Chronic Conditions Warehouse (CCW) by the names Tuva's terminology gives them, beside
``cancer``, which files that do not tell the kind of cancer mark. The usual CCW rule is one inpatient, skilled-nursing
or home-health claim, or outpatient claims of two different days, within two years; a dementia needs one claim within
three years (measures research §9; look-back and counts of other conditions differ in newer CCW versions: uncertain).
"""

from typing import Final

ALZHEIMERS: Final = "alzheimers_disease"
DEMENTIA: Final = "non_alzheimers_dementia"
HEART_FAILURE: Final = "heart_failure_and_non_ischemic_heart_disease"
DIABETES: Final = "diabetes"
COPD: Final = "chronic_obstructive_pulmonary_disease"
KIDNEY: Final = "chronic_kidney_disease"
ISCHEMIC: Final = "ischemic_heart_disease"
STROKE: Final = "stroke_transient_ischemic_attack"
CANCERS: Final = (
    "cancer",
    "cancer_breast",
    "cancer_colorectal",
    "cancer_endometrial",
    "cancer_lung",
    "cancer_prostate",
)

# The order is part of what is stored: names are only ever added at the end.
CONDITIONS: Final = (
    "acute_myocardial_infarction",
    ALZHEIMERS,
    "anemia",
    "asthma",
    "atrial_fibrillation_and_flutter",
    "benign_prostatic_hyperplasia",
    *CANCERS,
    "cataract",
    KIDNEY,
    COPD,
    "depression_bipolar_or_other_depressive_mood_disorders",
    DIABETES,
    "glaucoma",
    HEART_FAILURE,
    "hip_pelvic_fracture",
    "hyperlipidemia",
    "hypertension",
    "hypothyroidism",
    ISCHEMIC,
    DEMENTIA,
    "osteoporosis_with_or_without_pathological_fracture",
    "rheumatoid_arthritis_osteoarthritis",
    STROKE,
)
NUMBER: Final = {name: number for number, name in enumerate(CONDITIONS)}
BEHAVIOURAL: Final = len(CONDITIONS)
"""Behavioural health as one more finding, with its own look-back; it is no condition of the CCW list here."""

LOOK_BACK: Final = 24  # months, the month itself included
LONG_LOOK_BACK: Final = 36
BEHAVIOURAL_LOOK_BACK: Final = 12
ENOUGH: Final = 2
OF_ONE_CLAIM: Final = frozenset((NUMBER[ALZHEIMERS], NUMBER[DEMENTIA]))

# F10-F19 (substance use) are left out: 42 CFR Part 2 asks for a consent of its own. F01-F09 are dementias.
_BEHAVIOURAL_PREFIXES: Final = (
    *(f"F{number}" for number in (*range(20, 49), *range(60, 70))),
    "T1491",
    *(f"X{number}" for number in range(71, 84)),
)

# The one condition a payment counts for is the first of these its principal diagnosis stands for.
PAYMENT_GROUPS: Final = (
    ("heart_failure", frozenset((HEART_FAILURE,))),
    ("diabetes", frozenset((DIABETES,))),
    ("copd", frozenset((COPD,))),
    ("ckd", frozenset((KIDNEY,))),
    ("ischemic", frozenset((ISCHEMIC,))),
    ("stroke", frozenset((STROKE,))),
    ("dementia", frozenset((ALZHEIMERS, DEMENTIA))),
    ("cancer", frozenset(CANCERS)),
)


def is_behavioural(code: str) -> bool:
    """Whether an ICD-10-CM code speaks of behavioural health (F20-F48, F60-F69, self-harm)."""
    return code.startswith(_BEHAVIOURAL_PREFIXES)


def look_back(number: int) -> int:
    """For how many months a finding speaks for a condition."""
    if number == BEHAVIOURAL:
        return BEHAVIOURAL_LOOK_BACK
    return LONG_LOOK_BACK if number in OF_ONE_CLAIM else LOOK_BACK


def enough(number: int) -> int:
    """How much strength of findings within the look-back makes the condition."""
    return 1 if number in OF_ONE_CLAIM else ENOUGH
