"""Lines of the Hospital Readmissions Reduction Program and of the HAC Reduction Program."""

import re
from typing import Any, Final

from shared.contracts.scores import HarmScored, ReadmissionsScored
from shared.feeds import facility_cells as cells
from shared.feeds.lines import Fault, Line
from shared.feeds.scores.parts import Told, fiscal_year

_RATES: Final = {
    "predicted": "PREDICTED READMISSION RATE",
    "expected": "EXPECTED READMISSION RATE",
    "ratio": "EXCESS READMISSION RATIO",
}
_NUMBERS: Final = {"discharges": "NUMBER OF DISCHARGES", "readmissions": "NUMBER OF READMISSIONS"}
_DAYS: Final = {"first": "START DATE", "last": "END DATE"}
READMISSIONS: Final = ("MEASURE NAME", *_RATES.values(), *_NUMBERS.values(), *_DAYS.values())
_NAME: Final = re.compile(r"READM-30-([A-Z-]{2,10})-HRRP")
_REGULAR_END: Final = (6, 30)

_PARTS: Final = {"psi_90": "PSI 90", "clabsi": "CLABSI", "cauti": "CAUTI", "ssi": "SSI", "cdi": "CDI", "mrsa": "MRSA"}
_VALUES: Final = {part: f"{name} {'COMPOSITE VALUE' if part == 'psi_90' else 'SIR'}" for part, name in _PARTS.items()}
_SCORES: Final = {f"{part}_z": f"{name} W Z SCORE" for part, name in _PARTS.items()} | {"total": "TOTAL HAC SCORE"}
_REDUCED: Final = "PAYMENT REDUCTION"
HARM: Final = (*_VALUES.values(), *_SCORES.values(), _REDUCED)


def readmissions(line: Line) -> list[Told]:
    """A condition of a hospital. The file does not name its fiscal year: discharges of three years that end on
    30 June are paid for from the second October after (42 CFR 412.152)."""
    found = _NAME.fullmatch(line.need("MEASURE NAME").upper())
    if found is None:
        raise Fault("MEASURE NAME", "no measure of the program")
    days = {field: cells.date(line, column) for field, column in _DAYS.items()}
    last = days["last"]
    if (last.month, last.day) != _REGULAR_END:
        raise Fault("END DATE", "not 30 June, so that the fiscal year is not known")
    numbers = {field: cells.whole(line, column) for field, column in _NUMBERS.items()}
    rates = {field: cells.decimal(line, column) for field, column in _RATES.items()}
    told = {**numbers, **rates} if any(value is not None for value in rates.values()) else {}
    key = {"fiscal_year": last.year + 2, "condition": found[1], **days}
    return [Told(ReadmissionsScored, key, told, {"condition": "MEASURE NAME", **_RATES, **_NUMBERS, **_DAYS})]


def harm(line: Line) -> list[Told]:
    """A hospital's total score and what it is made of."""
    told: dict[str, Any] = {field: cells.decimal(line, column) for field, column in _VALUES.items()}
    told |= {field: cells.decimal(line, column, signed=True) for field, column in _SCORES.items()}
    reduced = cells.told(line, _REDUCED)
    if reduced is not None:
        if reduced.casefold() not in {"yes", "no"}:
            raise Fault(_REDUCED, "neither Yes nor No")
        told["reduced"] = reduced.casefold() == "yes"
    if all(value is None for value in told.values()):
        told = {}
    return [Told(HarmScored, {"fiscal_year": fiscal_year(line)}, told, {**_VALUES, **_SCORES, "reduced": _REDUCED})]
