"""Reads one file of a sample line by line; a line that breaks a rule is rejected without its values."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from shared.contracts.message import FeedRecord
from shared.contracts.topic import Topic
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile
from shared.feeds.tables import open_table

Cells = dict[str, str]


def read(path: Path, columns: tuple[str, ...], keys: tuple[str, ...], row: Callable[[Cells], Row]) -> Iterator[Outcome]:
    """Every line as ``row`` makes it; ``keys`` must not be blank. Raises UnusableFile when a column is missing."""
    table = open_table(path)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise UnusableFile(f"{path.name} is not such a file of a sample: no column {', '.join(missing)}.")
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        cells = dict(zip(table.columns, values, strict=True))
        blank = next((name for name in keys if cells[name] == ""), None)
        if blank is not None:
            yield Rejection(table.file, line, blank, "missing")
            continue
        try:
            yield row(cells)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            field = str(first["loc"][0]) if first["loc"] else "(row)"
            yield Rejection(table.file, line, field, str(first["type"]).replace("_", " "))


def sent(topic: Topic, model: type[FeedRecord], key: str, values: dict[str, Any]) -> Row:
    """The record of these values; raises ValidationError. A blank cell is an absent value."""
    record = model.model_validate({name: None if value == "" else value for name, value in values.items()})
    return Row(topic.name, key, model.wire_type(), record.model_dump_json().encode())


def spans(cell: str) -> list[list[str]]:
    """Pairs written ``first/last`` with blanks between."""
    return [span.split("/") for span in cell.split()]
