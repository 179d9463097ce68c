"""Infections of hospitals by location and period, and the hospitals' annual surveys that models predict them from."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, ClassVar, Final, Literal, Protocol, Self

from pydantic import Field, model_validator

from shared.contracts.feeds import LATEST, Action, Ccn
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Confidentiality, Gaps, Topic

EARLIEST: Final = dt.date(2005, 1, 1)  # NHSN began that year
WHOLE: Final = "FACILITY"
"""The location of a record about the whole hospital."""
MOST: Final = 100_000_000  # of anything in a period; more is an error of the file
DEVICES: Final = ("CLABSI", "CAUTI")
"""Infections whose exposure is device days."""

Infection = Literal["CLABSI", "CAUTI", "SSI_COLO", "SSI_HYST", "MRSA", "CDI"]
Baseline = Literal["2006-08", "2015", "2022"]
Source = Literal["hospital_compare", "nhsn", "facility"]
HospitalKind = Literal["acute", "critical_access", "long_term_acute"]
PERIOD: Final = r"^[0-9]{4}-(0[1-9]|1[0-2])(-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2})?$"
LOCATION: Final = r"^[A-Za-z0-9][A-Za-z0-9 _.&/-]{0,39}$"
UNIT: Final = r"^[A-Z0-9_]{1,12}(:[A-Z0-9_]{1,12}){0,5}$"
PREDICTED: Final = r"^[0-9]{1,7}(\.[0-9]{1,6})?$"
Amount = Annotated[int, Field(ge=0, le=MOST)]
Period = Annotated[str, Field(pattern=PERIOD, description="a month (2015-03), or first/last (2015-01-01/2015-12-31)")]


class _Counted(Protocol):
    """What the rules of a count look at, whichever class holds it."""

    @property
    def infection(self) -> Infection: ...
    @property
    def period(self) -> str: ...
    @property
    def action(self) -> Action: ...
    @property
    def observed(self) -> int | None: ...
    @property
    def predicted(self) -> str | None: ...
    @property
    def exposure(self) -> int | None: ...
    @property
    def patient_days(self) -> int | None: ...


class _Surveyed(Protocol):
    """What the rules of a survey look at."""

    @property
    def patient_days(self) -> int: ...
    @property
    def admissions(self) -> int: ...
    @property
    def beds(self) -> int: ...
    @property
    def icu_beds(self) -> int: ...


def days(period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a period; ValueError or OverflowError for days that are not in the calendar."""
    first, _, last = period.partition("/")
    if last:
        return dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    begin = dt.date.fromisoformat(f"{first}-01")
    return begin, (begin.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


def check_count(told: _Counted) -> None:
    """Raise ValueError, which begins with the field's name, where the parts of a count do not fit together."""
    try:
        first, last = days(told.period)
    except (ValueError, OverflowError):
        raise ValueError("period has a day that is not in the calendar") from None
    if last < first:
        raise ValueError("period ends before it begins")
    if first < EARLIEST:
        raise ValueError("period begins before 2005, when infections began to be told")
    if last > LATEST:
        raise ValueError("period ends after 2100")
    if told.observed is None and told.action != "cancel":
        raise ValueError("observed is missing")
    if _above(told.observed, told.exposure):
        raise ValueError("observed is more than there were days or procedures")
    if told.infection in DEVICES and _above(told.exposure, told.patient_days):
        raise ValueError("exposure has more device days than patient days")
    if told.predicted is not None and Decimal(told.predicted) > MOST:
        raise ValueError(f"predicted is above {MOST}")


def _above(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def check_survey(told: _Surveyed) -> None:
    """Raise ValueError, which begins with the field's name, where a survey contradicts itself."""
    if told.patient_days < told.admissions:
        raise ValueError("patient_days is less than a day for every admission")
    if told.icu_beds > told.beds:
        raise ValueError("icu_beds is more than all beds")


class InfectionCount(FeedRecord):
    """One version of what one source tells of one infection in one location of a hospital and a period.

    Natural key as named, the baseline in it: numbers predicted by two models stand side by side. ``exposure`` is
    central-line or urinary-catheter days, procedures (surgical site), or patient days (MRSA, CDI); ``predicted`` is
    left out where a model is to predict from ``unit``, NHSN's code of the kind of location, and the year's survey.
    ``cancel`` says that nothing is told any more.
    """

    TYPE: ClassVar[str] = "feeds.InfectionCount"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "infection", "location", "period", "source", "baseline")

    ccn: Ccn
    infection: Infection
    location: str = Field(pattern=LOCATION)
    period: Period
    source: Source
    baseline: Baseline
    version: int = Field(ge=1)
    action: Action
    observed: Amount | None = None
    predicted: str | None = Field(default=None, pattern=PREDICTED, description="predicted infections, a decimal")
    exposure: Amount | None = None
    patient_days: Amount | None = None
    unit: str | None = Field(default=None, pattern=UNIT)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_count(self)
        return self


class HospitalSurveyed(FeedRecord):
    """One version of a hospital's annual survey: what models predict from in every period that begins in that year.

    Natural key ``(ccn, year)``. Patient days and admissions are those of the year.
    """

    TYPE: ClassVar[str] = "feeds.HospitalSurveyed"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn", "year")

    ccn: Ccn
    year: int = Field(ge=2005, le=2100)
    version: int = Field(ge=1)
    action: Action
    kind: HospitalKind
    patient_days: Amount
    admissions: int = Field(ge=1, le=MOST)
    beds: int = Field(ge=1, le=MOST)
    icu_beds: Amount

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        check_survey(self)
        return self


INFECTIONS = Topic(
    name="qio.feeds.infections.v1",
    owner="feeds",
    summary="Infections of hospitals by location and period, every version, and annual surveys.",
    messages=(InfectionCount, HospitalSurveyed),
    key="CCN",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.INTERNAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)

TOPICS = (INFECTIONS,)
