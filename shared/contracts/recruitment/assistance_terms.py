"""How things of technical assistance are named, and the words its parts have in common."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

AssistanceId = Annotated[
    str,
    Field(pattern=r"^ta\.[0-9a-f]{12}$", description="ta for technical assistance, a dot, twelve hexadecimal digits"),
]
DueId = Annotated[
    str,
    Field(
        pattern=r"^(inpatient|outpatient)\.[0-9]{4}(-q[1-4])?\.[a-z0-9][a-z0-9-]{1,59}$",
        description="program, a dot, calendar year or quarter, a dot, measure set: inpatient.2014-q4.chart-abstracted",
    ),
]
ResourceId = Annotated[
    str,
    Field(pattern=r"^res\.[0-9a-f]{12}$", description="res for a resource, a dot, twelve hexadecimal digits"),
]


class AssistanceKind(StrEnum):
    """What help is asked for."""

    VALUE_BASED_PURCHASING = "VALUE_BASED_PURCHASING"
    INPATIENT_REPORTING = "INPATIENT_REPORTING"
    OUTPATIENT_REPORTING = "OUTPATIENT_REPORTING"
    EHR_REPORTING = "EHR_REPORTING"
    MEASUREMENT = "MEASUREMENT"
    DATA_COLLECTION = "DATA_COLLECTION"
    DATA_ANALYSIS = "DATA_ANALYSIS"
    FUNDING = "FUNDING"
    IMPROVEMENT = "IMPROVEMENT"
    BEST_PRACTICES = "BEST_PRACTICES"
    OTHER = "OTHER"
