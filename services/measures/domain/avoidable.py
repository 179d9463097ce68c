"""Hospital stays that good care outside the hospital might have avoided: short lists of principal diagnoses.

The conditions of AHRQ's Prevention Quality Indicators, ICD-10-CM version 6.0: acute (PQI 91) bacterial pneumonia and
urinary tract infection, chronic (PQI 92) diabetes, chronic lung disease, hypertension and heart failure. They are
prefixes, so that codes later fiscal years added under the same heading count (E11.1, I50.8, J44.8). AHRQ's exclusions
(transfers, cardiac and dialysis procedures, impaired immunity, anomalies) and ages are not applied: the results are
like the indicators, not equal to them.
"""

from typing import Final

_DIABETES: Final = tuple(
    f"{kind}{rest}"
    for kind in ("E10", "E11")
    for rest in (
        *("0", "1", "64", "65"),  # PQI 01 and 14: ketoacidosis, coma, low and high sugar
        *("2", "3", "4", "5", "61", "62", "63", "69", "8"),  # PQI 03: kidneys, eyes, nerves, circulation and others
    )
)
_LUNG: Final = (  # PQI 05, and 15 for younger adults; of asthma only with exacerbation, status asthmaticus or "other"
    *("J41", "J42", "J43", "J44", "J47"),
    *("J4521", "J4522", "J4531", "J4532", "J4541", "J4542", "J4551", "J4552", "J45901", "J45902", "J4599"),
)
_HYPERTENSION: Final = ("I10", "I119", "I129", "I1310")  # PQI 07; crises (I16, since 2017) are not in version 6.0
_HEART_FAILURE: Final = ("I0981", "I110", "I130", "I132", "I50")  # PQI 08
_CHRONIC: Final = (*_DIABETES, *_LUNG, *_HYPERTENSION, *_HEART_FAILURE)
_PNEUMONIA: Final = (  # PQI 11
    *("J13", "J14", "J15211", "J15212", "J153", "J154", "J157", "J159", "J160", "J168"),
    *("J180", "J181", "J188", "J189"),
)
_URINARY: Final = (  # PQI 12
    *("N10", "N119", "N12", "N151", "N159", "N16", "N2884", "N2885", "N2886"),
    *("N3000", "N3001", "N3090", "N3091", "N390"),
)
_ACUTE: Final = (*_PNEUMONIA, *_URINARY)


def kind_of(code: str) -> str | None:
    """``acute`` or ``chronic`` for a principal ICD-10-CM diagnosis of the lists, None for any other."""
    if code.startswith(_CHRONIC):
        return "chronic"
    return "acute" if code.startswith(_ACUTE) else None
