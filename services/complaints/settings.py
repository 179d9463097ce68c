"""How the QIO names itself in notices, and what it sets where the law is open, from ``QIO_COMPLAINTS_...``."""

import datetime as dt
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.complaints.domain.clock import Practice
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import BOOK
from services.complaints.domain.work.shifts import OfficeHours
from shared.program.holidays import executive_closures

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK: dict[Weekday, tuple[dt.time, dt.time]] = {day: (dt.time(8, 0), dt.time(17, 0)) for day in _WEEKDAYS[:5]}


class ComplaintsSettings(BaseSettings):
    """``qio_name`` replaces the contractor of the region in letters; ``ticker_batch`` is cases per transaction.
    ``hearing_office`` is where a hearing is asked for, as letters name it (42 CFR 478.42(a)).

    ``call_attempts`` in vain to the patient let the letter go out; no regulation gives a number.
    ``close_of_business`` is not defined in 42 CFR. ``admission_notice_cutoff`` splits the day of a HINN 1.
    ``clock_amounts`` sets the amount of rules the law leaves open (JSON, by rule id; in the unit of the rule).
    ``closures`` are further days that are no working days; ``keep_executive_closures`` adds those of federal offices
    by executive order.

    ``office_hours`` say when the office is staffed, by weekday, on the clock of ``office_zone`` (IANA); federal
    holidays are not staffed unless ``office_on_holidays``, ``closures`` never are. No regulation fixes them.
    """

    model_config = SettingsConfigDict(env_prefix="QIO_COMPLAINTS_", extra="ignore", hide_input_in_errors=True)

    qio_name: str | None = Field(default=None, min_length=1, max_length=200)
    qio_phone: str = Field(default="1-800-MEDICARE (1-800-633-4227)", min_length=7, max_length=60)
    # Of cases of a QIO, for beneficiaries: hhs.gov/about/agencies/omha, "filing an appeal".
    hearing_office: str = Field(
        default="OMHA Central Operations, Attn: Beneficiary Mail Stop, 1001 Lakeside Ave., Suite 930, Cleveland, OH "
        "44114-1158",
        min_length=10,
        max_length=300,
    )
    ticker_batch: int = Field(default=500, ge=1, le=20_000)
    call_attempts: int = Field(default=3, ge=1, le=20)
    close_of_business: dt.time = Field(default=dt.time(17, 0), ge=dt.time(12, 0))
    admission_notice_cutoff: dt.time = dt.time(15, 0)
    clock_amounts: dict[str, int] = Field(default_factory=dict)
    closures: frozenset[dt.date] = frozenset()
    keep_executive_closures: bool = False
    office_zone: str = "America/New_York"
    office_hours: dict[Weekday, tuple[dt.time, dt.time]] = Field(default=_WEEK, min_length=1)
    office_on_holidays: bool = False

    @field_validator("office_zone")
    @classmethod
    def _zone_is_known(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("no such time zone") from None

    @field_validator("office_hours")
    @classmethod
    def _hours_are_in_order(
        cls, hours: dict[Weekday, tuple[dt.time, dt.time]]
    ) -> dict[Weekday, tuple[dt.time, dt.time]]:
        if any(start >= end or start.tzinfo or end.tzinfo for start, end in hours.values()):
            raise ValueError("a shift ends after it begins, on the same local day")
        return hours

    @model_validator(mode="after")
    def _rules_hold(self) -> Self:
        self.rule_book()
        return self

    def rule_book(self) -> RuleBook:
        """The rules with the amounts this QIO sets; raises RuleError for one the regulation fixes."""
        return BOOK.configured(self.clock_amounts)

    def desk(self) -> Desk:
        """Rules and practice; outages are those the store has."""
        return Desk(book=self.rule_book(), practice=self.practice())

    def practice(self) -> Practice:
        """Hours and days as this QIO keeps them."""
        executive = executive_closures() if self.keep_executive_closures else frozenset()
        return Practice(self.close_of_business, self.admission_notice_cutoff, self.closures | executive)

    def office(self) -> OfficeHours:
        """When the office is staffed."""
        hours = {_WEEKDAYS.index(day): span for day, span in self.office_hours.items()}
        return OfficeHours(self.office_zone, hours, self.practice().closures, self.office_on_holidays)
