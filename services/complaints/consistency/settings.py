"""Which decided cases are reviewed twice and which local factors may be recorded, from ``QIO_COMPLAINTS_...``."""

from decimal import Decimal
from fractions import Fraction
from typing import Final, Self

from pydantic import Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.complaints.domain.consistency.local_factors import Registry
from services.complaints.domain.consistency.second_review import ReviewPlan
from shared.messaging.keyring import Keyring

_PURPOSE: Final = "complaints.second-review"


class ConsistencySettings(BaseSettings):
    """``second_review_share`` of all decided cases, at least ``second_review_minimum`` of each type, group and month.

    ``local_factors``: further codes with their meaning (JSON), besides those built in.
    """

    model_config = SettingsConfigDict(env_prefix="QIO_COMPLAINTS_", extra="ignore", hide_input_in_errors=True)

    second_review_share: Decimal = Field(default=Decimal("0.05"), ge=0, le=1)
    second_review_minimum: int = Field(default=2, ge=0, le=10_000)
    local_factors: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _factors_are_new(self) -> Self:
        self.registry()
        return self

    def registry(self) -> Registry:
        """The built-in factors and those of this QIO."""
        return Registry.configured(self.local_factors)

    def plan(self, keyring: Keyring) -> ReviewPlan:
        """The draw, with its key from the keyring."""
        return ReviewPlan(
            Fraction(self.second_review_share), self.second_review_minimum, keyring.reference(_PURPOSE, "draw")
        )
