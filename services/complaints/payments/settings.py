"""Which claims are drawn for payment review, from ``QIO_COMPLAINTS_...``."""

from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.complaints.domain.payment.sampling import Review, SamplingPlan
from services.complaints.domain.payment.weights import DrgWeights, WeightsUnusable, read_weights
from shared.messaging.keyring import Keyring

_PURPOSE: Final = "complaints.payment-draw"


class Sampling(BaseModel):
    """Per hospital and month: this share of the candidates, at least and at most so many records."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    share: Decimal = Field(default=Decimal("0.1"), ge=0, le=1)
    minimum: int = Field(default=10, ge=0, le=10_000)
    maximum: int = Field(default=30, ge=0, le=10_000)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.minimum > self.maximum:
            raise ValueError("the minimum is above the maximum")
        return self

    def plan(self, key: bytes) -> SamplingPlan:
        """As the draw takes it."""
        return SamplingPlan(key, Fraction(self.share), self.minimum, self.maximum)


class PaymentSettings(BaseSettings):
    """``drg_weights_file`` has ``fiscal_year,drg,weight`` lines; without it no DRG is known to weigh more.

    ``short_stay_sampling`` and ``drg_sampling`` are JSON objects of ``share``, ``minimum``, ``maximum``.
    """

    model_config = SettingsConfigDict(env_prefix="QIO_COMPLAINTS_", extra="ignore", hide_input_in_errors=True)

    drg_weights_file: Path | None = None
    short_stay_sampling: Sampling = Sampling()
    drg_sampling: Sampling = Sampling()

    @model_validator(mode="after")
    def _weights_are_readable(self) -> Self:
        _ = self.weights
        return self

    @cached_property
    def weights(self) -> DrgWeights:
        """The table of weights; raises ValueError naming line and rule, never the path's content."""
        if self.drg_weights_file is None:
            return DrgWeights()
        try:
            with self.drg_weights_file.open(encoding="utf-8-sig", newline="") as lines:
                return read_weights(lines)
        except WeightsUnusable as error:
            raise ValueError(f"drg_weights_file: {error}") from None
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"drg_weights_file cannot be read ({type(error).__name__})") from None

    def plans(self, keyring: Keyring) -> dict[Review, SamplingPlan]:
        """The plan of each review, with a key of its own from the keyring."""
        return {
            Review.SHORT_STAY: self.short_stay_sampling.plan(keyring.reference(_PURPOSE, Review.SHORT_STAY)),
            Review.HIGHER_WEIGHTED_DRG: self.drg_sampling.plan(keyring.reference(_PURPOSE, Review.HIGHER_WEIGHTED_DRG)),
        }
