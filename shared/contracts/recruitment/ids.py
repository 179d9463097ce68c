"""How participants are named, and the settings they are of."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

PARTICIPANT_PATTERN: Final = r"^([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59})$"
OWNER_PATTERN: Final = r"^[a-z0-9][a-z0-9-]{1,59}$"
ParticipantId = Annotated[
    str,
    Field(
        pattern=PARTICIPANT_PATTERN,
        description="CMS Certification Number, npi: with an organisation's (never a person's) NPI, own: with ours",
    ),
]
OwnerId = Annotated[str, Field(pattern=OWNER_PATTERN, description="our id of an owner")]


class Setting(StrEnum):
    """Where care or help is given: the sectors that learning networks and coalitions recruit from."""

    NURSING_HOME = "NURSING_HOME"
    HOSPITAL = "HOSPITAL"
    HOME_HEALTH = "HOME_HEALTH"
    HOSPICE = "HOSPICE"
    DIALYSIS = "DIALYSIS"
    LTSS_PROVIDER = "LTSS_PROVIDER"
    PHYSICIAN_PRACTICE = "PHYSICIAN_PRACTICE"
    PHARMACY = "PHARMACY"
    REGIONAL_EXTENSION_CENTER = "REGIONAL_EXTENSION_CENTER"
    COMMUNITY_ORGANISATION = "COMMUNITY_ORGANISATION"
    PATIENT_ADVOCACY = "PATIENT_ADVOCACY"
    BENEFICIARY_OR_FAMILY = "BENEFICIARY_OR_FAMILY"
