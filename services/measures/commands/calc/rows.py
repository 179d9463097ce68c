"""Rows of a table that a calculator reads, from a file or standard input; what is wrong names row, field and rule."""

import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Final, TypeVar

import typer

from services.measures.commands.calc import given
from services.measures.domain import periods

MOST: Final = 100_000  # rows
Number = TypeVar("Number", int, Fraction)

Table = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="A CSV file with a header; standard input unless given.")
]


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the names of its fields; the header is row 1. What was not in a table says what it is instead."""

    number: int
    fields: dict[str, str]
    what: str = "row"

    def text(self, field: str) -> str:
        """What stands in a field; raises ValueError where it is empty."""
        found = self.fields[field]
        if not found:
            raise ValueError(f"{self.at(field)} must not be empty")
        return found

    def whole(self, field: str) -> int:
        """A whole number of at least 0."""
        return self._least(given.whole(self.text(field), self.at(field)), field)

    def number_of(self, field: str) -> Fraction:
        """An exact number of at least 0."""
        return self._least(given.number(self.text(field), self.at(field)), field)

    def signed(self, field: str) -> Fraction:
        """An exact number."""
        return given.number(self.text(field), self.at(field))

    def period(self, field: str = "period") -> str:
        """A month or quarter as periods are written."""
        try:
            periods.kind_of(self.text(field))
        except ValueError as error:
            raise ValueError(f"{self.at(field)} {error}") from None
        return self.text(field)

    def yes(self, field: str) -> bool:
        """Whether the field says yes; a field that is missing or empty says no."""
        found = self.fields.get(field, "").lower()
        if found not in {"", "0", "no", "false", "1", "yes", "true"}:
            raise ValueError(f"{self.at(field)} must be yes or no")
        return found in {"1", "yes", "true"}

    def wrong(self, error: ValueError) -> ValueError:
        """The rule another part says this row breaks, with the row."""
        return ValueError(f"{self.what} {self.number}: {error}")

    def at(self, field: str) -> str:
        """Where a field is, as sentences begin."""
        return f"{self.what} {self.number}, field {field}:"

    def _least(self, value: Number, field: str) -> Number:
        if value < 0:
            raise ValueError(f"{self.at(field)} must be at least 0")
        return value


def read(path: Path | None, fields: Sequence[str], instead: Sequence[str] = ()) -> list[Row]:
    """Every row; raises ValueError for a file that cannot be read, lacks a field, or has no rows.

    A table that has the fields ``instead`` needs no others.
    """
    found = list(_rows(_lines(path), fields, instead))
    if not found:
        raise ValueError("the table has a header and no rows")
    return found


def _lines(path: Path | None) -> Iterable[str]:
    if path is None:
        return sys.stdin
    try:
        return path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise ValueError(f"file {path.name} is not text in UTF-8") from None
    except OSError as error:
        raise ValueError(f"file {path.name} cannot be read: {error.strerror}") from None


def _rows(lines: Iterable[str], fields: Sequence[str], instead: Sequence[str]) -> Iterator[Row]:
    reader = csv.reader(lines, strict=True)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
        if not any(header):
            raise ValueError(f"the table is empty: its first row must name the fields {', '.join(fields)}")
        for field in instead if instead and set(instead) <= set(header) else fields:
            if header.count(field) != 1:
                raise ValueError(f"row 1, field {field}: the header must name it once")
        for number, values in enumerate(reader, 2):
            if number > MOST:
                raise ValueError(f"row {number}: a table has at most {MOST} rows")
            if len(values) != len(header):
                raise ValueError(f"row {number}: there are {len(values)} fields, the header names {len(header)}")
            yield Row(number, {name: value.strip() for name, value in zip(header, values, strict=True)})
    except csv.Error as error:
        raise ValueError(f"row {reader.line_num}: {error}") from None
    except UnicodeDecodeError:
        raise ValueError("standard input is not text in UTF-8") from None
