"""The words that interventions are spoken of in."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.recruitment.coalition_terms import MeasureName
from shared.contracts.recruitment.ids import Setting

Count = Annotated[int, Field(ge=0, le=100_000_000)]
Settings = Annotated[tuple[Setting, ...], Field(min_length=1, max_length=12)]
Measures = Annotated[tuple[MeasureName, ...], Field(min_length=1, max_length=20)]


class InterventionType(StrEnum):
    """What kind of intervention it is: a published model, a service that §3026 names, or OTHER in words of its own."""

    CARE_TRANSITIONS_INTERVENTION = "CARE_TRANSITIONS_INTERVENTION"
    TRANSITIONAL_CARE_MODEL = "TRANSITIONAL_CARE_MODEL"
    RE_ENGINEERED_DISCHARGE = "RE_ENGINEERED_DISCHARGE"
    BOOST = "BOOST"
    INTERACT = "INTERACT"
    CLINICAL_PHARMACY_SERVICES = "CLINICAL_PHARMACY_SERVICES"
    SERVICES_BEFORE_DISCHARGE = "SERVICES_BEFORE_DISCHARGE"
    FOLLOW_UP_AFTER_DISCHARGE = "FOLLOW_UP_AFTER_DISCHARGE"
    PROVIDER_INTERACTION_SUPPORT = "PROVIDER_INTERACTION_SUPPORT"
    SELF_MANAGEMENT_SUPPORT = "SELF_MANAGEMENT_SUPPORT"
    MEDICATION_REVIEW = "MEDICATION_REVIEW"
    OTHER = "OTHER"


class Comparison(StrEnum):
    """Against what the coalition wishes the effect to be judged."""

    BEFORE_AND_AFTER = "BEFORE_AND_AFTER"
    REST_OF_STATE = "REST_OF_STATE"
    COMMUNITIES = "COMMUNITIES"


class EndReason(StrEnum):
    """Why an intervention ended. ENTERED_IN_ERROR: it never was one and is not to be evaluated."""

    COMPLETED = "COMPLETED"
    DID_NOT_WORK = "DID_NOT_WORK"
    RESOURCES_ENDED = "RESOURCES_ENDED"
    PARTNER_LEFT = "PARTNER_LEFT"
    REPLACED = "REPLACED"
    ENTERED_IN_ERROR = "ENTERED_IN_ERROR"
    OTHER = "OTHER"


class StatedResult(StrEnum):
    """What the coalition itself says came of it; what measures finds is another matter."""

    WORKED = "WORKED"
    WORKED_IN_PART = "WORKED_IN_PART"
    DID_NOT_WORK = "DID_NOT_WORK"
    NOT_KNOWN = "NOT_KNOWN"
