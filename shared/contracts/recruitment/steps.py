"""What steps of the pipeline are told with: codes, stages, agreements."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.message import Contract

CollaborativeCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]{1,39}$", description="for example NNHQCC")]
Wave = Annotated[int, Field(ge=1, le=99)]


class Stage(StrEnum):
    """How far a participant has come with one collaborative."""

    IDENTIFIED = "IDENTIFIED"
    INVITED = "INVITED"
    INTERESTED = "INTERESTED"
    COMMITTED = "COMMITTED"
    RECRUITED = "RECRUITED"
    ACTIVE = "ACTIVE"
    GRADUATED = "GRADUATED"
    WITHDRAWN = "WITHDRAWN"
    DECLINED = "DECLINED"


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
    version: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}$", description="for example 2015-01")
