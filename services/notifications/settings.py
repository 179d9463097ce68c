"""Where mail and letters go out; read from ``QIO_NOTIFICATIONS_…`` and checked at start."""

from email.headerregistry import Address
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.contracts.notifications.terms import Channel, PostalAddress

Tls = Literal["none", "starttls", "tls"]


class MailSettings(BaseSettings):
    """The mail server to hand notices to, and the other ways. Times are in seconds."""

    model_config = SettingsConfigDict(env_prefix="QIO_NOTIFICATIONS_", extra="ignore", hide_input_in_errors=True)

    smtp_host: str = "127.0.0.1"
    smtp_port: int = Field(default=1025, ge=1, le=65535)
    smtp_tls: Tls | None = Field(default=None, description="without a value: none on this host, starttls elsewhere")
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    sender: str = Field(default="notices@qio.example", description="address in From and the SMTP envelope")
    sender_name: str = Field(default="Quality Improvement Organization", max_length=60)
    connections: int = Field(default=4, ge=1, le=50)
    batch: int = Field(default=200, ge=1, le=2000)
    smtp_timeout: float = Field(default=20.0, gt=0, le=300, description="for signing in, and again for each mail")
    lease: float = Field(default=120.0, gt=0, description="after it another sender may take a claimed notice")
    poll: float = Field(default=0.25, gt=0)
    first_retry: float = Field(default=5.0, gt=0)
    longest_retry: float = Field(default=3600.0, gt=0)
    attempts: int = Field(default=60, ge=1, description="temporary refusals of one notice before the next way follows")
    per_second: dict[Channel, float] = Field(
        default_factory=dict, description="most notices a second of each channel in one process, as JSON; no limit else"
    )
    office: PostalAddress = Field(
        default=PostalAddress(lines=("100 Example Street",), city="Lincoln", state="NE", zip_code="68508"),
        description="our address on letters, where returned mail goes, as JSON",
    )
    letters_folder: Path = Field(default=Path("letters"), description="where letters to be printed are put")
    answer_hours: float = Field(default=4.0, gt=0, le=72, description="how long a gateway has to say what became of it")

    @field_validator("per_second")
    @classmethod
    def _some(cls, value: dict[Channel, float]) -> dict[Channel, float]:
        if any(rate <= 0 for rate in value.values()):
            raise ValueError("each must be more than nothing")
        return value

    @field_validator("sender")
    @classmethod
    def _one_address(cls, value: str) -> str:
        address = Address(addr_spec=value)
        if not address.domain or not value.isascii():
            raise ValueError("must be one plain mail address")
        return value

    @field_validator("sender_name")
    @classmethod
    def _one_line(cls, value: str) -> str:
        if not value.isprintable():
            raise ValueError("must be one line of text")
        return value

    @model_validator(mode="after")
    def _consistent(self) -> "MailSettings":
        if (self.smtp_username is None) != (self.smtp_password is None):
            raise ValueError("user name and password belong together")
        if self.smtp_password is not None and self.tls() == "none" and not _is_loopback(self.smtp_host):
            raise ValueError("a password needs TLS")
        # A send begins in the first half of a lease and may then take two timeouts.
        if self.smtp_timeout * 4 >= self.lease:
            raise ValueError("the lease must be longer than four timeouts")
        return self

    def tls(self) -> Tls:
        """How the connection is protected."""
        return self.smtp_tls or ("none" if _is_loopback(self.smtp_host) else "starttls")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
