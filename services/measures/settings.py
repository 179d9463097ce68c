"""Settings of the measures service, from ``QIO_MEASURES_*``."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class MeasuresSettings(BaseSettings):
    """``publish_seconds``: shortest time between two foldings under load. ``poll_seconds``: how long the folder
    waits before it looks for changes again when there were none."""

    model_config = SettingsConfigDict(env_prefix="QIO_MEASURES_", extra="ignore", hide_input_in_errors=True)

    publish_seconds: float = Field(default=1.0, ge=0, le=60)
    poll_seconds: float = Field(default=0.05, gt=0, le=10)
