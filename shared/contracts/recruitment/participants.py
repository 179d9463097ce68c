"""Participants of every setting: what recruitment is asked about them and what it says."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.pipeline import FacilityRecruited
from shared.contracts.topic import Confidentiality, Gaps, Topic


class FacilityListed(Event):
    """A facility is known, or its listing changed; ratings are public facts of CMS."""

    TYPE: ClassVar[str] = "recruitment.FacilityListed"

    ccn: str
    as_of: dt.date
    name: str
    state: str
    zip_code: str
    qin_qio: str = Field(description="the QIN-QIO responsible on as_of, or UNKNOWN")
    overall_rating: int | None = None
    special_focus: bool = False
    setting: Setting = Setting.NURSING_HOME
    address: str | None = None
    city: str | None = None
    county: str | None = None
    ownership: str | None = None
    certified_beds: int | None = None
    residents: int | None = None
    health_inspection_rating: int | None = None
    staffing_rating: int | None = None
    rn_staffing_rating: int | None = None
    quality_rating: int | None = None
    digest: str = Field(default="", description="of all the listing says besides its date, in hexadecimal digits")


ASKED: tuple[type[Command], ...] = ()

FACILITIES = Topic(
    name="qio.recruitment.facilities.v1",
    owner="recruitment",
    summary="Participants of every setting: listed, recruited.",
    messages=(FacilityListed, FacilityRecruited),
    key="participant id: CCN, NPI or our own",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "complaints", "notifications", "cli"),
    history=True,
)

TOPICS = (FACILITIES,)
