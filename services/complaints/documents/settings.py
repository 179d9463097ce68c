"""What this QIO sets for documents, from ``QIO_COMPLAINTS_DOCUMENTS_...``."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class DocumentSettings(BaseSettings):
    """``most_bytes``: of one document; a record of 500 scanned pages has about 25 million."""

    model_config = SettingsConfigDict(
        env_prefix="QIO_COMPLAINTS_DOCUMENTS_", extra="ignore", hide_input_in_errors=True, frozen=True
    )

    most_bytes: int = Field(default=64 * 1024 * 1024, ge=1024, le=1024 * 1024 * 1024)
