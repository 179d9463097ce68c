"""What this QIO sets for its intake, from ``QIO_COMPLAINTS_INTAKE_...``."""

import datetime as dt

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.complaints.domain.intake.place import Served


class IntakeSettings(BaseSettings):
    """``areas`` this QIO answers for (JSON; none: all), ``lines`` of the others by area, ``general_line`` for the rest.

    ``keep_days``: an interview nobody touched for so long expires. ``duplicate_days``: how far back another case of
    the same person at the same facility is pointed out.
    """

    model_config = SettingsConfigDict(
        env_prefix="QIO_COMPLAINTS_INTAKE_", extra="ignore", hide_input_in_errors=True, frozen=True
    )

    areas: frozenset[str] = frozenset()
    lines: dict[str, str] = Field(default_factory=dict)
    general_line: str = Field(default="1-800-MEDICARE (1-800-633-4227)", min_length=7, max_length=60)
    keep_days: int = Field(default=30, ge=1, le=400)
    duplicate_days: int = Field(default=90, ge=1, le=400)

    def served(self) -> Served:
        """Whose cases are ours, and whom to call for others."""
        return Served(self.areas, tuple(sorted(self.lines.items())), self.general_line)

    @property
    def keep(self) -> dt.timedelta:
        """How long an untouched interview is kept."""
        return dt.timedelta(days=self.keep_days)
