"""How things of learning networks are named, and the words their parts have in common."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

NetworkId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{1,59}$",
        description="our id of a learning network: small letters, digits and hyphens, for example nnhqcc",
    ),
]
CohortId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{1,59}\.c[1-9][0-9]{0,2}$",
        description="the network, a dot, c and the number of the cohort, for example nnhqcc.c1",
    ),
]
LearningId = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9-]{1,59}\.[0-9a-f]{12}$",
        description="the network that it is of, a dot, twelve hexadecimal digits",
    ),
]


class Topic(StrEnum):
    """What a network works on."""

    CLABSI = "CLABSI"
    CAUTI = "CAUTI"
    CDI = "CDI"
    SSI = "SSI"
    PRESSURE_ULCERS = "PRESSURE_ULCERS"
    RESTRAINTS = "RESTRAINTS"
    FALLS = "FALLS"
    HOME_QUALITY = "HOME_QUALITY"
    STAFF_STABILITY = "STAFF_STABILITY"
    CONSISTENT_ASSIGNMENT = "CONSISTENT_ASSIGNMENT"
    ADVERSE_DRUG_EVENTS = "ADVERSE_DRUG_EVENTS"
    READMISSIONS = "READMISSIONS"
    CARE_TRANSITIONS = "CARE_TRANSITIONS"
    CARDIAC = "CARDIAC"
    HEART_FAILURE = "HEART_FAILURE"
    CHRONIC_CONDITIONS = "CHRONIC_CONDITIONS"
    PREVENTION = "PREVENTION"
    REPORTING = "REPORTING"
    PURCHASING = "PURCHASING"
