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
LONGEST_SUPPLY = 365  # days of one fill
LATEST = dt.date(2100, 12, 31)  # the last day a facility's data can be of: beyond the calendar nothing can be counted
Diagnosis = Annotated[str, Field(pattern=r"^[0-9A-Z]{3,8}$", description="ICD diagnosis code without its dot")]
Procedure = Annotated[str, Field(pattern=r"^[0-9A-Z]{3,7}$", description="ICD procedure code without its dot")]
Dual = Annotated[str, Field(pattern=r"^[0-9A-Z]{2}$", description="Dual status code of a month (ResDAC); NA: none")]
Span = tuple[dt.date, dt.date]
Paid = Annotated[int, Field(ge=-MOST_PAID, le=MOST_PAID, description="Cents Medicare paid the provider")]
Action = Literal["original", "adjust", "cancel"]
Input = Literal[
    "age",
    "diagnoses",
    "drugs",
    "dual",
    "home_health",
    "hospice",
    "inpatient",
    "outpatient",
    "payments",
    "poa",
    "procedures",
    "services",
    "snf",
    "status",
]
"""What a source tells of a person's year; a measure that needs more than that cannot be computed from it."""


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
    makes them by the rule named in ``basis`` where a file has only month counts. ``moves`` are residences within the
    year, each from its day on, ``area`` before the first. ``dual`` has twelve months, ``conditions`` the chronic
    conditions the file itself marks for the year, ``carries`` what else the source tells of this person and year.
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
    birth: dt.date | None = None
    dual: tuple[Dual, ...] = Field(default=(), max_length=12)
    moves: tuple[tuple[dt.date, Area], ...] = Field(default=(), max_length=24)
    conditions: tuple[Annotated[str, Field(pattern=r"^[a-z0-9_]{1,60}$")], ...] = Field(default=(), max_length=60)
    carries: tuple[Input, ...] = Field(default=(), max_length=20)


