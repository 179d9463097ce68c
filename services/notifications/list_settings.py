"""How mailing lists are kept, read from ``QIO_NOTIFICATIONS_…`` and checked at start; and the rules that follow."""

import datetime as dt
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.notifications.domain.addresses.ids import AddressIds
from services.notifications.domain.addresses.marking import Patience
from services.notifications.domain.addresses.rules import Marking
from services.notifications.domain.lists.joining import Joining
from services.notifications.domain.lists.rules import rules
from services.notifications.domain.unsubscribing import Links
from shared.messaging.keyring import Keyring
from shared.records.deciding import AnyRule

_LOCAL = frozenset(("127.0.0.1", "localhost", "::1"))


class ListSettings(BaseSettings):
    """Where people reach the pages of their links, and how patient lists are."""

    model_config = SettingsConfigDict(env_prefix="QIO_NOTIFICATIONS_", extra="ignore", hide_input_in_errors=True)

    public_url: str = Field(
        default="https://notices.qio.example",
        max_length=200,
        description="what is in front of /unsubscribe/… and /survey/…",
    )
    list_mailbox: str = Field(
        default="lists@qio.example",
        pattern=r"^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$",
        max_length=100,
        description="where replies and mail that comes back go",
    )
    confirm_days: int = Field(default=7, ge=1, le=60, description="how long a link to confirm is good")
    confirm_again_hours: int = Field(default=24, ge=1, description="how soon it may be sent again")
    soft_bounces: int = Field(default=5, ge=1, le=40, description="with so many, an address counts as unusable")
    soft_bounce_days: int = Field(default=30, ge=1, description="when they fall within so many days")

    @field_validator("public_url")
    @classmethod
    def _reached_safely(cls, value: str) -> str:
        parts = urlsplit(value)
        # RFC 8058 3.1: the address must be HTTPS.
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
            raise ValueError("must be an HTTPS address")
        if not parts.hostname or parts.query or parts.fragment or not value.isascii() or " " in value:
            raise ValueError("must be scheme, host and at most a path")
        return value.rstrip("/")

    def own_url(self) -> str | None:
        """The public address that the site has set; None where it has not."""
        return self.public_url if "public_url" in self.model_fields_set else None


def links(keyring: Keyring, settings: ListSettings) -> Links:
    """The maker and reader of links."""
    return Links(keyring.reference, settings.public_url, settings.list_mailbox)


def list_rules(keyring: Keyring, settings: ListSettings) -> tuple[AnyRule, ...]:
    """The rules of lists and addresses at this site."""
    joining = Joining(
        links(keyring, settings),
        dt.timedelta(days=settings.confirm_days),
        dt.timedelta(hours=settings.confirm_again_hours),
    )
    patience = Patience(settings.soft_bounces, dt.timedelta(days=settings.soft_bounce_days))
    return rules(joining, Marking(AddressIds(keyring.reference), patience))
