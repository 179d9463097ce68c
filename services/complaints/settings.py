"""How the QIO names itself in notices, from the environment (``QIO_COMPLAINTS_...``)."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class ComplaintsSettings(BaseSettings):
    """``qio_name`` replaces the contractor of the region in letters; ``ticker_batch`` is cases per transaction."""

    model_config = SettingsConfigDict(env_prefix="QIO_COMPLAINTS_", extra="ignore", hide_input_in_errors=True)

    qio_name: str | None = Field(default=None, min_length=1, max_length=200)
    qio_phone: str = Field(default="1-800-MEDICARE (1-800-633-4227)", min_length=7, max_length=60)
    ticker_batch: int = Field(default=500, ge=1, le=20_000)
