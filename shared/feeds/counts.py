"""Reads a facility's own monthly counts from this project's CSV layout, one entry a row.

Columns: ``ccn``, ``measure`` (such as staff-stability, catheter-infections, harm-fall), ``month`` (YYYY-MM),
``numerator``, ``denominator`` (blank while not known), and where they are needed ``version`` (1 when blank) and
``action`` (original, adjust, cancel; original when blank). Numbers of nursing homes have 5000 to 6499 after the state's
code (State Operations Manual 2779A); all others are hospitals'.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from shared.contracts.counts import HOME_COUNTS, HOSPITAL_COUNTS, HomeCount, HospitalCount
from shared.feeds import facility_cells as cells
from shared.feeds.lines import Fault, Line, columns, lines
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile

COLUMNS: Final = ("ccn", "measure", "month", "numerator", "denominator")
_NEEDED: Final = tuple(column.upper() for column in COLUMNS)
_HOMES: Final = ("5000", "6499")


def open_counts(path: Path) -> Path:
    """The path of a file of this layout; raises UnusableFile for any other."""
    if not columns(path, _NEEDED):
        raise UnusableFile(f"{path.name} is no CSV file of counts with the columns {', '.join(COLUMNS)}.")
    return path


def read(path: Path, today: dt.date) -> Iterator[Outcome]:
    """The outcome of every line; a month that begins after today is rejected."""
    for line in lines(path, _NEEDED):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield _row(line, today)
        except Fault as fault:
            yield line.rejection(fault)
        except ValidationError as error:
            yield line.rejection(cells.fault(error, {}))


def _row(line: Line, today: dt.date) -> Row:
    ccn = cells.ccn(line, "CCN")
    home = _HOMES[0] <= ccn[2:] <= _HOMES[1] and ccn[2:].isdigit()
    model, topic = (HomeCount, HOME_COUNTS) if home else (HospitalCount, HOSPITAL_COUNTS)
    record = model.model_validate(
        {
            "ccn": ccn,
            "measure": line.need("MEASURE"),
            "month": line.need("MONTH"),
            **cells.version(line),
            "numerator": cells.whole(line, "NUMERATOR"),
            "denominator": cells.whole(line, "DENOMINATOR"),
        }
    )
    if record.month > f"{today:%Y-%m}":
        raise Fault("MONTH", "lies in the future")
    return Row(topic.name, ccn, record.wire_type(), record.model_dump_json(exclude_none=True).encode())
