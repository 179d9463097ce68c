"""Cells that files about facilities have in common; what breaks a rule raises Fault with the column and the rule."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

from pydantic import ValidationError

from shared.feeds import provider_cells
from shared.feeds.lines import Fault, Line
from shared.program.states import STATES

_NO_VALUE: Final = frozenset({"", "na", "n/a", "not available", "not applicable", "too few to report"})
_WHOLE: Final = re.compile(r"-?[0-9]{1,12}")
_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_AMERICAN: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_RULES: Final = {
    "literal_error": "none of the known values",
    "string_pattern_mismatch": "not written as this field is",
    "greater_than_equal": "below the lowest possible value",
    "less_than_equal": "above the highest possible value",
}


def ccn(line: Line, column: str) -> str:
    """The certification number, with its leading zero where a spreadsheet took it and the row's state tells which."""
    state = line.get("STATE").upper()
    try:
        return provider_cells.ccn(line.need(column).upper(), state if state in STATES else "")
    except Fault as fault:
        raise Fault(column, fault.rule) from None


def mended(line: Line, column: str) -> bool:
    """Whether the number lost a zero."""
    return len(line.get(column)) < len(ccn(line, column))


def told(line: Line, column: str) -> str | None:
    """The text; None where the file says that there is no value, which is not zero."""
    value = line.get(column)
    return None if value.casefold() in _NO_VALUE else value


def whole(line: Line, column: str) -> int | None:
    """A number of something."""
    value = told(line, column)
    if value is None:
        return None
    if not _WHOLE.fullmatch(value):
        raise Fault(column, "not a whole number")
    if int(value) < 0:
        raise Fault(column, "below zero")
    return int(value)


def decimal(line: Line, column: str, *, signed: bool = False) -> str | None:
    """A decimal number as it is written."""
    value = told(line, column)
    if value is None:
        return None
    if not _DECIMAL.fullmatch(value):
        raise Fault(column, "not a decimal number")
    if value.startswith("-") and not signed:
        raise Fault(column, "below zero")
    return value


def date(line: Line, column: str) -> dt.date:
    """A day, as month/day/year or YYYY-MM-DD."""
    value = line.need(column)
    american = _AMERICAN.fullmatch(value)
    try:
        if american:
            month, day, year = map(int, american.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(value)
    except ValueError:
        raise Fault(column, "not a day as month/day/year or YYYY-MM-DD") from None


def version(line: Line) -> dict[str, object]:
    """Version and action of a row of this project's own layouts: 1 and original when blank."""
    number = whole(line, "VERSION")
    return {"version": 1 if number is None else number, "action": line.get("ACTION") or "original"}


def fault(error: ValidationError, columns: Mapping[str, str]) -> Fault:
    """The first rule a record breaks; ``columns`` has the column of a field, where it is not the field's name."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    if first["loc"]:
        field, kind = str(first["loc"][0]), str(first["type"])
        rule = _RULES.get(kind, kind.replace("_", " "))
    else:  # a rule about several fields begins with the name of one
        field, _, rule = str(first["msg"]).removeprefix("Value error, ").partition(" ")
    return Fault(columns.get(field, field.upper()), rule)
