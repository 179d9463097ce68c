"""How partners are called; read from ``QIO_WEBHOOKS_…`` and checked at start."""

import datetime as dt
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.notifications.domain.webhooks.delivering import Patience


class WebhookSettings(BaseSettings):
    """Limits of calling partners. Times are in seconds unless the name says days.

    ``slots`` calls run at once in a process, ``per_partner`` of them to one partner. ``test_receivers`` lists, with
    commas, ``host:port`` of receivers that may be called by http and at any address: for tests alone, empty elsewhere.
    """

    model_config = SettingsConfigDict(env_prefix="QIO_WEBHOOKS_", extra="ignore", hide_input_in_errors=True)

    test_receivers: str = ""
    ca_file: Path | None = Field(default=None, description="certificates trusted instead of the public ones")
    connect_timeout: float = Field(default=5.0, gt=0, le=30)
    timeout: float = Field(default=10.0, gt=0, le=60, description="for one call, from looking up the name")
    slots: int = Field(default=64, ge=1, le=500)
    per_partner: int = Field(default=4, ge=1, le=50)
    lease: float = Field(default=60.0, gt=0, description="after it another worker may take a claimed event")
    poll: float = Field(default=0.5, gt=0)
    first_retry: float = Field(default=5.0, gt=0)
    longest_retry: float = Field(default=21_600.0, gt=0)
    give_up_days: float = Field(default=3.0, gt=0)
    failures: int = Field(default=5, ge=1, description="in a row, before a partner is left alone for a while")
    rest: float = Field(default=30.0, gt=0)
    longest_rest: float = Field(default=900.0, gt=0)
    pause_days: float = Field(default=5.0, gt=0)
    staff_name: str = Field(default="Partner desk", max_length=100)
    staff_email: str | None = Field(default=None, max_length=254, description="hears when a partner is paused")

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.timeout * 2 >= self.lease:
            raise ValueError("the lease must be longer than two timeouts")
        return self

    def tested(self) -> frozenset[str]:
        """The receivers of tests."""
        return frozenset(part.strip() for part in self.test_receivers.split(",") if part.strip())

    def patience(self) -> Patience:
        """When a partner is tried again, left alone, given up."""
        return Patience(
            first=dt.timedelta(seconds=self.first_retry),
            longest=dt.timedelta(seconds=self.longest_retry),
            give_up=dt.timedelta(days=self.give_up_days),
            failures=self.failures,
            rest=dt.timedelta(seconds=self.rest),
            longest_rest=dt.timedelta(seconds=self.longest_rest),
            pause=dt.timedelta(days=self.pause_days),
        )
