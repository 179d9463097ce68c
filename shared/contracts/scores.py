"""What CMS's payment programs say of hospitals by fiscal year: HRRP, HAC reduction, value-based purchasing."""

import datetime as dt
from fractions import Fraction
from typing import Annotated, ClassVar, Final, Literal, Protocol, Self

from pydantic import Field, model_validator

from shared.contracts.feeds import LATEST, Action, Ccn
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Confidentiality, Gaps, Topic

MOST: Final = 100_000_000
NEAR: Final = Fraction(1, 5000)  # a published ratio and both its rates are rounded
UNSIGNED: Final = r"^[0-9]{1,6}(\.[0-9]{1,12})?$"
SIGNED: Final = r"^-?[0-9]{1,6}(\.[0-9]{1,12})?$"
Decimal = Annotated[str, Field(pattern=UNSIGNED, description="a decimal number from 0 on")]
SignedDecimal = Annotated[str, Field(pattern=SIGNED, description="a decimal number")]
Amount = Annotated[int, Field(ge=0, le=MOST)]
FiscalYear = Annotated[int, Field(ge=2011, le=2100)]
Condition = Literal["AMI", "CABG", "COPD", "HF", "HIP-KNEE", "PN"]
Purchased = Literal[
    "MORT-30-AMI",
    "MORT-30-HF",
    "MORT-30-PN",
    "MORT-30-COPD",
    "MORT-30-CABG",
    "COMP-HIP-KNEE",
    "HAI-1",
    "HAI-2",
    "HAI-3",
    "HAI-4",
    "HAI-5",
    "HAI-6",
    "SSI",
]
"""Measures of value-based purchasing; SSI is HAI-3 and HAI-4 together, of which there is a score only."""


class _Readmissions(Protocol):
    """What the rules of readmission scores look at, whichever class holds them."""

    @property
    def action(self) -> Action: ...
    @property
    def first(self) -> dt.date: ...
    @property
    def last(self) -> dt.date: ...
    @property
    def discharges(self) -> int | None: ...
    @property
    def readmissions(self) -> int | None: ...
    @property
    def predicted(self) -> str | None: ...
    @property
    def expected(self) -> str | None: ...
    @property
    def ratio(self) -> str | None: ...


def check_readmissions(told: _Readmissions) -> None:
    """Raise ValueError, which begins with the field's name, where the parts do not fit together."""
    if told.last < told.first:
        raise ValueError("last is before the first day")
    if told.last > LATEST:
        raise ValueError("last is after 2100")
    if told.readmissions is not None and told.discharges is not None and told.readmissions > told.discharges:
        raise ValueError("readmissions is more than there were discharges")
    if told.action == "cancel":
        return
    for field in ("predicted", "expected", "ratio"):
        if getattr(told, field) is None:
            raise ValueError(f"{field} is missing")
    predicted, expected = Fraction(told.predicted or 0), Fraction(told.expected or 0)
    if predicted > 100:
        raise ValueError("predicted is above 100 percent")
    if not 0 < expected <= 100:
        raise ValueError("expected lies above 0 and at most at 100 percent")
    if abs(predicted / expected - Fraction(told.ratio or 0)) > NEAR:
        raise ValueError("ratio differs from predicted over expected")


def check_points(points: tuple[int | None, ...], score: int | None, action: Action) -> None:
    """Raise ValueError where a score is missing or not the better of its points."""
    if action == "cancel":
        return
    if score is None:
        raise ValueError("score is missing")
    known = [one for one in points if one is not None]
    if known and max(known) != score:
        raise ValueError("score is not the better of achievement and improvement")


class ReadmissionsScored(FeedRecord):
    """One version of a hospital's readmissions for a condition (HRRP): rates in percent, and predicted over expected.

    Natural key ``(ccn, fiscal_year, condition)``; ``first`` and ``last`` bound the discharges. CMS leaves small numbers
    out, a ratio can stand without them. ``cancel`` says that no ratio is told, or none any more.
    """

    TYPE: ClassVar[str] = "feeds.ReadmissionsScored"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "fiscal_year", "condition")

    ccn: Ccn
    fiscal_year: FiscalYear
    condition: Condition
    version: int = Field(ge=1)
    action: Action
    first: dt.date
    last: dt.date
    discharges: Amount | None = None
    readmissions: Amount | None = None
    predicted: Decimal | None = None
    expected: Decimal | None = None
    ratio: Decimal | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_readmissions(self)
        return self


class HarmScored(FeedRecord):
    """One version of a hospital's total score of the HAC Reduction Program, and what it is made of.

    Natural key ``(ccn, fiscal_year)``. ``_z`` are winsorized z-scores, above 0 worse than average; ``reduced`` says
    whether payment is reduced, None where CMS does not say.
    """

    TYPE: ClassVar[str] = "feeds.HarmScored"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "fiscal_year")

    ccn: Ccn
    fiscal_year: FiscalYear
    version: int = Field(ge=1)
    action: Action
    psi_90: Decimal | None = None
    psi_90_z: SignedDecimal | None = None
    clabsi: Decimal | None = None
    clabsi_z: SignedDecimal | None = None
    cauti: Decimal | None = None
    cauti_z: SignedDecimal | None = None
    ssi: Decimal | None = None
    ssi_z: SignedDecimal | None = None
    cdi: Decimal | None = None
    cdi_z: SignedDecimal | None = None
    mrsa: Decimal | None = None
    mrsa_z: SignedDecimal | None = None
    total: SignedDecimal | None = None
    reduced: bool | None = None


class PurchasingScored(FeedRecord):
    """One version of a hospital's score for a measure of value-based purchasing.

    Natural key ``(ccn, fiscal_year, measure)``; the score is the better of the points for achievement (0 to 10) and
    improvement (0 to 9). ``cancel`` says that there is no score, or none any more.
    """

    TYPE: ClassVar[str] = "feeds.PurchasingScored"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "fiscal_year", "measure")

    ccn: Ccn
    fiscal_year: FiscalYear
    measure: Purchased
    version: int = Field(ge=1)
    action: Action
    threshold: Decimal | None = None
    benchmark: Decimal | None = None
    baseline: Decimal | None = None
    performance: Decimal | None = None
    achievement: int | None = Field(default=None, ge=0, le=10)
    improvement: int | None = Field(default=None, ge=0, le=9)
    score: int | None = Field(default=None, ge=0, le=10)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_points((self.achievement, self.improvement), self.score, self.action)
        return self


class PurchasingTotalled(FeedRecord):
    """One version of a hospital's total performance score, and of its domains, not weighted.

    Natural key ``(ccn, fiscal_year)``. All are points of 100.
    """

    TYPE: ClassVar[str] = "feeds.PurchasingTotalled"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "fiscal_year")

    ccn: Ccn
    fiscal_year: FiscalYear
    version: int = Field(ge=1)
    action: Action
    clinical_outcomes: Decimal | None = None
    engagement: Decimal | None = None
    safety: Decimal | None = None
    efficiency: Decimal | None = None
    total: Decimal | None = None


SCORES = Topic(
    name="qio.feeds.scores.v1",
    owner="feeds",
    summary="Scores of hospitals in CMS's payment programs by fiscal year, every version.",
    messages=(ReadmissionsScored, HarmScored, PurchasingScored, PurchasingTotalled),
    key="CCN",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.INTERNAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)

TOPICS = (SCORES,)