class InpatientClaim(FeedRecord):
    """One version of one inpatient claim.

    Natural key ``(beneficiary, claim)`` where ``claim`` refers to the claim family (an adjustment keeps it); the
    highest ``version`` holds and a cancel leaves a tombstone. ``status`` is the patient discharge status code
    (UB-04 FL 17), ``frequency`` the last digit of the type of bill, ``drg`` the MS-DRG billed and ``paid`` what
    Medicare paid the provider (in cents; negative where the beneficiary's share was more), where the file has them.
    ``diagnoses`` has the principal one first; ``poa`` one present-on-admission character for each of them; ``icd`` is
    the revision of all codes; ``leave`` the nights away, first and last (occurrence span 74); ``received`` the day
    Medicare processed this version.
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
    paid: Paid | None = None
    diagnoses: tuple[Diagnosis, ...] = Field(default=(), max_length=30)
    poa: str | None = Field(default=None, pattern=r"^[A-Z0-9-]{0,30}$")
    procedures: tuple[Procedure, ...] = Field(default=(), max_length=30)
    icd: Literal[9, 10] | None = None
    leave: tuple[Span, ...] = Field(default=(), max_length=10)
    received: dt.date | None = None

    @model_validator(mode="after")
    def _discharged_after_admitted(self) -> "InpatientClaim":
        if self.discharge < self.admission:
            raise ValueError("discharge is before admission")
        return self


class CareClaim(FeedRecord):
    """One version of one claim of another setting: hospital outpatient, skilled nursing, home health or hospice.

    Natural key and versions as for inpatient claims. ``first`` and ``last`` are the days billed from and through;
    ``emergency`` and ``observation`` tell what an outpatient claim had (revenue centres 0450-0459 and 0981, 0762 or
    HCPCS G0378); ``nights`` are those a hospice patient spent in a facility (general inpatient or respite care).
    """

    TYPE: ClassVar[str] = "feeds.CareClaim"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("beneficiary", "claim")

    beneficiary: Reference
    claim: Reference
    version: int = Field(ge=1)
    action: Action
    setting: Literal["outpatient", "snf", "home_health", "hospice"]
    provider: Ccn
    first: dt.date
    last: dt.date
    status: str | None = Field(default=None, pattern=r"^[0-9]{2}$")
    frequency: str | None = Field(default=None, pattern=r"^[0-9A-Z]$")
    paid: Paid | None = None
    diagnoses: tuple[Diagnosis, ...] = Field(default=(), max_length=30)
    icd: Literal[9, 10] | None = None
    emergency: bool = False
    observation: bool = False
    nights: tuple[Span, ...] = Field(default=(), max_length=40)
    received: dt.date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "CareClaim":
        if self.last < self.first:
            raise ValueError("last day is before the first")
        return self


class DrugFill(FeedRecord):
    """One version of one prescription fill (Part D event). Natural key ``(beneficiary, fill)``; a reversal cancels.

    ``days`` of supply count from ``filled`` on; ``code`` is an 11-digit NDC or an RxNorm identifier.
    """

    TYPE: ClassVar[str] = "feeds.DrugFill"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("beneficiary", "fill")

    beneficiary: Reference
    fill: Reference
    version: int = Field(ge=1)
    action: Action
    filled: dt.date
    days: int = Field(ge=0, le=LONGEST_SUPPLY)
    system: Literal["ndc", "rxnorm"]
    code: str = Field(pattern=r"^[0-9]{1,11}$")


class EncounterNotice(FeedRecord):
    """What a hospital said of an inpatient encounter while it happened (HL7 v2 ADT, FHIR notification).

    Natural key ``(beneficiary, visit)``; ``version`` is the second of the message, so the latest holds. A stay told
    this way is provisional until its claim comes.
    """

    TYPE: ClassVar[str] = "feeds.EncounterNotice"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("beneficiary", "visit")

    beneficiary: Reference
    visit: Reference
    version: int = Field(ge=1)
    action: Action
    provider: Ccn
    admission: dt.date
    discharge: dt.date | None = None
    status: str | None = Field(default=None, pattern=r"^[0-9]{2}$")
    diagnoses: tuple[Diagnosis, ...] = Field(default=(), max_length=30)
    told: dt.date

    @model_validator(mode="after")
    def _discharged_after_admitted(self) -> "EncounterNotice":
        if self.discharge is not None and self.discharge < self.admission:
            raise ValueError("discharge is before admission")
        return self


class CommunityService(FeedRecord):
    """A long-term service or support at home, as a community feed tells it. Natural key ``(beneficiary, service)``.

    ``referred`` is the day it was asked for, ``started`` the day of the first service, ``ended`` the last day.
    """

    TYPE: ClassVar[str] = "feeds.CommunityService"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("beneficiary", "service")

    beneficiary: Reference
    service: Reference
    version: int = Field(ge=1)
    action: Action
    kind: str = Field(pattern=r"^[a-z_]{1,40}$")
    referred: dt.date
    started: dt.date | None = None
    ended: dt.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "CommunityService":
        if self.started is not None and self.started < self.referred:
            raise ValueError("started is before referred")
        if self.ended is not None and (self.started is None or self.ended < self.started):
            raise ValueError("ended is before started")
        return self


class HospitalListed(FeedRecord):
    """One hospital of a CMS provider file. Natural key ``ccn``, version ``as_of`` (the file's vintage)."""

    TYPE: ClassVar[str] = "feeds.HospitalListed"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("ccn",)

    ccn: Ccn
    as_of: dt.date
    name: str = Field(min_length=1, max_length=200)
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str = Field(pattern=r"^[0-9]{5}$")
    county: str | None = Field(default=None, max_length=100)
    kind: str = Field(max_length=100)
    ownership: str | None = Field(default=None, max_length=100)
    emergency: bool | None = None
    rating: Rating | None = None


class ValueSetPart(FeedRecord):
    """A part of one version of a value set: codes and what each stands for.

    Natural key ``(name, version, part)``. A version counts when all its ``parts`` are known; of several the highest
    version holds, in the order of text.
    """

    TYPE: ClassVar[str] = "feeds.ValueSetPart"
    NATURAL_KEY: ClassVar[tuple[str, ...]] = ("name", "version", "part")

    name: str = Field(pattern=r"^[a-z0-9-]{1,60}$")
    version: str = Field(pattern=r"^[0-9A-Za-z.-]{1,40}$")
    part: int = Field(ge=1)
    parts: int = Field(ge=1, le=1000)
    source: str = Field(max_length=300)
    codes: tuple[tuple[str, str], ...] = Field(max_length=5000, description="code and its meaning in the set")


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

CARE = Topic(
    name="qio.feeds.care.v1",
    owner="feeds",
    summary="Claims of other settings, drug fills, encounter notices and community services, every version.",
    messages=(CareClaim, DrugFill, EncounterNotice, CommunityService),
    key="beneficiary reference",
    partitions=4,
    retention_days=30,
    gaps=Gaps.NONE,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("feeds", "cli"),
    readers=("measures",),
)
HOSPITALS = _feed("hospitals", "Hospitals as CMS lists them.", HospitalListed, "CCN", 1, "measures", "recruitment")
VALUE_SETS = _feed("value-sets", "Code lists that definitions of measures use.", ValueSetPart, "name", 1, "measures")

TOPICS = (NURSING_HOMES, ENROLMENT, CLAIMS, CARE, HOSPITALS, VALUE_SETS)
