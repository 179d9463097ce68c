"""Which readmissions are planned, and which stays are no index of a hospital-wide readmission, by value sets.

The structure of CMS's hospital-wide readmission measure (HWR, planned readmission algorithm 4.0) with the code lists
of Tuva's terminology and the categories of HCUP CCS; CMS's own, slightly different map of codes to categories is not
public (measures research §2.1, §2.3). All codes are ICD-10 without a dot; the caller leaves others out.
"""

from collections.abc import Sequence
from typing import Final

from services.measures.domain.values import CCS_DIAGNOSES, CCS_PROCEDURES, EXCLUSIONS, PLANNED, SURGERY, ValueSets

# Exempt from prospective payment, 42 CFR 412.23(f); named in CMS's list of PPS-excluded cancer hospitals.
CANCER_HOSPITALS: Final = frozenset(
    (
        "050146",  # City of Hope
        "050660",  # USC Norris
        "100079",  # Sylvester, University of Miami
        "100271",  # Moffitt
        "220162",  # Dana-Farber
        "330154",  # Memorial Sloan Kettering
        "330354",  # Roswell Park
        "360242",  # James, Ohio State University
        "390196",  # Fox Chase
        "450076",  # MD Anderson
        "500138",  # Fred Hutchinson
    )
)
_WHATEVER_ELSE: Final = frozenset(("psychiatric", "rehabilitation"))


def is_planned(values: ValueSets, diagnoses: Sequence[str], procedures: Sequence[str]) -> bool:
    """Whether a stay that begins with these codes (principal diagnosis first) was planned.

    Some procedures and principal diagnoses always are; a stay with a procedure that may be planned is when its
    principal diagnosis is not acute, which one that is not known is not.
    """
    principal = diagnoses[0] if diagnoses else None
    of_principal = _meanings(values, CCS_DIAGNOSES, principal) if principal else frozenset()
    of_procedures = [_meanings(values, CCS_PROCEDURES, code) for code in procedures]
    if "always_dx_ccs" in of_principal or any("always_px_ccs" in meanings for meanings in of_procedures):
        return True
    may_be = any("potential_px_ccs" in meanings for meanings in of_procedures) or any(
        "potential_px" in values.of(PLANNED, code) for code in procedures
    )
    return may_be and "acute_dx_ccs" not in of_principal and "acute_dx" not in values.of(PLANNED, principal or "")


def excluded(values: ValueSets, principal: str | None, procedures: Sequence[str]) -> bool:
    """Whether a stay is no index: psychiatric, rehabilitation, or cancer treated without a surgical procedure.

    ``principal`` is the principal diagnosis of the claim that closes the stay, ``procedures`` those of all its
    claims. A stay without a principal diagnosis, or with one of no CCS category, is none either.
    """
    categories = values.of(CCS_DIAGNOSES, principal) if principal else frozenset()
    if not categories:
        return True
    why = frozenset[str]().union(*(values.of(EXCLUSIONS, category) for category in categories))
    if why & _WHATEVER_ELSE:
        return True
    return "cancer" in why and not any(_is_surgery(values, code) for code in procedures)


def _is_surgery(values: ValueSets, code: str) -> bool:
    """Whether a procedure, or its CCS category, puts a stay into the surgery and gynecology cohort."""
    categories = values.of(CCS_PROCEDURES, code)
    return bool(values.of(SURGERY, code)) or any(values.of(SURGERY, category) for category in categories)


def _meanings(values: ValueSets, categories: str, code: str) -> frozenset[str]:
    """What the CCS categories of a code say about planned care."""
    return frozenset[str]().union(*(values.of(PLANNED, category) for category in values.of(categories, code)))
