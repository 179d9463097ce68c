"""Reads CMS nursing-home provider files: the columns of 2012, those of today and those between.

Each row gives one ``NursingHomeListed`` of the file's vintage or one rejection; a missing rating is a fact, not an
error. Numbers a spreadsheet has damaged are mended only where one reading is possible, and counted:

* a certification number of five digits gets its leading zero back where "0" and its first digit are the code of the
  row's own state (a number that lost a zero can only be from the states 01 to 09); otherwise the row is rejected;
* a ZIP code of four (three) digits gets its zeros back in the states whose ZIP codes begin with one (two).

The same home twice in one file: an exact repetition is left out, any other second row is rejected.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from shared.contracts.feeds import CCN_PATTERN, NURSING_HOMES, NursingHomeListed
from shared.feeds import nursing_home_columns
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.tables import Table, open_table
from shared.program.ssa import CODE_BY_STATE
from shared.program.states import STATES

# The first month of the networks' statement of work, for which the states' contractors are known.
DEFAULT_AS_OF: Final = dt.date(2014, 8, 1)

_RATINGS = tuple(name for name in NursingHomeListed.model_fields if name.endswith("_rating"))
_NO_VALUE = frozenset({"", "na", "n/a", "not available", "not applicable", "too new to rate", "data not available"})
_ONE_ZERO = frozenset({"CT", "MA", "ME", "NH", "NJ", "RI", "VT"})
_TWO_ZEROS = frozenset({"PR", "VI"})
_ZIP = re.compile(r"([0-9]{5})(-?[0-9]{4})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NOT_FOCUS = frozenset({"", "0", "n", "no", "false", "sff candidate"})
_FOCUS = frozenset({"1", "y", "yes", "true", "sff"})


class _Invalid(Exception):  # noqa: N818 - a verdict about a row, not a defect of ours
    def __init__(self, field: str, rule: str) -> None:
        super().__init__(rule)
        self.field = field
        self.rule = rule


class _Read(NamedTuple):
    home: NursingHomeListed
    repaired: bool


class NursingHomeFile:
    """A provider file found readable, and the date its content is of."""

    def __init__(self, path: Path, as_of: dt.date = DEFAULT_AS_OF) -> None:
        """Open it; raises UnusableFile when it is not such a file."""
        self._table: Table = open_table(path)
        self._as_of = as_of
        try:
            self._where = nursing_home_columns.find(self._table.columns)
        except KeyError as error:
            missing = ", ".join(map(str, error.args))
            raise UnusableFile(
                f"{path.name} is not a CMS nursing-home provider file: no column for {missing}."
            ) from None

    def rows(self) -> Iterator[Outcome]:
        """The outcome of every row, once."""
        seen: dict[str, NursingHomeListed] = {}
        for line, values in self._table.rows():
            yield values if isinstance(values, Rejection) else self._outcome(line, values, seen)

    def _outcome(self, line: int, values: list[str], seen: dict[str, NursingHomeListed]) -> Outcome:
        try:
            home, repaired = self._read(values)
        except _Invalid as error:
            return self._rejection(line, error.field, error.rule)
        first = seen.setdefault(home.ccn, home)
        if first is home:
            value = home.model_dump_json().encode()
            return Row(NURSING_HOMES.name, home.ccn, home.wire_type(), value, repaired)
        if first == home:
            return Folded("repeated")
        return self._rejection(line, "ccn", "a second, different row for this number")

    def _read(self, values: list[str]) -> _Read:
        text = {field: values[position] for field, position in self._where.items()}
        for field, value in text.items():
            if _CONTROL.search(value):
                raise _Invalid(field, "contains a control character")
        state = text["state"].upper()
        if state not in STATES:
            raise _Invalid("state", "not the postal code of a state or territory")
        ccn = _ccn(text["ccn"].upper(), state)
        zip_code = _zip(text["zip_code"], state)
        ratings = {field: _optional(text, field, _rating) for field in _RATINGS}
        try:
            record = NursingHomeListed(
                ccn=ccn,
                as_of=self._as_of,
                name=_words(text["name"]),
                address=_words(text.get("address", "")),
                city=_words(text.get("city", "")),
                state=state,
                zip_code=zip_code,
                county=_words(text.get("county", "")) or None,
                ownership=_words(text.get("ownership", "")) or None,
                certified_beds=_optional(text, "certified_beds", _count),
                residents=_optional(text, "residents", _count),
                special_focus=_focus(text.get("special_focus", "")),
                **ratings,
            )
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            raise _Invalid(str(first["loc"][0]), str(first["type"]).replace("_", " ")) from None
        return _Read(record, repaired=ccn != text["ccn"].upper() or len(text["zip_code"]) < len(zip_code))

    def _rejection(self, line: int, field: str, rule: str) -> Rejection:
        position = self._where.get(field)
        return Rejection(self._table.file, line, field if position is None else self._table.columns[position], rule)


def _ccn(value: str, state: str) -> str:
    if CCN_PATTERN.fullmatch(value):
        return value
    if re.fullmatch(r"[0-9]{5}", value):
        if CODE_BY_STATE.get(state) == f"0{value[0]}":
            return f"0{value}"
        raise _Invalid("ccn", "five digits that are no number of the row's state without its leading zero")
    raise _Invalid("ccn", "not six digits or capital letters")


def _zip(value: str, state: str) -> str:
    if whole := _ZIP.fullmatch(value):
        return whole[1]
    if re.fullmatch(r"[0-9]{4}", value) and state in _ONE_ZERO:
        return f"0{value}"
    if re.fullmatch(r"[0-9]{3}", value) and state in _TWO_ZEROS:
        return f"00{value}"
    raise _Invalid("zip_code", "not a ZIP code of five digits")


def _optional(text: dict[str, str], field: str, read: Callable[[str, str], int]) -> int | None:
    value = text.get(field, "")
    return None if value.casefold() in _NO_VALUE else read(field, value)


def _rating(field: str, value: str) -> int:
    if value.removesuffix(".0") not in {"1", "2", "3", "4", "5"}:
        raise _Invalid(field, "not a rating from 1 to 5")
    return int(value[0])


def _count(field: str, value: str) -> int:
    """A whole number; a daily average, as today's files have it, is rounded half up."""
    whole = re.fullmatch(r"([0-9]{1,6})(\.[0-9]+)?", value.replace(",", ""))
    if whole is None:
        raise _Invalid(field, "not a number of beds or residents")
    return int(float(whole[0]) + 0.5)


def _focus(value: str) -> bool:
    plain = value.casefold()
    if plain in _FOCUS:
        return True
    if plain in _NOT_FOCUS:
        return False
    raise _Invalid("special_focus", "not a special focus status")


def _words(value: str) -> str:
    return " ".join(value.split())
