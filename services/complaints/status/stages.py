"""What outsiders may learn of where a case stands, and of which types of case there is a status at all."""

from enum import StrEnum
from typing import Final

from shared.contracts.complaints import CaseType


class Stage(StrEnum):
    """The coarse stage of a case."""

    RECEIVED = "RECEIVED"
    IN_REVIEW = "IN_REVIEW"
    DECIDED = "DECIDED"
    CLOSED = "CLOSED"


# A list of what is allowed: a new type of case has no status until it stands here. SANCTION and EMTALA never do.
LOOKED_UP: Final = frozenset(
    {
        CaseType.BENE_COMPLAINT,
        CaseType.IMMEDIATE_ADVOCACY,
        CaseType.HOSP_DISCHARGE_FFS,
        CaseType.HOSP_DISCHARGE_MA,
        CaseType.HOSPITAL_REQUESTED_REVIEW,
        CaseType.SERVICE_TERM_FFS,
        CaseType.SERVICE_TERM_MA,
        CaseType.STATUS_CHANGE,
        CaseType.PREADMIT_HINN1,
        CaseType.NONCOVERED_HINN,
        CaseType.HWDRG,
        CaseType.SHORT_STAY,
        CaseType.MEDNEC_RETRO,
        CaseType.RECONSIDERATION,
    }
)
