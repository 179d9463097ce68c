"""The words that describe participants: their fields, and why one closes, opens again or goes on in another."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

Name = Annotated[str, Field(min_length=1, max_length=200)]
ZipCode = Annotated[str, Field(pattern=r"^[0-9]{5}$", description="five digits of the postal code")]
Address = Annotated[str, Field(min_length=1, max_length=200)]
Place = Annotated[str, Field(min_length=1, max_length=100)]


class Amendable(StrEnum):
    """What staff may record differently from a provider list; it then stays as they recorded it."""

    SETTING = "setting"
    NAME = "name"
    ADDRESS = "address"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    ZIP_CODE = "zip_code"


class WhyClosed(StrEnum):
    """Why a participant closed; words of a person stay out of it."""

    BY_ITS_OWNER = "BY_ITS_OWNER"
    AGREEMENT_TERMINATED = "AGREEMENT_TERMINATED"
    DISASTER = "DISASTER"
    CONSENT_WITHDRAWN = "CONSENT_WITHDRAWN"
    OTHER = "OTHER"


class WhyReopened(StrEnum):
    """Why a closing or merger no longer holds."""

    OPEN_AGAIN = "OPEN_AGAIN"
    CALLED_OFF = "CALLED_OFF"
    RECORDED_IN_ERROR = "RECORDED_IN_ERROR"


class WhyMerged(StrEnum):
    """Why a participant goes on in another."""

    CONSOLIDATED = "CONSOLIDATED"
    NUMBER_CHANGED = "NUMBER_CHANGED"
    DUPLICATE = "DUPLICATE"
