"""What measures says of single facilities and practices: figures, and signals of their control charts."""

import datetime as dt
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Event
from shared.contracts.topic import Confidentiality, Gaps, Topic

FacilityType = Literal["hospital", "nursing_home", "practice", "provider", "community"]
"""``provider``: one of another kind, such as a home health agency; ``community``: the facilities that lie in it."""
FacilityPeriod = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])|Q[1-4]|-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
        description="a month (2018-03), a quarter (2018Q1), a year (2018), or first/last day (2014-01-01/2014-12-31)",
    ),
]


class FacilityMeasured(Event):
    """A facility's figure as it stands at ``revision``; revisions may be skipped, the highest holds.

    ``value`` is an exact decimal in text; ``low`` and ``high`` bound it with 95 % confidence, None where it has no
    interval. ``reason`` says why there is no value (``computable`` false), which is not the same as zero: a figure that
    disappears is said this way. ``predicted`` is the number of events the ``baseline`` predicts, of standardized
    ratios; figures of two baselines are never compared. ``spans`` is how many periods, this the last, are covered.
    """

    TYPE: ClassVar[str] = "measures.FacilityMeasured"

    measure: str
    specification: int = Field(ge=1)
    unit_type: FacilityType
    unit: str
    period: FacilityPeriod
    spans: int = Field(ge=1)
    baseline: str | None
    computable: bool
    reason: str | None
    numerator: int
    denominator: int | None
    predicted: str | None
    value: str | None
    low: str | None
    high: str | None
    status: Literal["PROVISIONAL", "FINAL", "RESTATED"]
    revision: int = Field(ge=1)
    as_of: dt.datetime


FACILITIES = Topic(
    name="qio.measures.facilities.v1",
    owner="measures",
    summary="Figures of hospitals, nursing homes and practices by period; internal, small numbers included.",
    messages=(FacilityMeasured,),
    key="measure, unit and period",
    partitions=4,
    retention_days=365,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("measures",),
    readers=("recruitment", "cli"),
)

TOPICS = (FACILITIES,)
