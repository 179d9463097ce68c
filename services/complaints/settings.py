"""How the QIO names itself in notices, and what it sets where the law is open, from ``QIO_COMPLAINTS_...``."""

import datetime as dt
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.complaints.domain.clock import Practice
from services.complaints.domain.reckoned import Desk
from services.complaints.domain.rulebook import RuleBook
from services.complaints.domain.rules import BOOK
from shared.program.holidays import executive_closures


class ComplaintsSettings(BaseSettings):
    """``qio_name`` replaces the contractor of the region in letters; ``ticker_batch`` is cases per transaction.

    ``call_attempts`` in vain to the patient let the letter go out; no regulation gives a number.
    ``close_of_business`` is not defined in 42 CFR. ``admission_notice_cutoff`` splits the day of a HINN 1.
    ``clock_amounts`` sets the amount of rules the law leaves open (JSON, by rule id; in the unit of the rule).
    ``closures`` are further days that are no working days; ``keep_executive_closures`` adds those of federal offices
    by executive order.
    """

    model_config = SettingsConfigDict(env_prefix="QIO_COMPLAINTS_", extra="ignore", hide_input_in_errors=True)

    qio_name: str | None = Field(default=None, min_length=1, max_length=200)
    qio_phone: str = Field(default="1-800-MEDICARE (1-800-633-4227)", min_length=7, max_length=60)
    ticker_batch: int = Field(default=500, ge=1, le=20_000)
    call_attempts: int = Field(default=3, ge=1, le=20)
    close_of_business: dt.time = Field(default=dt.time(17, 0), ge=dt.time(12, 0))
    admission_notice_cutoff: dt.time = dt.time(15, 0)
    clock_amounts: dict[str, int] = Field(default_factory=dict)
    closures: frozenset[dt.date] = frozenset()
    keep_executive_closures: bool = False

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
