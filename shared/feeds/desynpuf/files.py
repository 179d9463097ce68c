"""Finds the files of DE-SynPUF samples and reads what their columns have in common."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.feeds.rows import UnusableFile
from shared.feeds.tables import Table

YEARS: Final = (2008, 2009, 2010)
PAYMENT_COLUMNS: Final = ("CLM_DRG_CD", "CLM_PMT_AMT")  # of the claims; an extract may lack them

_SUMMARY = re.compile(r"DE1_0_(2008|2009|2010)_Beneficiary_Summary_File_Sample_([0-9]{1,2})\.csv(\.gz)?", re.IGNORECASE)
_CLAIMS = re.compile(r"DE1_0_2008_to_2010_Inpatient_Claims_Sample_([0-9]{1,2})\.csv(\.gz)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sample:
    """The four files of one CMS sample."""

    number: int
    summaries: Mapping[int, Path]
    claims: Path


def find_samples(folder: Path) -> dict[int, Sample]:
    """The samples of a folder by number; raises UnusableFile when there is none or one lacks a file."""
    summaries: dict[int, dict[int, Path]] = {}
    claims: dict[int, Path] = {}
    try:
        paths = sorted(folder.iterdir(), reverse=True)  # a plain file goes before its .gz
    except OSError as error:
        raise UnusableFile(f"The folder {folder.name} cannot be read: {error.strerror}.") from None
    for path in paths:
        if match := _SUMMARY.fullmatch(path.name):
            summaries.setdefault(int(match[2]), {})[int(match[1])] = path
        elif match := _CLAIMS.fullmatch(path.name):
            claims[int(match[1])] = path
    numbers = sorted(summaries.keys() | claims.keys())
    if not numbers:
        raise UnusableFile(f"The folder {folder.name} holds no DE-SynPUF files (DE1_0_..._Sample_N.csv or .csv.gz).")
    return {number: _sample(number, summaries.get(number, {}), claims.get(number)) for number in numbers}


def _sample(number: int, summaries: dict[int, Path], claims: Path | None) -> Sample:
    missing = [f"the beneficiary summary of {year}" for year in YEARS if year not in summaries]
    if claims is None:
        missing.append("the inpatient claims")
    if claims is None or missing:
        raise UnusableFile(f"DE-SynPUF sample {number} is not complete: {', '.join(missing)} not found.")
    return Sample(number, summaries, claims)


def positions(table: Table, columns: tuple[str, ...]) -> tuple[int, ...]:
    """Where these columns stand; raises UnusableFile where one is missing."""
    where = {column.upper(): position for position, column in enumerate(table.columns)}
    missing = [column for column in columns if column not in where]
    if missing:
        raise UnusableFile(f"{table.file} is not a DE-SynPUF file of this kind: no column {', '.join(missing)}.")
    return tuple(where[column] for column in columns)


@lru_cache(maxsize=8192)
def day(text: str) -> dt.date | None:
    """The date written as YYYYMMDD, or None."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
