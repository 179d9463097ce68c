"""Finds the files of a Synthea folder and reads days as they write them."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from shared.feeds.lines import Fault, Line, lines
from shared.feeds.rows import Rejection, UnusableFile

PATIENT_COLUMNS: Final = ("ID", "BIRTHDATE", "DEATHDATE", "STATE", "ZIP")
ENCOUNTER_COLUMNS: Final = ("ID", "START", "STOP", "PATIENT", "ORGANIZATION", "ENCOUNTERCLASS")
MEDICATION_COLUMNS: Final = ("START", "STOP", "PATIENT", "ENCOUNTER", "CODE", "DISPENSES")

_NAME = re.compile(r"(patients|encounters|medications)\.csv(\.gz)?", re.IGNORECASE)
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9:]{8}Z)?")


@dataclass(frozen=True)
class Folder:
    """The three files; organizations.csv and the others add nothing a feed needs."""

    patients: Path
    encounters: Path
    medications: Path

    @cached_property
    def last_day(self) -> dt.date:
        """The last day the files can speak about: the latest end of an encounter. Raises UnusableFile for none."""
        days = [_end(line) for line in lines(self.encounters, ENCOUNTER_COLUMNS) if not isinstance(line, Rejection)]
        known = [day for day in days if day is not None]
        if not known:
            raise UnusableFile(f"{self.encounters.name} has no encounter that ends, or cannot be read.")
        return max(known)


def find(folder: Path) -> Folder:
    """The files of a folder, plain ones before their .gz; raises UnusableFile where one of the three is missing."""
    found: dict[str, Path] = {}
    try:
        for path in sorted(folder.iterdir()):
            if match := _NAME.fullmatch(path.name):
                found.setdefault(match[1].lower(), path)
    except OSError as error:
        raise UnusableFile(f"The folder {folder.name} cannot be read: {error.strerror}.") from None
    missing = [f"{name}.csv" for name in ("patients", "encounters", "medications") if name not in found]
    if missing:
        raise UnusableFile(f"The folder {folder.name} is no Synthea export: no {', '.join(missing)}.")
    return Folder(**found)


def day(line: Line, column: str) -> dt.date | None:
    """The day of a day or a time (UTC, as the file writes it); None for a blank; raises Fault for anything else."""
    text = line.get(column)
    found = _parsed(text)
    if text and found is None:
        raise Fault(column, "not a day as YYYY-MM-DD")
    return found


def some_day(line: Line, column: str) -> dt.date:
    """A day that must be there."""
    found = day(line, column)
    if found is None:
        raise Fault(column, "missing")
    return found


def _end(line: Line) -> dt.date | None:
    return _parsed(line.get("STOP"))


@lru_cache(maxsize=16_384)
def _parsed(text: str) -> dt.date | None:
    match = _DAY.fullmatch(text)
    try:
        return dt.date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None
