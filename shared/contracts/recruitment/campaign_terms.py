"""How things of the Advancing Excellence campaign are named, and the words its parts have in common."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

CampaignId = Annotated[
    str,
    Field(pattern=r"^ae\.[0-9a-f]{12}$", description="ae for the campaign, a dot, twelve hexadecimal digits"),
]
RegistrationId = Annotated[
    str,
    Field(
        pattern=r"^(ae\.[0-9a-f]{12}|[0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59})$",
        description="of a home its participant id; of anybody else ae, a dot, twelve hexadecimal digits",
    ),
]


class CampaignGoal(StrEnum):
    """The nine goals of the campaign since August 2013."""

    STAFF_STABILITY = "STAFF_STABILITY"
    CONSISTENT_ASSIGNMENT = "CONSISTENT_ASSIGNMENT"
    PERSON_CENTERED_CARE = "PERSON_CENTERED_CARE"
    HOSPITALIZATIONS = "HOSPITALIZATIONS"
    MEDICATIONS = "MEDICATIONS"
    MOBILITY = "MOBILITY"
    INFECTIONS = "INFECTIONS"
    PRESSURE_ULCERS = "PRESSURE_ULCERS"
    PAIN = "PAIN"


class Registrant(StrEnum):
    """Who takes part in the campaign."""

    HOME = "HOME"
    STAFF_MEMBER = "STAFF_MEMBER"
    CONSUMER = "CONSUMER"


class Audience(StrEnum):
    """For whom something of the campaign is."""

    HOMES = "HOMES"
    STAFF = "STAFF"
    CONSUMERS = "CONSUMERS"
    LANES = "LANES"
    STAKEHOLDERS = "STAKEHOLDERS"
    PUBLIC = "PUBLIC"
