"""RIF Part D events: one ``DrugFill`` for each version of an event, with the NDC of what was dispensed.

PDE_ID names the event; an adjustment or deletion of it (ADJSTMT_DLTN_CD) keeps the number and is a higher version. The
same version twice is left out where it says the same and rejected where not.
"""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from shared.contracts.feeds import CARE, LONGEST_SUPPLY, DrugFill
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.reference import Reference
from shared.feeds.rif.cells import day, some_day, whole
from shared.feeds.rif.files import COLUMNS, DELIMITER, DRUGS
from shared.feeds.rif.versions import Version, of_fill
from shared.feeds.rows import Folded, Outcome, Rejection, Row

_NDC: Final = re.compile(r"[0-9]{11}")


class _Fill(NamedTuple):
    person: str
    event: str
    version: Version
    filled: dt.date
    days: int
    code: str


def read(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of the file, in its order."""
    seen: dict[tuple[str, str, int], _Fill] = {}
    for line in lines(path, COLUMNS[DRUGS], DELIMITER):
        yield line if isinstance(line, Rejection) else _outcome(line, seen, reference)


def _outcome(line: Line, seen: dict[tuple[str, str, int], _Fill], reference: Reference) -> Outcome:
    try:
        fill = _fill(line)
    except Fault as fault:
        return line.rejection(fault)
    first = seen.setdefault((fill.person, fill.event, fill.version.number), fill)
    if first is fill:
        return _row(fill, reference)
    if first == fill:
        return Folded("repeated")
    return line.rejection(Fault("PDE_ID", "a second, different row for this event and version"))


def _fill(line: Line) -> _Fill:
    person, event, code = (line.need(column) for column in ("BENE_ID", "PDE_ID", "PROD_SRVC_ID"))
    if not _NDC.fullmatch(code):
        raise Fault("PROD_SRVC_ID", "not an NDC of eleven digits")
    line.need("DAYS_SUPLY_NUM")
    days = whole(line, "DAYS_SUPLY_NUM") or 0
    if days > LONGEST_SUPPLY:
        raise Fault("DAYS_SUPLY_NUM", f"more than {LONGEST_SUPPLY} days")
    return _Fill(person, event, of_fill(line, day(line, "PD_DT")), some_day(line, "SRVC_DT"), days, code)


def _row(fill: _Fill, reference: Reference) -> Row:
    beneficiary = reference.beneficiary(fill.person)
    value = {
        "beneficiary": beneficiary,
        "fill": reference.fill(fill.event),
        "version": fill.version.number,
        "action": fill.version.action,
        "filled": fill.filled,
        "days": fill.days,
        "system": "ndc",
        "code": fill.code,
    }
    return Row(CARE.name, beneficiary, DrugFill.wire_type(), orjson.dumps(value))
