"""Settings from the environment, validated at start; without any, the embedded stack of the data folder is used."""

import socket
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit, urlunsplit

from aiokafka.helpers import create_ssl_context
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.stack.endpoints import attach


class ConfigurationError(ValueError):
    """Something that must be set or readable is not; the text names it and shows no value."""


class Settings(BaseSettings):
    """What every process needs. Passwords stay in files of ``secrets_dir``, one per principal or database role."""

    model_config = SettingsConfigDict(env_prefix="QIO_", extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Path(".qio")
    kafka_bootstrap: str | None = None
    kafka_security: Literal["SASL_PLAINTEXT", "SASL_SSL"] = "SASL_PLAINTEXT"
    kafka_ca_file: Path | None = None
    kafka_session_timeout_ms: int = Field(default=30_000, ge=1_000)
    postgres_dsn: str | None = None
    secrets_dir: Path | None = None
    instance: str = Field(default_factory=socket.gethostname, pattern=r"^[A-Za-z0-9._-]+$")
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=0, ge=0, le=65535)
    drain_seconds: float = Field(default=20.0, ge=0)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    oidc_issuer: str | None = None
    oidc_jwks_url: str | None = None

    @field_validator("postgres_dsn")
    @classmethod
    def _no_password_in_dsn(cls, value: str | None) -> str | None:
        if value is not None and urlsplit(value).password is not None:
            raise ValueError("give no password here; it is read from a file of secrets_dir")
        return value

    def with_stack(self) -> "Settings":
        """Complete from the embedded stack what the environment leaves open; raises StackError when none runs."""
        if self.kafka_bootstrap and self.postgres_dsn and self.secrets_dir:
            return self
        found = attach(self.data_dir)
        where = f"postgresql://{found.postgres_host}:{found.postgres_port}/{found.postgres_database}"
        return self.model_copy(
            update={
                "kafka_bootstrap": self.kafka_bootstrap or found.kafka_bootstrap,
                "postgres_dsn": self.postgres_dsn or where,
                "secrets_dir": self.secrets_dir or found.secrets_folder,
            }
        )

    def secret_file(self, name: str) -> Path:
        """The file of one secret."""
        if self.secrets_dir is None:
            raise ConfigurationError("QIO_SECRETS_DIR is not set and no embedded stack runs")
        return self.secrets_dir / name

    def secret(self, name: str) -> str:
        """The content of one secret file; raises ConfigurationError naming the file only."""
        try:
            return self.secret_file(name).read_text().strip()
        except OSError as error:
            raise ConfigurationError(f"secret {name} cannot be read ({error.strerror})") from None

    def dsn(self, role: str) -> str:
        """The direct PostgreSQL address for a role, with its password."""
        if self.postgres_dsn is None:
            raise ConfigurationError("QIO_POSTGRES_DSN is not set and no embedded stack runs")
        parts = urlsplit(self.postgres_dsn)
        host = parts.netloc.rpartition("@")[2]
        netloc = f"{role}:{quote(self.secret(role), safe='')}@{host}"
        return urlunsplit(parts._replace(netloc=netloc))

    def kafka(self, principal: str) -> dict[str, Any]:
        """Connection arguments of an aiokafka client for a principal."""
        ssl = create_ssl_context(cafile=self.kafka_ca_file) if self.kafka_security == "SASL_SSL" else None
        return {
            "bootstrap_servers": self.kafka_bootstrap,
            "security_protocol": self.kafka_security,
            "sasl_mechanism": "SCRAM-SHA-512",
            "sasl_plain_username": principal,
            "sasl_plain_password": self.secret(principal),
            "ssl_context": ssl,
        }
