"""What cells of RIF files say: days, cents, codes and numbers; each raises Fault for anything else."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from shared.contracts.feeds import CCN_PATTERN
from shared.feeds.lines import Fault, Line

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")

_DAY = re.compile(r"([0-9]{1,2})-([A-Z]{3})-([0-9]{4})")
_YEARS = range(1880, 2101)
_DOLLARS = re.compile(r"(-?)([0-9]{1,9})(?:\.([0-9]{1,2}))?")
_WHOLE = re.compile(r"([0-9]{1,6})(?:\.0+)?")
_ZIP = re.compile(r"([0-9]{5})(-?[0-9]{4})?")
_NO_ZIP: Final = "00000"


@lru_cache(maxsize=16_384)
def _parsed(text: str) -> dt.date | None:
    match = _DAY.fullmatch(text.upper())
    if match is None or match[2] not in MONTHS or int(match[3]) not in _YEARS:
        return None
    try:
        return dt.date(int(match[3]), MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None


def day(line: Line, column: str) -> dt.date | None:
    """A day written as 05-Oct-1950, with its century; None for a blank."""
    return some_day(line, column) if line.get(column) else None


def some_day(line: Line, column: str) -> dt.date:
    """A day that must be there."""
    found = _parsed(line.need(column))
    if found is None:
        raise Fault(column, "not a day as DD-Mon-YYYY")
    return found


def cents(line: Line, column: str) -> int | None:
    """Dollars, with or without cents, as cents; None for a blank."""
    text = line.get(column)
    if not text:
        return None
    match = _DOLLARS.fullmatch(text)
    if match is None:
        raise Fault(column, "not dollars and cents")
    return int(f"{match[1]}{match[2]}{(match[3] or '').ljust(2, '0')}")


def whole(line: Line, column: str) -> int | None:
    """A whole number, also where it is written with a point and zeros; None for a blank."""
    text = line.get(column)
    if not text:
        return None
    match = _WHOLE.fullmatch(text)
    if match is None:
        raise Fault(column, "not a whole number")
    return int(match[1])


def fits(line: Line, column: str, pattern: re.Pattern[str], rule: str) -> str | None:
    """The code if it fits, None for a blank."""
    text = line.get(column)
    if text and pattern.fullmatch(text) is None:
        raise Fault(column, rule)
    return text or None


def ccn(line: Line, column: str) -> str:
    """A CMS Certification Number. One that lost its leading zero or became a power of ten in a spreadsheet is a
    fault: the file has no name or address from which the right one could be told.
    """
    text = line.need(column)
    if CCN_PATTERN.fullmatch(text) is None:
        raise Fault(column, "not six digits or capital letters")
    return text


def zip_code(line: Line, column: str) -> str | None:
    """The first five digits of a ZIP code; None for a blank or 00000, which files write for an unknown one."""
    text = line.get(column)
    match = _ZIP.fullmatch(text)
    if text and match is None:
        raise Fault(column, "not a ZIP code of five digits")
    return match[1] if match is not None and match[1] != _NO_ZIP else None
