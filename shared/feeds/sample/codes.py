"""The diagnosis and procedure codes of the sample: CCS category, chronic conditions, what is planned or excluded.

CCS categories are HCUP CCS 2019.1 for ICD-10-CM and ICD-10-PCS (AHRQ). Conditions have the names of the CCW list as
Tuva's terminology writes them. The sample codes ICD-10 from its first day on, although the real change of code sets
was on 1 October 2015.
"""

from typing import Final

HEART_FAILURE: Final = "heart_failure_and_non_ischemic_heart_disease"
COPD: Final = "chronic_obstructive_pulmonary_disease"
DIABETES: Final = "diabetes"
KIDNEY: Final = "chronic_kidney_disease"
ISCHEMIC: Final = "ischemic_heart_disease"
FIBRILLATION: Final = "atrial_fibrillation_and_flutter"
DEPRESSION: Final = "depression_bipolar_or_other_depressive_mood_disorders"
JOINTS: Final = "rheumatoid_arthritis_osteoarthritis"
HYPERTENSION: Final = "hypertension"
LIPIDS: Final = "hyperlipidemia"
THYROID: Final = "hypothyroidism"
PROSTATE: Final = "benign_prostatic_hyperplasia"
ALZHEIMERS: Final = "alzheimers_disease"
DEMENTIA: Final = "non_alzheimers_dementia"
STROKE: Final = "stroke_transient_ischemic_attack"
LUNG_CANCER: Final = "cancer_lung"
BOWEL_CANCER: Final = "cancer_colorectal"
ASTHMA: Final = "asthma"
ANAEMIA: Final = "anemia"
BONES: Final = "osteoporosis_with_or_without_pathological_fracture"
FRACTURE: Final = "hip_pelvic_fracture"

# Code (ICD-10-CM): CCS category, then the chronic conditions it is a sign of.
DIAGNOSES: Final[dict[str, tuple[int, tuple[str, ...]]]] = {
    "A4151": (2, ()),
    "A419": (2, ()),
    "C189": (14, (BOWEL_CANCER,)),
    "C3490": (19, (LUNG_CANCER,)),
    "D6832": (62, ()),
    "D649": (59, (ANAEMIA,)),
    "E039": (48, (THYROID,)),
    "E11649": (50, (DIABETES,)),
    "E1165": (50, (DIABETES,)),
    "E119": (49, (DIABETES,)),
    "E160": (51, ()),
    "E785": (53, (LIPIDS,)),
    "E860": (55, ()),
    "E876": (55, ()),
    "F0390": (653, (DEMENTIA,)),
    "F329": (657, (DEPRESSION,)),
    "G309": (653, (ALZHEIMERS,)),
    "G459": (112, (STROKE,)),
    "I10": (98, (HYPERTENSION,)),
    "I2510": (101, (ISCHEMIC,)),
    "I4891": (106, (FIBRILLATION,)),
    "I5023": (108, (HEART_FAILURE,)),
    "I5033": (108, (HEART_FAILURE,)),
    "I509": (108, (HEART_FAILURE,)),
    "I639": (109, (STROKE,)),
    "J069": (126, ()),
    "J159": (122, ()),
    "J189": (122, ()),
    "J440": (127, (COPD,)),
    "J441": (127, (COPD,)),
    "J449": (127, (COPD,)),
    "J45909": (128, (ASTHMA,)),
    "J9601": (131, ()),
    "K2971": (140, ()),
    "K5731": (146, ()),
    "K5900": (155, ()),
    "K921": (153, ()),
    "K922": (153, ()),
    "M1611": (203, (JOINTS,)),
    "M1711": (203, (JOINTS,)),
    "M1990": (203, (JOINTS,)),
    "M545": (205, ()),
    "M810": (206, (BONES,)),
    "N10": (159, ()),
    "N170": (157, ()),
    "N179": (157, ()),
    "N183": (158, (KIDNEY,)),
    "N184": (158, (KIDNEY,)),
    "N186": (158, (KIDNEY,)),
    "N390": (159, ()),
    "N400": (164, (PROSTATE,)),
    "R040": (134, ()),
    "R0789": (102, ()),
    "R079": (102, ()),
    "R109": (251, ()),
    "R4182": (259, ()),
    "R55": (245, ()),
    "S0990XA": (244, ()),
    "S72011A": (226, (FRACTURE,)),
    "T383X5A": (2617, ()),
    "T402X5A": (2617, ()),
    "T45515A": (2617, ()),
    "Z5111": (45, ()),
    "Z7901": (257, ()),
    "Z794": (257, ()),
    "Z7984": (257, ()),
    "Z79891": (257, ()),
}

# Code (ICD-10-PCS): CCS category, and whether it puts a stay into the surgical cohort of hospital-wide readmission.
PROCEDURES: Final[dict[str, tuple[int, bool]]] = {
    "0DJ08ZZ": (70, False),  # gastroscopy
    "0DTF0ZZ": (78, True),  # right hemicolectomy
    "0SR9019": (153, True),  # right hip replaced
    "0SRC0J9": (152, True),  # right knee replaced
    "0TY00Z0": (105, True),  # kidney transplanted
    "30233N1": (222, False),  # red cells transfused
    "3E03305": (224, False),  # chemotherapy into a vein
    "5A1D60Z": (58, False),  # haemodialysis
}

# Hospital-wide readmission, planned readmission algorithm 4.0: always planned, potentially planned, and the acute
# diagnoses that make a potentially planned procedure an unplanned stay.
PLANNED: Final[tuple[tuple[str, str], ...]] = (
    *((str(ccs), "always_px_ccs") for ccs in (64, 105, 176)),
    *((str(ccs), "always_dx_ccs") for ccs in (45, 254)),
    *((str(ccs), "potential_px_ccs") for ccs in (78, 152, 153, 224)),
    *(
        (str(ccs), "acute_dx_ccs")
        for ccs in (
            *(2, 55, 60, 93, 99, 100, 102, 109, 112, 122, 125, 126, 127, 128, 129, 131, 140, 146, 153),
            *(157, 159, 245, 251, 259, 653),
        )
    ),
    *((code, "acute_dx") for code in ("I5023", "I5033", "I509", "S0990XA", "S72011A")),
)

EXCLUSIONS: Final[tuple[tuple[str, str], ...]] = (
    *((str(ccs), "psychiatric") for ccs in (650, 651, 652, 654, 655, 656, 657, 658, 659, 662, 670)),
    ("254", "rehabilitation"),
    *((str(ccs), "cancer") for ccs in range(11, 46)),
)
