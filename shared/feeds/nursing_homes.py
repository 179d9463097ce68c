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
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from shared.contracts.feeds import NURSING_HOMES, NursingHomeListed
from shared.feeds import nursing_home_columns
from shared.feeds import provider_cells as cells
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.tables import Table, open_table

# The first month of the networks' statement of work, for which the states' contractors are known.
DEFAULT_AS_OF: Final = dt.date(2014, 8, 1)

_RATINGS = tuple(name for name in NursingHomeListed.model_fields if name.endswith("_rating"))
_NOT_FOCUS = frozenset({"", "0", "n", "no", "false", "sff candidate"})
_FOCUS = frozenset({"1", "y", "yes", "true", "sff"})


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
        except Fault as error:
            return self._rejection(line, error.column, error.rule)
        first = seen.setdefault(home.ccn, home)
        if first is home:
            value = home.model_dump_json().encode()
            return Row(NURSING_HOMES.name, home.ccn, home.wire_type(), value, repaired)
        if first == home:
            return Folded("repeated")
        return self._rejection(line, "ccn", "a second, different row for this number")

    def _read(self, values: list[str]) -> _Read:
        text = {field: values[position] for field, position in self._where.items()}
        cells.check(text)
        state = cells.state(text["state"])
        ccn = cells.ccn(text["ccn"].upper(), state)
        zip_code = cells.zip_code(text["zip_code"], state)
        ratings = {field: cells.optional(text, field, cells.rating) for field in _RATINGS}
        try:
            record = NursingHomeListed(
                ccn=ccn,
                as_of=self._as_of,
                name=cells.words(text["name"]),
                address=cells.words(text.get("address", "")),
                city=cells.words(text.get("city", "")),
                state=state,
                zip_code=zip_code,
                county=cells.words(text.get("county", "")) or None,
                ownership=cells.words(text.get("ownership", "")) or None,
                certified_beds=cells.optional(text, "certified_beds", _count),
                residents=cells.optional(text, "residents", _count),
                special_focus=_focus(text.get("special_focus", "")),
                **ratings,
            )
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            raise Fault(str(first["loc"][0]), str(first["type"]).replace("_", " ")) from None
        return _Read(record, repaired=ccn != text["ccn"].upper() or len(text["zip_code"]) < len(zip_code))

    def _rejection(self, line: int, field: str, rule: str) -> Rejection:
        position = self._where.get(field)
        return Rejection(self._table.file, line, field if position is None else self._table.columns[position], rule)


def _count(field: str, value: str) -> int:
    """A whole number; a daily average, as today's files have it, is rounded half up."""
    whole = re.fullmatch(r"([0-9]{1,6})(\.[0-9]+)?", value.replace(",", ""))
    if whole is None:
        raise Fault(field, "not a number of beds or residents")
    return int(float(whole[0]) + 0.5)


def _focus(value: str) -> bool:
    plain = value.casefold()
    if plain in _FOCUS:
        return True
    if plain in _NOT_FOCUS:
        return False
    raise Fault("special_focus", "not a special focus status")
