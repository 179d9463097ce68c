"""Reads files of infections: those of Hospital Compare, and two layouts of this project's own, CSV.

* Counts of locations: ``ccn``, ``infection`` (CLABSI, CAUTI, SSI_COLO, SSI_HYST, MRSA, CDI), ``location`` (its name in
  the hospital, or FACILITY), ``period`` (a month YYYY-MM, or first/last day), ``baseline`` (2006-08, 2015, 2022),
  ``observed``, ``predicted`` (blank: by the model of the baseline), ``exposure``, and, where they are known,
  ``patient_days``, ``unit`` (NHSN's location code), ``source`` (nhsn or facility; facility when blank).
* Annual surveys: ``ccn``, ``year``, ``kind`` (acute, critical_access, long_term_acute), ``patient_days``,
  ``admissions``, ``beds``, ``icu_beds``.

Both may have ``version`` (1 when blank) and ``action`` (original, adjust, cancel; original when blank).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from shared.contracts.infections import INFECTIONS, HospitalSurveyed, InfectionCount, days
from shared.feeds import facility_cells as cells
from shared.feeds.infections import hospital_compare
from shared.feeds.infections.hospital_compare import Vintage
from shared.feeds.lines import Fault, Line, columns, lines
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile

COUNTS: Final = ("CCN", "INFECTION", "LOCATION", "PERIOD", "BASELINE", "OBSERVED", "PREDICTED", "EXPOSURE")
SURVEYS: Final = ("CCN", "YEAR", "KIND", "PATIENT_DAYS", "ADMISSIONS", "BEDS", "ICU_BEDS")
_SOURCES: Final = ("nhsn", "facility")


def open_infections(path: Path, vintage: Vintage | None, today: dt.date) -> Callable[[], Iterator[Outcome]]:
    """The reader of a file by its columns; raises UnusableFile for any other, and for one of CMS without a vintage."""
    if hospital_compare.layout(path):
        if vintage is None:
            raise UnusableFile(f"{path.name} is a file of CMS: say with --as-of which date its content is of.")
        return partial(hospital_compare.read, path, vintage)
    for needed, row in ((COUNTS, _count), (SURVEYS, _survey)):
        if columns(path, needed):
            return partial(_read, path, needed, row, today)
    raise UnusableFile(
        f"{path.name} is neither Hospital Compare's file of infections nor has it the columns {', '.join(COUNTS)} "
        f"or {', '.join(SURVEYS)}."
    )


def _read(
    path: Path, needed: tuple[str, ...], row: Callable[[Line, dt.date], Row], today: dt.date
) -> Iterator[Outcome]:
    for line in lines(path, needed):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield row(line, today)
        except Fault as fault:
            yield line.rejection(fault)
        except ValidationError as error:
            yield line.rejection(cells.fault(error, {}))


def _count(line: Line, today: dt.date) -> Row:
    source = line.get("SOURCE") or "facility"
    if source not in _SOURCES:
        raise Fault("SOURCE", "neither nhsn nor facility")
    record = InfectionCount.model_validate(
        {
            "ccn": cells.ccn(line, "CCN"),
            **{name: line.need(name.upper()) for name in ("infection", "location", "period", "baseline")},
            "source": source,
            **cells.version(line),
            **{name: cells.whole(line, name.upper()) for name in ("observed", "exposure", "patient_days")},
            "predicted": cells.decimal(line, "PREDICTED"),
            "unit": line.get("UNIT") or None,
        }
    )
    if days(record.period)[0] > today:
        raise Fault("PERIOD", "lies in the future")
    return Row(INFECTIONS.name, record.ccn, record.wire_type(), record.model_dump_json(exclude_none=True).encode())


def _survey(line: Line, today: dt.date) -> Row:
    numbers = {
        name: cells.whole(line, name.upper()) for name in ("year", "patient_days", "admissions", "beds", "icu_beds")
    }
    for name, number in numbers.items():
        if number is None:
            raise Fault(name.upper(), "missing")
    record = HospitalSurveyed.model_validate(
        {"ccn": cells.ccn(line, "CCN"), "kind": line.need("KIND"), **cells.version(line), **numbers}
    )
    if record.year > today.year:
        raise Fault("YEAR", "lies in the future")
    return Row(INFECTIONS.name, record.ccn, record.wire_type(), record.model_dump_json(exclude_none=True).encode())
