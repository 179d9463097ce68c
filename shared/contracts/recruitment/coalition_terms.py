"""The words that coalitions are spoken of in: roles, infrastructure, measures, charts."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.message import Contract
from shared.contracts.recruitment.ids import ParticipantId, Setting

CoalitionTask = Literal["C.2", "C.3"]
Reference = Annotated[
    str,
    Field(
        min_length=1, max_length=300, pattern=r"\S", description="where the evidence is kept: a document's id or place"
    ),
]
MeasureName = Annotated[
    str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60, description="a measure of docs/measures.md")
]
Stratum = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9_]+(-[a-z0-9_]+)?(\+[a-z0-9_]+(-[a-z0-9_]+)?)*$",
        max_length=120,
        description="a stratum of docs/measures.md, or several joined by +",
    ),
]
Quarter = Annotated[str, Field(pattern=r"^20[0-9]{2}Q[1-4]$", description="a calendar quarter, such as 2018Q1")]
BaselinePeriod = Annotated[
    str,
    Field(
        pattern=r"^20[0-9]{2}Q[1-4](R4)?$",
        description="a calendar quarter (2018Q1), or with R4 the four quarters that end with it",
    ),
]
Amount = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?$",
        description="an exact decimal, not negative, in the unit the measure is published in",
    ),
]


class Role(StrEnum):
    """What a participant is in a coalition; conveners and members may be many, of the others there is one."""

    CONVENER = "CONVENER"
    LEAD = "LEAD"
    MEMBER = "MEMBER"
    PATIENT_PARTNER = "PATIENT_PARTNER"


class Item(StrEnum):
    """What the operational infrastructure of a coalition consists of."""

    CHARTER = "CHARTER"
    GOVERNANCE = "GOVERNANCE"
    LEAD = "LEAD"
    MEETING_RHYTHM = "MEETING_RHYTHM"
    DATA_AGREEMENT = "DATA_AGREEMENT"


class Direction(StrEnum):
    """Which way a measure is to move."""

    DOWN = "DOWN"
    UP = "UP"


class Sampling(StrEnum):
    """Whether everybody the measure is about is observed, or a sample of them."""

    ALL = "ALL"
    SAMPLE = "SAMPLE"


class Chart(StrEnum):
    """How results are charted over time: run chart, shares (p), counts per exposure (u), individual values (XmR)."""

    RUN = "RUN"
    P = "P"
    U = "U"
    XMR = "XMR"


class Frequency(StrEnum):
    """How often there is a new point on the chart."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"


class Method(StrEnum):
    """How the number of quarters was found: comparing two shares, comparing two rates, or a shift on a run chart."""

    TWO_PROPORTIONS = "TWO_PROPORTIONS"
    TWO_RATES = "TWO_RATES"
    RUN_CHART_SHIFT = "RUN_CHART_SHIFT"


class MemberTaken(Contract):
    """A participant with the setting it is of and what it is in the coalition."""

    participant: ParticipantId
    setting: Setting
    role: Role


class Choice(Contract):
    """What a coalition wants of a measure: a value, to be reached in a quarter, against the value of a period."""

    direction: Direction
    target: Amount
    baseline_period: BaselinePeriod
    due: Quarter


class Plan(Contract):
    """How a measure is going to be followed, and how many quarters it takes until its target can be seen.

    ``observed`` are people, discharges or starts (what the measure divides by) in each quarter, from ``begins`` on.
    ``needed`` is how many of them it takes on either side of the comparison, None where a run chart decides.
    """

    source: str
    sampling: Sampling
    chart: Chart
    frequency: Frequency
    baseline: Amount
    target: Amount
    observed: int = Field(ge=1)
    begins: Quarter
    method: Method
    needed: int | None
    quarters: int = Field(ge=1)
    seen_in: Quarter


class Evidence(Contract):
    """Why an item of the infrastructure counts as done: where it can be read, since when, and when to look again."""

    reference: str
    done_on: dt.date
    review_by: dt.date | None
