"""Reads CMS's Hospital General Information, the columns of 2024 and of 2026, into the listings of its vintage.

Numbers a spreadsheet has damaged are mended as in nursing-home files; a missing rating is a fact, not an error. The
same hospital twice in one file: an exact repetition is left out, any other second row is rejected.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from pydantic import ValidationError

from shared.contracts.feeds import HOSPITALS, HospitalListed
from shared.feeds import provider_cells as cells
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.tables import Table, open_table

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "ccn": ("Facility ID", "Provider ID"),
    "name": ("Facility Name", "Hospital Name"),
    "state": ("State",),
    "zip_code": ("ZIP Code",),
    "county": ("County/Parish", "County Name"),
    "kind": ("Hospital Type",),
    "ownership": ("Hospital Ownership",),
    "emergency": ("Emergency Services",),
    "rating": ("Hospital overall rating",),
}
_REQUIRED: Final = ("ccn", "name", "state", "zip_code", "kind")


class _Read(NamedTuple):
    hospital: HospitalListed
    repaired: bool


class HospitalFile:
    """A file found readable, and the date its content is of."""

    def __init__(self, path: Path, as_of: dt.date) -> None:
        """Open it; raises UnusableFile when it is not such a file."""
        self._table: Table = open_table(path)
        self._as_of = as_of
        self._where = _find(self._table.columns)
        missing = [field for field in _REQUIRED if field not in self._where]
        if missing:
            raise UnusableFile(
                f"{path.name} is not CMS's Hospital General Information: no column for {', '.join(missing)}."
            )

    def rows(self) -> Iterator[Outcome]:
        """The outcome of every row, once."""
        seen: dict[str, HospitalListed] = {}
        for line, values in self._table.rows():
            yield values if isinstance(values, Rejection) else self._outcome(line, values, seen)

    def _outcome(self, line: int, values: list[str], seen: dict[str, HospitalListed]) -> Outcome:
        try:
            hospital, repaired = self._read(values)
        except Fault as error:
            return self._rejection(line, error.column, error.rule)
        first = seen.setdefault(hospital.ccn, hospital)
        if first is hospital:
            value = hospital.model_dump_json().encode()
            return Row(HOSPITALS.name, hospital.ccn, hospital.wire_type(), value, repaired)
        if first == hospital:
            return Folded("repeated")
        return self._rejection(line, "ccn", "a second, different row for this number")

    def _read(self, values: list[str]) -> _Read:
        text = {field: values[position] for field, position in self._where.items()}
        cells.check(text)
        state = cells.state(text["state"])
        ccn = cells.ccn(text["ccn"].upper(), state)
        zip_code = cells.zip_code(text["zip_code"], state)
        try:
            record = HospitalListed(
                ccn=ccn,
                as_of=self._as_of,
                name=cells.words(text["name"]),
                state=state,
                zip_code=zip_code,
                county=cells.words(text.get("county", "")) or None,
                kind=cells.words(text["kind"]),
                ownership=cells.optional(text, "ownership", lambda _, value: cells.words(value)),
                emergency=cells.optional(text, "emergency", _yes_or_no),
                rating=cells.optional(text, "rating", cells.rating),
            )
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            raise Fault(str(first["loc"][0]), str(first["type"]).replace("_", " ")) from None
        return _Read(record, repaired=ccn != text["ccn"].upper() or len(text["zip_code"]) < len(zip_code))

    def _rejection(self, line: int, field: str, rule: str) -> Rejection:
        position = self._where.get(field)
        return Rejection(self._table.file, line, field if position is None else self._table.columns[position], rule)


def _find(columns: Sequence[str]) -> dict[str, int]:
    """Where each of our fields stands; a field without a column is left out."""
    where = {column.casefold(): position for position, column in reversed(list(enumerate(columns)))}
    return {
        field: where[name.casefold()] for field, names in _COLUMNS.items() for name in names if name.casefold() in where
    }


def _yes_or_no(field: str, value: str) -> bool:
    if value.casefold() not in {"yes", "no"}:
        raise Fault(field, "neither Yes nor No")
    return value.casefold() == "yes"
