"""Reads the value sets of a written sample."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from shared.contracts.feeds import VALUE_SETS, ValueSetPart
from shared.feeds.program_sample.lines import sent
from shared.feeds.rows import Outcome, Rejection, UnusableFile
from shared.feeds.sample import columns
from shared.feeds.sample.value_sets import SOURCE, version
from shared.feeds.tables import open_table


def value_sets(folder: Path) -> Iterator[Outcome]:
    """Every file of ``value-sets`` as one part, named as the file; raises UnusableFile when one is no such file.

    Bad lines are left out of the part and rejected.
    """
    for path in sorted(folder.glob("*.csv")):
        table = open_table(path)
        if table.columns != columns.VALUE_SET:
            raise UnusableFile(f"{path.name} is not a value set of a sample: the columns are not code and meaning.")
        pairs: list[tuple[str, str]] = []
        for line, values in table.rows():
            if isinstance(values, Rejection):
                yield values
            elif "" in values:
                yield Rejection(table.file, line, columns.VALUE_SET[values.index("")], "missing")
            else:
                pairs.append((values[0], values[1]))
        value = {
            "name": path.stem,
            "version": version(pairs),
            "part": 1,
            "parts": 1,
            "source": SOURCE,
            "codes": pairs,
        }
        try:
            yield sent(VALUE_SETS, ValueSetPart, path.stem, value)
        except ValidationError as error:
            field = str(error.errors(include_input=False, include_url=False, include_context=False)[0]["loc"][0])
            yield Rejection(table.file, 1, field, "not a value set")
