"""Reads files of MDS records, CSV or JSON lines, by the official names of their items.

Each row is one version of one record. Beside the items (A0100B: the home, A0050: new, modified or inactivated, X0800:
correction number, A0310A, A0310B, A0310F, A1600, A2000, A2300 and those of ``residents.ITEMS``) it has ``RESIDENT``
and ``RECORD``: the numbers by which the home knows the resident and the record, the same in all its versions. Dates
are YYYY-MM-DD or YYYYMMDD; "-" and "^" say, as nothing does, that an item was not assessed or skipped. Of an
inactivation X0600 and X0700 are enough. Other columns are not looked at.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.feeds import tables
from shared.feeds.lines import Fault, Line, columns, lines
from shared.feeds.reference import Reference
from shared.feeds.residents.records import COLUMNS, HEAD, row
from shared.feeds.rows import Outcome, Rejection, UnusableFile

_ROW: Final = "(row)"
_WHERE: Final = {column: at for at, column in enumerate(COLUMNS)}


def open_residents(path: Path) -> Path:
    """The path of a file of this layout; raises UnusableFile for any other."""
    if not _is_json(tables.read(path)) and not columns(path, HEAD):
        raise UnusableFile(f"{path.name} holds neither MDS records in JSON lines nor the columns {', '.join(HEAD)}.")
    return path


def read(path: Path, reference: Reference, today: dt.date) -> Iterator[Outcome]:
    """The outcome of every row; one dated after today is rejected."""
    data = tables.read(path)
    for line in _json_lines(path.name, tables.decode(data)) if _is_json(data) else lines(path, HEAD):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield row(line, reference, today)
        except Fault as fault:
            yield line.rejection(fault)


def _is_json(data: bytes) -> bool:
    return tables.decode(data[:100]).lstrip().startswith("{")


def _json_lines(file: str, text: str) -> Iterator[Line | Rejection]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            told = None
        yield _line(file, number, told) if isinstance(told, dict) else Rejection(file, number, _ROW, "no JSON object")


def _line(file: str, number: int, told: dict[str, object]) -> Line | Rejection:
    by_column = {name.upper(): value for name, value in told.items()}
    values = []
    for column in COLUMNS:
        value = by_column.get(column)
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            return Rejection(file, number, column, "neither text nor a whole number")
        values.append("" if value is None else str(value).strip())
    return Line(file, number, values, _WHERE)
