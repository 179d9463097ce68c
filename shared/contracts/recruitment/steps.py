"""What steps of the pipeline are told with: codes, reasons, agreements."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.message import Contract

CollaborativeCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$", description="for example NNHQCC")]
TaskKey = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z][A-Za-z0-9.-]{0,39}$",
        description="task of a statement of work this is work for: C.2. It must be in force on the day",
    ),
]
Why = Annotated[str, Field(min_length=3, max_length=300, description="in plain words, naming no person")]
Wave = Annotated[int, Field(ge=1, le=99)]


class Signatory(StrEnum):
    """In what office an agreement was signed; who that was stays with the paper."""

    ADMINISTRATOR = "ADMINISTRATOR"
    CHIEF_EXECUTIVE = "CHIEF_EXECUTIVE"
    OWNER = "OWNER"
    DIRECTOR_OF_NURSING = "DIRECTOR_OF_NURSING"
    MEDICAL_DIRECTOR = "MEDICAL_DIRECTOR"
    PRACTICE_MANAGER = "PRACTICE_MANAGER"
    PHARMACIST_IN_CHARGE = "PHARMACIST_IN_CHARGE"
    EXECUTIVE_DIRECTOR = "EXECUTIVE_DIRECTOR"
    OTHER = "OTHER"


class InvitationMessage(StrEnum):
    """The letter an invitation goes out with, by its notice type."""

    INVITATION = "INVITATION"
    INVITATION_REMINDER = "INVITATION_REMINDER"


class Agreement(Contract):
    """What a participant signed to take part: when, in what office, and which version of the text."""

    signed_on: dt.date
    signed_by: Signatory
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$")
