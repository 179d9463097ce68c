"""Monthly counts that hospitals and nursing homes enter themselves: numerator and denominator of a named measure."""

from typing import Annotated, ClassVar, Final, Literal, Protocol, Self

from pydantic import Field, model_validator

from shared.contracts.feeds import Action, Ccn
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Confidentiality, Gaps, Topic

MOST: Final = 100_000_000
MONTH: Final = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
Amount = Annotated[int, Field(ge=0, le=MOST)]
HospitalMeasure = Literal[
    "catheter-infections",
    "process-catheter-review",
    "process-hand-hygiene",
    "process-line-insertion",
    "harm-adverse-drug-event",
    "harm-catheter-infection",
    "harm-central-line-infection",
    "harm-fall",
    "harm-obstetric",
    "harm-pressure-ulcer",
    "harm-surgical-site-infection",
    "harm-thromboembolism",
    "harm-ventilator",
]
HomeMeasure = Literal[
    "staff-stability",
    "consistent-assignment",
    "catheter-infections",
    "process-catheter-review",
    "process-hand-hygiene",
    "process-huddles",
]
HARM: Final = "harm-"
"""Begins the measures whose denominator is all discharges of the month; one discharge may have several harms."""


class _Entered(Protocol):
    """What the rules of a count look at, whichever class holds it."""

    @property
    def measure(self) -> str: ...
    @property
    def action(self) -> Action: ...
    @property
    def numerator(self) -> int | None: ...
    @property
    def denominator(self) -> int | None: ...


def check_entry(told: _Entered) -> None:
    """Raise ValueError, which begins with the field's name, where numerator and denominator do not fit together."""
    if told.numerator is None and told.action != "cancel":
        raise ValueError("numerator is missing")
    if told.measure.startswith(HARM) or told.denominator is None or told.numerator is None:
        return
    if told.numerator > told.denominator:
        raise ValueError("numerator is above the denominator")


class HospitalCount(FeedRecord):
    """One version of a hospital's count of a measure in a month.

    Natural key ``(ccn, measure, month)``. Without a denominator the month is known to be incomplete; it is none of
    zero. ``cancel`` takes the entry back.
    """

    TYPE: ClassVar[str] = "feeds.HospitalCount"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "measure", "month")

    ccn: Ccn
    measure: HospitalMeasure
    month: str = Field(pattern=MONTH)
    version: int = Field(ge=1)
    action: Action
    numerator: Amount | None = None
    denominator: Amount | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_entry(self)
        return self


class HomeCount(FeedRecord):
    """One version of a nursing home's count of a measure in a month; as for hospitals."""

    TYPE: ClassVar[str] = "feeds.HomeCount"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "measure", "month")

    ccn: Ccn
    measure: HomeMeasure
    month: str = Field(pattern=MONTH)
    version: int = Field(ge=1)
    action: Action
    numerator: Amount | None = None
    denominator: Amount | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_entry(self)
        return self


HOSPITAL_COUNTS = Topic(
    name="qio.feeds.hospital-counts.v1",
    owner="feeds",
    summary="Monthly counts hospitals enter themselves, every version.",
    messages=(HospitalCount,),
    key="CCN",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.INTERNAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)
HOME_COUNTS = Topic(
    name="qio.feeds.home-counts.v1",
    owner="feeds",
    summary="Monthly counts nursing homes enter themselves, every version.",
    messages=(HomeCount,),
    key="CCN",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.INTERNAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)

TOPICS = (HOSPITAL_COUNTS, HOME_COUNTS)
