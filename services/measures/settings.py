"""Settings of the measures service, from ``QIO_MEASURES_*``."""

import datetime as dt
from fractions import Fraction

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.measures.domain.program_goals import BASELINE, END


class MeasuresSettings(BaseSettings):
    """``publish_seconds``: shortest time between two foldings under load. ``poll_seconds``: how long the folder
    waits before it looks for changes again when there were none. ``goal_baseline`` are the four quarters goals start
    from, ``goal_date`` the day they are to be reached, ``goal_ade`` the share of adverse drug events to be avoided."""

    model_config = SettingsConfigDict(env_prefix="QIO_MEASURES_", extra="ignore", hide_input_in_errors=True)

    publish_seconds: float = Field(default=1.0, ge=0, le=60)
    poll_seconds: float = Field(default=0.05, gt=0, le=10)
    goal_baseline: str = Field(default=BASELINE, pattern=r"^[0-9]{4}Q[1-4]R4$")
    goal_date: dt.date = END
    goal_ade: Fraction = Field(default=Fraction(35, 100), gt=0, lt=1)
