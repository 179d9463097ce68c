"""Settings of the measures service, from ``QIO_MEASURES_*``."""

import datetime as dt
from fractions import Fraction
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.measures.charting import THREE_YEARS
from services.measures.domain.program_goals import BASELINE, END


class MeasuresSettings(BaseSettings):
    """``publish_seconds``: shortest time between two foldings under load. ``poll_seconds``: how long the folder
    waits before it looks for changes again when there were none; ``revise_seconds`` the same of who looks for people
    that time or new value sets changed. ``goal_baseline`` are the four quarters goals start
    from, ``goal_date`` the day they are to be reached, ``goal_ade`` the share of adverse drug events to be avoided.
    ``chart_first`` and ``chart_last`` are the first and the last quarter of the baseline of control charts.
    ``snapshot_days`` are the days of a quarter (1 is its first) on which public snapshots are taken."""

    model_config = SettingsConfigDict(env_prefix="QIO_MEASURES_", extra="ignore", hide_input_in_errors=True)

    publish_seconds: float = Field(default=1.0, ge=0, le=60)
    poll_seconds: float = Field(default=0.05, gt=0, le=10)
    revise_seconds: float = Field(default=1.0, gt=0, le=600)
    goal_baseline: str = Field(default=BASELINE, pattern=r"^[0-9]{4}Q[1-4]R4$")
    goal_date: dt.date = END
    goal_ade: Fraction = Field(default=Fraction(35, 100), gt=0, lt=1)
    chart_first: str = Field(default=THREE_YEARS.first, pattern=r"^[0-9]{4}Q[1-4]$")
    chart_last: str = Field(default=THREE_YEARS.last, pattern=r"^[0-9]{4}Q[1-4]$")
    snapshot_days: tuple[Annotated[int, Field(ge=1, le=90)], ...] = (45,)
