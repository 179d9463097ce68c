"""What a command is asked to show, and the figures of it, from a table or from the platform."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from services.measures.commands.pictures import platform, sources
from services.measures.commands.pictures.cohort import Whose, members
from services.measures.commands.pictures.sources import Found
from services.measures.domain.catalogue import BY_ID

EVERYBODY: Final = Whose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be shown: a table (standard input if nothing else is given), or a measure of some on the platform."""

    table: Path | None = None
    measure: str | None = None
    whose: Whose = EVERYBODY
    every: str | None = None
    period: str | None = None
    unit_type: str = "community"


def series(asked: Asked) -> Found:
    """Figures through time, of a table or of the platform."""
    if asked.measure is None:
        if asked.whose:
            raise ValueError("facilities need --measure as well")
        return sources.own(asked.table)
    if asked.table is not None:
        raise ValueError("a table has its own figures: leave out --measure")
    platform.measure_of(asked.measure)
    who, every = members(asked.whose), platform.every_of(asked.period, asked.every)
    if asked.measure in BY_ID:
        return platform.of_units(asked.measure, asked.unit_type, who.units, every)
    return platform.of_facilities(asked.measure, who, every)
