"""Cells that CMS provider files have in common; numbers a spreadsheet has damaged are mended where one reading fits.

Each function takes a cell's text and raises Fault, with our field's name, where it breaks a rule.
"""

import re
from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from shared.contracts.feeds import CCN_PATTERN
from shared.feeds.lines import Fault
from shared.program.ssa import CODE_BY_STATE
from shared.program.states import STATES

T = TypeVar("T")

_NO_VALUE = frozenset({"", "na", "n/a", "not available", "not applicable", "too new to rate", "data not available"})
_ONE_ZERO = frozenset({"CT", "MA", "ME", "NH", "NJ", "RI", "VT"})
_TWO_ZEROS = frozenset({"PR", "VI"})
_ZIP: Final = re.compile(r"([0-9]{5})(-?[0-9]{4})?")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def check(text: Mapping[str, str]) -> None:
    """Raise Fault where a cell holds a control character."""
    for field, value in text.items():
        if _CONTROL.search(value):
            raise Fault(field, "contains a control character")


def state(value: str) -> str:
    """The postal code of a state or territory."""
    if value.upper() not in STATES:
        raise Fault("state", "not the postal code of a state or territory")
    return value.upper()


def ccn(value: str, state: str) -> str:
    """A certification number.

    One of five digits gets its leading zero back where "0" and its first digit are the code of the row's own state:
    a number that lost a zero can only be from the states 01 to 09.
    """
    if CCN_PATTERN.fullmatch(value):
        return value
    if re.fullmatch(r"[0-9]{5}", value):
        if CODE_BY_STATE.get(state) == f"0{value[0]}":
            return f"0{value}"
        raise Fault("ccn", "five digits that are no number of the row's state without its leading zero")
    raise Fault("ccn", "not six digits or capital letters")


def zip_code(value: str, state: str) -> str:
    """The first five digits; four (three) get their zeros back in states whose ZIP codes begin with one (two)."""
    if whole := _ZIP.fullmatch(value):
        return whole[1]
    if re.fullmatch(r"[0-9]{4}", value) and state in _ONE_ZERO:
        return f"0{value}"
    if re.fullmatch(r"[0-9]{3}", value) and state in _TWO_ZEROS:
        return f"00{value}"
    raise Fault("zip_code", "not a ZIP code of five digits")


def rating(field: str, value: str) -> int:
    """One to five stars."""
    if value.removesuffix(".0") not in {"1", "2", "3", "4", "5"}:
        raise Fault(field, "not a rating from 1 to 5")
    return int(value[0])


def optional(text: Mapping[str, str], field: str, read: Callable[[str, str], T]) -> T | None:
    """What ``read`` makes of a cell, None where it says that there is no value: a fact, not an error."""
    value = text.get(field, "")
    return None if value.casefold() in _NO_VALUE else read(field, value)


def words(value: str) -> str:
    """Text with single blanks."""
    return " ".join(value.split())
