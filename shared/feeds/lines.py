"""Lines of a table by column name, and the one way in which readers say what is wrong with a line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from shared.feeds.rows import Rejection, UnusableFile
from shared.feeds.tables import open_table

WHOLE_FILE = "(file)"


class Fault(Exception):  # noqa: N818 - a verdict about a line, not a defect of ours
    """A line breaks a rule: the column and the rule, never the value."""

    def __init__(self, column: str, rule: str) -> None:
        super().__init__(rule)
        self.column = column
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its place and its values. ``where`` has the position of every column of the file."""

    file: str
    number: int
    values: Sequence[str]
    where: Mapping[str, int]

    def get(self, column: str) -> str:
        """The value without blanks around it; empty where the file has no such column."""
        position = self.where.get(column)
        return "" if position is None else self.values[position]

    def need(self, column: str) -> str:
        """The value; raises Fault where it is blank."""
        value = self.get(column)
        if not value:
            raise Fault(column, "missing")
        return value

    def rejection(self, fault: Fault) -> Rejection:
        """The fault with the place of this line."""
        return Rejection(self.file, self.number, fault.column, fault.rule)


def lines(path: Path, required: Sequence[str], delimiter: str = ",") -> Iterator[Line | Rejection]:
    """Every line of a file, or its rejection.

    A file that cannot be read whole (cut off, damaged, empty) or lacks a required column gives rejections of the file
    and no lines, so that the other files of its folder are loaded all the same.
    """
    try:
        table = open_table(path, delimiter)
    except UnusableFile as error:
        yield Rejection(path.name, 1, WHOLE_FILE, str(error))
        return
    where = {column.upper(): position for position, column in reversed(list(enumerate(table.columns)))}
    missing = [column for column in required if column not in where]
    yield from (Rejection(table.file, 1, column, "no such column") for column in missing)
    if missing:
        return
    for number, values in table.rows():
        yield values if isinstance(values, Rejection) else Line(table.file, number, values, where)


def columns(path: Path, required: Sequence[str], delimiter: str = ",") -> frozenset[str]:
    """The columns of a file from which ``lines`` gives lines; none of one from which it gives only rejections."""
    try:
        found = frozenset(column.upper() for column in open_table(path, delimiter).columns)
    except UnusableFile:
        return frozenset()
    return found if found >= set(required) else frozenset()
