"""What measures says: results of population measures as state at a revision."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.topic import Confidentiality, Gaps, Topic


class MeasureUpdated(Event):
    """A cell as it stands at ``revision``; revisions may be skipped, the highest holds.

    ``value`` = per 1,000 beneficiaries, exact decimal in text, None where the denominator is 0.
    ``eligible_days`` / ``days_in_period`` = beneficiary-quarters (Brock et al., JAMA 2013;309:381-391).
    """

    TYPE: ClassVar[str] = "measures.MeasureUpdated"

    measure: str
    specification: int = Field(ge=1)
    unit_type: Literal["community"]
    unit: str
    unit_version: int = Field(ge=1)
    period: str = Field(pattern=r"^[0-9]{4}Q[1-4]$")
    stratum: str = "all"
    numerator: int = Field(ge=0)
    eligible_days: int = Field(ge=0)
    days_in_period: int = Field(ge=90, le=92)
    value: str | None
    status: Literal["PROVISIONAL", "FOLLOWED_UP", "FINAL", "RESTATED"]
    revision: int = Field(ge=1)
    as_of: dt.datetime


RESULTS = Topic(
    name="qio.measures.results.v1",
    owner="measures",
    summary="Measure results by community and quarter; internal, small numbers included.",
    messages=(MeasureUpdated,),
    key="measure, unit and period",
    partitions=4,
    retention_days=365,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "notifications", "cli"),
)

TOPICS = (RESULTS,)
