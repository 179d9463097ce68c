"""DE-SynPUF beneficiary summaries as enrolment: one ``EnrolmentYear`` for each beneficiary and year.

Eligible days follow from month counts by the rule of ``person_time``; residence is the SSA state and county, also
where the county is unknown (000, 999). All three years of a sample are needed, because the rule looks at the
neighbouring years (a rejected row counts as a year without eligible months).

The day of birth and the chronic conditions the file marks (SP_...) are taken where the file has the columns. A year
carries age where it has a day of birth, inpatient claims, and payments where the file of claims has them.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from shared.contracts.feeds import ENROLMENT, EnrolmentYear
from shared.feeds import person_time
from shared.feeds.desynpuf.conditions import CONDITIONS, NO, YES
from shared.feeds.desynpuf.files import PAYMENT_COLUMNS, YEARS, Sample, day, positions
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.tables import Table, open_table

_SUMMARY_COLUMNS = (
    "DESYNPUF_ID",
    "BENE_DEATH_DT",
    "SP_STATE_CODE",
    "BENE_COUNTY_CD",
    "BENE_HI_CVRAGE_TOT_MONS",
    "BENE_SMI_CVRAGE_TOT_MONS",
    "BENE_HMO_CVRAGE_TOT_MONS",
)
_BIRTH = "BENE_BIRTH_DT"  # this and the conditions an extract may lack
_MONTHS = {str(months).zfill(width): months for months in range(13) for width in (1, 2)}


class _Year(NamedTuple):
    area: str
    months: int
    death: dt.date | None
    birth: dt.date | None
    conditions: tuple[str, ...]


def read(sample: Sample, reference: Reference) -> Iterator[Outcome]:
    """Every row of the three beneficiary summaries, in the order of the files."""
    years: dict[int, dict[str, _Year]] = {}
    outcomes: list[Outcome] = []
    for year in YEARS:
        years[year] = {}
        outcomes += _summaries(open_table(sample.summaries[year]), years[year])
    yield from outcomes
    has_payments = set(PAYMENT_COLUMNS) <= {column.upper() for column in open_table(sample.claims).columns}
    for year, rows in years.items():
        before, after = years.get(year - 1, {}), years.get(year + 1, {})
        for number, row in rows.items():
            before_and_after = tuple(found.months if found else 0 for found in (before.get(number), after.get(number)))
            days = _days(year, row, before_and_after)
            yield _enrolment_row(reference.beneficiary(number), year, row, days, has_payments=has_payments)


def _days(year: int, row: _Year, before_and_after: tuple[int, ...]) -> person_time.Span | None:
    to_december = person_time.came_in(year, *before_and_after)
    return person_time.eligible_days(year, row.months, to_december=to_december, death=row.death)


def _enrolment_row(
    beneficiary: str, year: int, row: _Year, days: person_time.Span | None, *, has_payments: bool
) -> Row:
    told = (("age", row.birth is not None), ("inpatient", True), ("payments", has_payments))
    value = {
        "beneficiary": beneficiary,
        "year": year,
        "version": 1,
        "area": row.area,
        "eligible": [] if days is None else [days],
        "death": row.death,
        "basis": person_time.BASIS,
        "birth": row.birth,
        "dual": (),
        "moves": (),
        "conditions": row.conditions,
        "carries": [name for name, holds in told if holds],
    }
    return Row(ENROLMENT.name, beneficiary, EnrolmentYear.wire_type(), orjson.dumps(value))


def _summaries(table: Table, found: dict[str, _Year]) -> Iterator[Rejection | Folded]:
    """Fill ``found`` and yield what does not enter it."""
    where = positions(table, _SUMMARY_COLUMNS)
    optional = {column.upper(): position for position, column in enumerate(table.columns)}
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        number, death, state, county, part_a, part_b, hmo = (values[position] for position in where)
        died = day(death) if death else None
        more = {column: values[optional[column]] for column in (_BIRTH, *CONDITIONS) if column in optional}
        fault = _summary_fault(number, death, died, state, county, part_a, part_b, hmo) or _further_fault(more)
        if fault is not None:
            yield Rejection(table.file, line, *fault)
            continue
        months = person_time.eligible_months(_MONTHS[part_a], _MONTHS[part_b], _MONTHS[hmo])
        marked = tuple(name for column, name in CONDITIONS.items() if more.get(column) == YES)
        year = _Year(f"ssa:{state}{county}", months, died, day(more.get(_BIRTH, "")), marked)
        first = found.setdefault(number, year)
        if first is year:
            continue
        if first == year:
            yield Folded("repeated")
        else:
            yield Rejection(table.file, line, "DESYNPUF_ID", "a second, different row for this beneficiary")


def _summary_fault(
    number: str, death: str, died: dt.date | None, state: str, county: str, part_a: str, part_b: str, hmo: str
) -> tuple[str, str] | None:
    if not number:
        return "DESYNPUF_ID", "missing"
    if death and died is None:
        return "BENE_DEATH_DT", "not a date as YYYYMMDD"
    if not (state.isascii() and state.isdigit() and len(state) == 2):
        return "SP_STATE_CODE", "not two digits"
    if not (county.isascii() and county.isdigit() and len(county) == 3):
        return "BENE_COUNTY_CD", "not three digits"
    for column, value in zip(_SUMMARY_COLUMNS[4:], (part_a, part_b, hmo), strict=True):
        if value not in _MONTHS:
            return column, "not a number of months from 0 to 12"
    return None


def _further_fault(more: dict[str, str]) -> tuple[str, str] | None:
    for column, value in more.items():
        if column == _BIRTH and value and day(value) is None:
            return column, "not a date as YYYYMMDD"
        if column in CONDITIONS and value not in {YES, NO}:
            return column, "neither 1 (yes) nor 2 (no)"
    return None
