"""Reads the hospital files of CMS's payment programs, by their columns.

The Hospital Readmissions Reduction Program (a condition a row), the HAC Reduction Program (a hospital a row), and of
Hospital Value-Based Purchasing the domains safety and clinical outcomes (several measures a row) and the total scores.
Where the file has no score, the record takes back what an earlier file told.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from shared.contracts.message import FeedRecord
from shared.contracts.scores import SCORES
from shared.feeds import facility_cells as cells
from shared.feeds.lines import Fault, Line, columns, lines
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.scores import programs, purchasing
from shared.feeds.scores.parts import CCN, Told

_YEAR: Final = "FISCAL YEAR"
_SECOND: Final = "a second, different row of this hospital and score"

Make = Callable[[Line], Sequence[Told]]


def open_scores(path: Path, as_of: dt.date) -> Callable[[], Iterator[Outcome]]:
    """The reader of a file by its columns; raises UnusableFile for any other."""
    found = columns(path, (CCN,))
    measures = purchasing.measures_of(found)
    layouts: tuple[tuple[tuple[str, ...], Make], ...] = (
        (programs.READMISSIONS, programs.readmissions),
        ((_YEAR, *programs.HARM), programs.harm),
        ((_YEAR, *purchasing.TOTAL), purchasing.total),
        ((_YEAR, *purchasing.needed(measures)), partial(purchasing.scores, measures)),
    )
    for needed, make in layouts:
        if found >= set(needed) and len(needed) > 1:
            return partial(_read, path, needed, make, as_of)
    raise UnusableFile(
        f"{path.name} is no hospital file of the programs for readmissions (HRRP), hospital-acquired conditions (HAC) "
        "or value-based purchasing."
    )


def _read(path: Path, needed: tuple[str, ...], make: Make, as_of: dt.date) -> Iterator[Outcome]:
    version = int(as_of.strftime("%Y%m%d"))
    seen: dict[tuple[Any, ...], bytes] = {}
    for line in lines(path, (CCN, *needed)):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield from _rows([_valid(one, line, version) for one in make(line)], seen, cells.mended(line, CCN))
        except Fault as fault:
            yield line.rejection(fault)


def _valid(told: Told, line: Line, version: int) -> FeedRecord:
    head = {"ccn": cells.ccn(line, CCN), "version": version, "action": "original" if told.cells else "cancel"}
    try:
        return told.model.model_validate({**head, **told.key, **told.cells})
    except ValidationError as error:
        raise cells.fault(error, {"ccn": CCN, "fiscal_year": _YEAR, **told.columns}) from None


def _rows(records: list[FeedRecord], seen: dict[tuple[Any, ...], bytes], mended: bool) -> Iterator[Outcome]:
    """The records of one line; a repeated line is folded, one that contradicts an earlier line raises Fault."""
    made = []
    for record in records:
        key = (record.wire_type(), *(getattr(record, name) for name in record.NATURAL_KEY))
        value = record.model_dump_json(exclude_none=True).encode()
        if seen.get(key, value) != value:
            raise Fault(CCN, _SECOND)
        if key not in seen:
            made.append((key, Row(SCORES.name, str(key[1]), record.wire_type(), value, mended)))
    if not made:
        yield Folded("repeated")
    for place, (key, row) in enumerate(made):
        seen[key] = row.value
        yield row._replace(further=place > 0)
