"""Relative weights of MS-DRGs by federal fiscal year, as CMS publishes them (IPPS final rule, Table 5).

They change every year and are configuration, never part of the program: a file of comma-separated lines with the
header ``fiscal_year,drg,weight`` (more columns are ignored).
"""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final

_COLUMNS: Final = ("fiscal_year", "drg", "weight")
_DRG: Final = re.compile(r"[0-9]{3}")
_YEAR: Final = re.compile(r"[12][0-9]{3}")


class WeightsUnusable(ValueError):  # noqa: N818 - says what is wrong with a file
    """The table of weights cannot be used; the message names line and rule."""


@dataclass(frozen=True, slots=True)
class DrgWeights:
    """Weights by fiscal year and DRG; empty when none were given, and then no DRG is known to be higher."""

    weights: Mapping[tuple[int, str], Decimal] = field(default_factory=dict)

    def weight(self, drg: str, discharge: dt.date) -> Decimal | None:
        """The weight in force on the day of discharge, None where the table has none."""
        return self.weights.get((fiscal_year(discharge), drg))


def fiscal_year(day: dt.date) -> int:
    """The federal fiscal year: from 1 October before to 30 September of the year it is named by."""
    return day.year + (day.month >= 10)


def read_weights(lines: Iterable[str]) -> DrgWeights:
    """The table in these lines; raises WeightsUnusable for the first line that does not fit."""
    rows = csv.DictReader(lines)
    if not set(_COLUMNS) <= set(rows.fieldnames or ()):
        raise WeightsUnusable(f"line 1: the header needs {', '.join(_COLUMNS)}")
    found: dict[tuple[int, str], Decimal] = {}
    for row in rows:
        year, drg, text = ((row[column] or "").strip() for column in _COLUMNS)
        weight = _decimal(text)
        if not _YEAR.fullmatch(year):
            raise WeightsUnusable(f"line {rows.line_num}: fiscal_year is not a year")
        if not _DRG.fullmatch(drg):
            raise WeightsUnusable(f"line {rows.line_num}: drg is not three digits")
        if weight is None or weight <= 0:
            raise WeightsUnusable(f"line {rows.line_num}: weight is not a positive number")
        if found.setdefault((int(year), drg), weight) != weight:
            raise WeightsUnusable(f"line {rows.line_num}: a second, different weight for this DRG and year")
    return DrgWeights(found)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
