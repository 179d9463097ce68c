"""Why someone reads confidential information."""

from enum import StrEnum


class Purpose(StrEnum):
    """Why someone reads; kept in the audit with the actor (42 CFR 480.103, 45 CFR 164.502(b))."""

    CASE_WORK = "case-work"
    QUALITY_IMPROVEMENT = "quality-improvement"
    OVERSIGHT = "oversight"
    OPERATIONS = "operations"
    BENEFICIARY_REQUEST = "beneficiary-request"
