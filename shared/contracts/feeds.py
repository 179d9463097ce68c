"""Inbound feeds: what the readers of real file formats say. Beneficiaries appear only as an HMAC reference."""

import datetime as dt
import re
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from shared.contracts.message import FeedRecord
from shared.contracts.topic import Confidentiality, Gaps, Topic

Reference = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$", description="HMAC-SHA-256 reference, first 128 bits, hex")]
Area = Annotated[
    str,
    Field(
        pattern=r"^(zip:[0-9]{5}|ssa:[0-9]{5})$",
        description="Residence: a ZIP code, or the SSA state and county code where a file has no ZIP",
    ),
]
CCN_PATTERN = re.compile(r"^[0-9A-Z]{6}$")
Ccn = Annotated[str, Field(pattern=CCN_PATTERN.pattern, description="CMS Certification Number")]
Rating = Annotated[int, Field(ge=1, le=5)]
MOST_PAID = 99_999_999_999  # cents for one claim; more is an error of the file


class NursingHomeListed(FeedRecord):
    """One nursing home of a CMS provider file. Natural key ``ccn``, version ``as_of`` (the file's vintage)."""

    TYPE: ClassVar[str] = "feeds.NursingHomeListed"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn",)

    ccn: Ccn
    as_of: dt.date
    name: str = Field(min_length=1, max_length=200)
    address: str = Field(max_length=200)
    city: str = Field(max_length=100)
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str = Field(pattern=r"^[0-9]{5}$")
    county: str | None = Field(default=None, max_length=100)
    ownership: str | None = Field(default=None, max_length=100)
    certified_beds: int | None = Field(default=None, ge=0)
    residents: int | None = Field(default=None, ge=0)
    special_focus: bool = False
    overall_rating: Rating | None = None
    health_inspection_rating: Rating | None = None
    staffing_rating: Rating | None = None
    rn_staffing_rating: Rating | None = None
    quality_rating: Rating | None = None


class EnrolmentYear(FeedRecord):
    """A beneficiary's Original Medicare enrolment in one calendar year.

    Natural key ``(beneficiary, year)``; the highest ``version`` holds. ``eligible`` lists the days, first and last
    included, on which the person was alive, had Part A and Part B and was not in Medicare Advantage; the reader
    makes them by the rule named in ``basis`` where a file has only month counts.
    """

    TYPE: ClassVar[str] = "feeds.EnrolmentYear"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("beneficiary", "year")

    beneficiary: Reference
    year: int = Field(ge=1990, le=2100)
    version: int = Field(ge=1)
    area: Area
    eligible: tuple[tuple[dt.date, dt.date], ...] = Field(max_length=24)
    death: dt.date | None = None
    basis: str = Field(max_length=40)


class InpatientClaim(FeedRecord):
    """One version of one inpatient claim.

    Natural key ``(beneficiary, claim)`` where ``claim`` refers to the claim family (an adjustment keeps it); the
    highest ``version`` holds and a cancel leaves a tombstone. ``status`` is the patient discharge status code
    (UB-04 FL 17), ``frequency`` the last digit of the type of bill, ``drg`` the MS-DRG billed and ``paid`` what
    Medicare paid the provider (in cents; negative where the beneficiary's share was more), where the file has them.
    """

    TYPE: ClassVar[str] = "feeds.InpatientClaim"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("beneficiary", "claim")

    beneficiary: Reference
    claim: Reference
    version: int = Field(ge=1)
    action: Literal["original", "adjust", "cancel"]
    provider: Ccn
    admission: dt.date
    discharge: dt.date
    status: str | None = Field(default=None, pattern=r"^[0-9]{2}$")
    frequency: str | None = Field(default=None, pattern=r"^[0-9A-Z]$")
    drg: str | None = Field(default=None, pattern=r"^[0-9]{3}$")
    paid: int | None = Field(default=None, ge=-MOST_PAID, le=MOST_PAID)

    @model_validator(mode="after")
    def _discharged_after_admitted(self) -> "InpatientClaim":
        if self.discharge < self.admission:
            raise ValueError("discharge is before admission")
        return self


def _feed(name: str, summary: str, message: type[FeedRecord], key: str, partitions: int, *readers: str) -> Topic:
    return Topic(
        name=f"qio.feeds.{name}.v1",
        owner="feeds",
        summary=summary,
        messages=(message,),
        key=key,
        partitions=partitions,
        retention_days=30,
        gaps=Gaps.NONE,
        confidentiality=Confidentiality.CONFIDENTIAL,
        writers=("feeds", "cli"),
        readers=readers,
    )


NURSING_HOMES = _feed("nursing-homes", "Nursing homes as CMS lists them.", NursingHomeListed, "CCN", 4, "recruitment")
ENROLMENT = _feed(
    "enrolment", "Enrolment by beneficiary and year.", EnrolmentYear, "beneficiary reference", 4, "measures"
)
CLAIMS = _feed(
    "claims", "Inpatient claims, every version.", InpatientClaim, "beneficiary reference", 4, "measures", "complaints"
)

TOPICS = (NURSING_HOMES, ENROLMENT, CLAIMS)
