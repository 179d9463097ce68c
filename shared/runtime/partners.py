"""The partners of this installation: a TOML file named by ``QIO_PARTNERS_FILE``, read and checked at start."""

import base64
import binascii
import tomllib
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal, Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from shared.contracts.partners import PARTNER_ID
from shared.program.states import STATES
from shared.runtime.settings import ConfigurationError

Number = Annotated[str, Field(pattern=r"^[A-Z0-9]{3,20}$")]


class Partner(BaseModel):
    """A MAC, plan or provider with topics of its own.

    ``numbers`` are those it answers for (CCNs of a provider, contracts of a plan), ``states`` those of a MAC.
    ``public_key`` (X25519, base64) seals identifiers, so that nobody but the partner reads them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    id: str = Field(pattern=rf"^{PARTNER_ID}$")
    kind: Literal["mac", "plan", "provider"]
    name: str = Field(min_length=1, max_length=200)
    numbers: frozenset[Number] = frozenset()
    states: frozenset[str] = frozenset()
    public_key: str

    @field_validator("states")
    @classmethod
    def _states_are_known(cls, states: frozenset[str]) -> frozenset[str]:
        if not states <= STATES.keys():
            raise ValueError("no such state")
        return states

    @field_validator("public_key")
    @classmethod
    def _key_is_a_key(cls, text: str) -> str:
        try:
            X25519PublicKey.from_public_bytes(base64.b64decode(text, validate=True))
        except (binascii.Error, ValueError):
            raise ValueError("a public key is 32 bytes of X25519 in base64") from None
        return text

    @model_validator(mode="after")
    def _answers_for_somebody(self) -> Self:
        if self.kind == "mac" and not self.states:
            raise ValueError("a MAC answers for states")
        if self.kind != "mac" and (self.states or not self.numbers):
            raise ValueError("a plan or provider answers for numbers")
        return self

    @property
    def principal(self) -> str:
        """The Kafka user."""
        return f"qio-partner-{self.id}"

    def key(self) -> X25519PublicKey:
        """The key identifiers are sealed for."""
        return X25519PublicKey.from_public_bytes(base64.b64decode(self.public_key))


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    partner: tuple[Partner, ...] = ()


class _Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="QIO_", extra="ignore", hide_input_in_errors=True)

    partners_file: Path | None = None


def configured() -> tuple[Partner, ...]:
    """The partners of the file that is set; none without one. Raises ConfigurationError."""
    path = _Settings().partners_file
    return () if path is None else read(path)


def read(path: Path) -> tuple[Partner, ...]:
    """The partners of a file; raises ConfigurationError naming entry and rule, never a value."""
    try:
        with path.open("rb") as stream:
            partners = _File.model_validate(tomllib.load(stream)).partner
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"the partners file cannot be read ({type(error).__name__})") from None
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
        where = "; ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in details[:5])
        raise ConfigurationError(f"partners file: {where}") from None
    _check_apart(partners)
    return partners


def _check_apart(partners: tuple[Partner, ...]) -> None:
    """Nobody is there twice, and one alone answers for a number, or as MAC for a state."""
    ids = Counter(partner.id for partner in partners)
    numbers = Counter((partner.kind, number) for partner in partners for number in partner.numbers)
    states = Counter(state for partner in partners for state in partner.states)
    if any(count > 1 for count in (*ids.values(), *numbers.values(), *states.values())):
        raise ConfigurationError("partners file: an id, number or state stands there twice")
