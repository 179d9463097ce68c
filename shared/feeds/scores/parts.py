"""What readers of one program hand to the reader of files: the parts of a record, and where they stand."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from shared.contracts.message import FeedRecord
from shared.feeds import facility_cells as cells
from shared.feeds.lines import Fault, Line

CCN: Final = "FACILITY ID"


class Told(NamedTuple):
    """A record of a line, besides hospital and version; no ``cells``: nothing is told. ``columns`` by field."""

    model: type[FeedRecord]
    key: Mapping[str, Any]
    cells: Mapping[str, Any]
    columns: Mapping[str, str]


def fiscal_year(line: Line) -> int:
    """The fiscal year of payment the line names."""
    year = cells.whole(line, "FISCAL YEAR")
    if year is None:
        raise Fault("FISCAL YEAR", "missing")
    return year
