"""Reads "Healthcare Associated Infections - Hospital" of Hospital Compare, a number a row, old and new measure ids.

The rows of a hospital, an infection and a period make one record: infections (``_NUMERATOR``), predicted
(``_ELIGCASES``), days or procedures (``_DOPC``, in older files ``_DOPC_DAYS``). Ratios and limits are computed here and
not taken. Where the file says that infections are not available, the record takes back what an earlier file told.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from shared.contracts.infections import INFECTIONS, WHOLE, Baseline, InfectionCount
from shared.feeds import facility_cells as cells
from shared.feeds.lines import Fault, Line, columns, lines
from shared.feeds.rows import Folded, Outcome, Rejection, Row

_CCN: Final = ("FACILITY ID", "PROVIDER ID")
_START: Final = ("START DATE", "MEASURE START DATE")
_END: Final = ("END DATE", "MEASURE END DATE")
_ID: Final = re.compile(
    r"HAI_([1-6])(A?)_(NUMERATOR|ELIGCASES|DOPC|DOPC_DAYS|SIR|CILOWER|CIUPPER|CI_LOWER|CI_UPPER)", re.ASCII
)
_NAMES: Final = {"1": "CLABSI", "2": "CAUTI", "3": "SSI_COLO", "4": "SSI_HYST", "5": "MRSA", "6": "CDI"}
_PARTS: Final = {"NUMERATOR": "observed", "ELIGCASES": "predicted", "DOPC": "exposure", "DOPC_DAYS": "exposure"}
ICU_AND_WARDS: Final = "ICU AND WARDS"
"""Location of ids such as HAI_1a_SIR, which stood beside those of intensive care alone."""
_LAST_OLD: Final = dt.date(2015, 12, 31)
COMPUTED: Final = "of ratios and limits, which are computed here"
PART: Final = "part of the record before"
WITH_REJECTED: Final = "left out with a rejected row of the same record"


class Vintage(NamedTuple):
    """When the file's content is of, and the baseline of its predicted numbers (None: as CMS used it then)."""

    as_of: dt.date
    baseline: Baseline | None = None

    def baseline_of(self, last: dt.date) -> Baseline:
        """The baseline of a period that ends on this day: that of 2015 was first used for 2016."""
        return self.baseline or ("2006-08" if last <= _LAST_OLD else "2015")


class _Key(NamedTuple):
    ccn: str
    infection: str
    location: str
    first: dt.date
    last: dt.date


@dataclass(slots=True)
class _Group:
    """The rows of one record: values by part, the line each part stands in, and what becomes of the rows."""

    lines: dict[str, Line] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    damaged: bool = False
    repaired: bool = False


def layout(path: Path) -> tuple[str, ...]:
    """The columns by which the file is read: number, start, end; none where it is no such file."""
    found = columns(path, ("MEASURE ID", "SCORE"))
    names = tuple(name for pair in (_CCN, _START, _END) for name in pair[:2] if name in found)
    return names if len(names) == len((_CCN, _START, _END)) else ()


def read(path: Path, vintage: Vintage) -> Iterator[Outcome]:
    """The outcome of every line: rejected and not needed ones first, then record by record."""
    names = layout(path)
    groups: dict[_Key, _Group] = {}
    for line in lines(path, (*names, "MEASURE ID", "SCORE")):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            outcome = _sort(line, names, groups)
        except Fault as fault:
            outcome = line.rejection(fault)
        if outcome is not None:
            yield outcome
    for key, group in groups.items():
        yield from _record(key, group, vintage)


def _sort(line: Line, names: tuple[str, ...], groups: dict[_Key, _Group]) -> Outcome | None:
    """Put a row where it belongs; its outcome, where that is known already."""
    found = _ID.fullmatch(line.need("MEASURE ID").upper())
    if found is None:
        raise Fault("MEASURE ID", "no number of infections that is known")
    number, wards, kind = found.groups()
    key = _Key(
        cells.ccn(line, names[0]),
        _NAMES[number],
        ICU_AND_WARDS if wards else WHOLE,
        cells.date(line, names[1]),
        cells.date(line, names[2]),
    )
    part = _PARTS.get(kind)
    if part is None:
        return Folded(COMPUTED)
    group = groups.setdefault(key, _Group())
    group.repaired = group.repaired or cells.mended(line, names[0])
    try:
        return _put(line, part, group)
    except Fault:
        group.damaged = True
        raise


def _put(line: Line, part: str, group: _Group) -> Outcome | None:
    value = cells.decimal(line, "SCORE") if part == "predicted" else cells.whole(line, "SCORE")
    if part not in group.values:
        group.lines[part], group.values[part] = line, value
        return None
    if group.values[part] != value:
        raise Fault("MEASURE ID", "a second, different row of this number")
    return Folded("repeated")


def _record(key: _Key, group: _Group, vintage: Vintage) -> Iterator[Outcome]:
    own = list(group.lines)
    if group.damaged:
        yield from (Folded(WITH_REJECTED) for _ in own)
        return
    told = group.values.get("observed") is not None
    try:
        record = InfectionCount.model_validate(
            {
                "ccn": key.ccn,
                "infection": key.infection,
                "location": key.location,
                "period": _period(key),
                "source": "hospital_compare",
                "baseline": vintage.baseline_of(key.last),
                "version": int(vintage.as_of.strftime("%Y%m%d")),
                "action": "original" if told else "cancel",
                **(group.values if told else {}),
            }
        )
    except ValidationError as error:
        fault = cells.fault(error, {})
        at = fault.column.lower() if fault.column.lower() in group.lines else own[0]
        yield group.lines[at].rejection(Fault("SCORE" if at == fault.column.lower() else fault.column, fault.rule))
        yield from (Folded(WITH_REJECTED) for _ in own[1:])
        return
    value = record.model_dump_json(exclude_none=True).encode()
    yield Row(INFECTIONS.name, key.ccn, record.wire_type(), value, group.repaired)
    yield from (Folded(PART) for _ in own[1:])


def _period(key: _Key) -> str:
    """A month where it is one, else the first and the last day."""
    month = (key.last + dt.timedelta(days=1)).day == 1 and key.first == key.last.replace(day=1)
    return f"{key.first:%Y-%m}" if month else f"{key.first.isoformat()}/{key.last.isoformat()}"
