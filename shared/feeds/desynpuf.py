"""Reads CMS's synthetic claims (DE-SynPUF, 2008-2010): beneficiary summaries and inpatient claims of a folder.

Enrolment: one ``EnrolmentYear`` for each beneficiary and year, eligible days by the rule of ``person_time``; residence
is the SSA state and county, also where the county is unknown (000, 999). All three years of a sample are needed,
because the rule looks at the neighbouring years (a rejected row counts as a year without eligible months).

Claims: one ``InpatientClaim`` for each claim number, version 1, without discharge status, which the file has not. A
claim may be split into segments. The first one holds the stay (its days agree with the covered days of the claim);
later segments repeat the discharge date, begin on an earlier or equal admission date, leave the billing dates blank
and often name another provider, so nothing is taken from them.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from shared.contracts.feeds import CCN_PATTERN, CLAIMS, ENROLMENT, EnrolmentYear, InpatientClaim
from shared.feeds import person_time
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row, UnusableFile
from shared.feeds.tables import Table, open_table

YEARS: Final = (2008, 2009, 2010)

_SUMMARY = re.compile(r"DE1_0_(2008|2009|2010)_Beneficiary_Summary_File_Sample_([0-9]{1,2})\.csv(\.gz)?", re.IGNORECASE)
_CLAIMS = re.compile(r"DE1_0_2008_to_2010_Inpatient_Claims_Sample_([0-9]{1,2})\.csv(\.gz)?", re.IGNORECASE)
_SUMMARY_COLUMNS = (
    "DESYNPUF_ID",
    "BENE_DEATH_DT",
    "SP_STATE_CODE",
    "BENE_COUNTY_CD",
    "BENE_HI_CVRAGE_TOT_MONS",
    "BENE_SMI_CVRAGE_TOT_MONS",
    "BENE_HMO_CVRAGE_TOT_MONS",
)
_CLAIM_COLUMNS = ("DESYNPUF_ID", "CLM_ID", "SEGMENT", "PRVDR_NUM", "CLM_ADMSN_DT", "NCH_BENE_DSCHRG_DT")
_MONTHS = {str(months).zfill(width): months for months in range(13) for width in (1, 2)}


@dataclass(frozen=True, slots=True)
class Sample:
    """The four files of one CMS sample."""

    number: int
    summaries: Mapping[int, Path]
    claims: Path


class _Year(NamedTuple):
    area: str
    months: int
    death: dt.date | None


class _Facts(NamedTuple):
    beneficiary: str
    provider: str
    admission: dt.date
    discharge: dt.date


def find_samples(folder: Path) -> dict[int, Sample]:
    """The samples of a folder by number; raises UnusableFile when there is none or one lacks a file."""
    summaries: dict[int, dict[int, Path]] = {}
    claims: dict[int, Path] = {}
    try:
        paths = sorted(folder.iterdir(), reverse=True)  # a plain file goes before its .gz
    except OSError as error:
        raise UnusableFile(f"The folder {folder.name} cannot be read: {error.strerror}.") from None
    for path in paths:
        if match := _SUMMARY.fullmatch(path.name):
            summaries.setdefault(int(match[2]), {})[int(match[1])] = path
        elif match := _CLAIMS.fullmatch(path.name):
            claims[int(match[1])] = path
    numbers = sorted(summaries.keys() | claims.keys())
    if not numbers:
        raise UnusableFile(f"The folder {folder.name} holds no DE-SynPUF files (DE1_0_..._Sample_N.csv or .csv.gz).")
    return {number: _sample(number, summaries.get(number, {}), claims.get(number)) for number in numbers}


def _sample(number: int, summaries: dict[int, Path], claims: Path | None) -> Sample:
    missing = [f"the beneficiary summary of {year}" for year in YEARS if year not in summaries]
    if claims is None:
        missing.append("the inpatient claims")
    if claims is None or missing:
        raise UnusableFile(f"DE-SynPUF sample {number} is not complete: {', '.join(missing)} not found.")
    return Sample(number, summaries, claims)


def enrolment(sample: Sample, reference: Reference) -> Iterator[Outcome]:
    """Every row of the three beneficiary summaries, in the order of the files."""
    years: dict[int, dict[str, _Year]] = {}
    outcomes: list[Outcome] = []
    for year in YEARS:
        years[year] = {}
        outcomes += _summaries(open_table(sample.summaries[year]), years[year])
    yield from outcomes
    for year, rows in years.items():
        before, after = years.get(year - 1, {}), years.get(year + 1, {})
        for number, row in rows.items():
            yield _enrolment_row(reference.beneficiary(number), year, row, before.get(number), after.get(number))


def _enrolment_row(beneficiary: str, year: int, row: _Year, before: _Year | None, after: _Year | None) -> Row:
    to_december = person_time.came_in(year, before.months if before else 0, after.months if after else 0)
    days = person_time.eligible_days(year, row.months, to_december=to_december, death=row.death)
    value = {
        "beneficiary": beneficiary,
        "year": year,
        "version": 1,
        "area": row.area,
        "eligible": [] if days is None else [days],
        "death": row.death,
        "basis": person_time.BASIS,
    }
    return Row(ENROLMENT.name, beneficiary, EnrolmentYear.wire_type(), orjson.dumps(value))


def _summaries(table: Table, found: dict[str, _Year]) -> Iterator[Rejection | Folded]:
    """Fill ``found`` and yield what does not enter it."""
    where = _where(table, _SUMMARY_COLUMNS)
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        number, death, state, county, part_a, part_b, hmo = (values[position] for position in where)
        day = _day(death) if death else None
        if rule := _summary_fault(number, death, day, state, county, part_a, part_b, hmo):
            yield Rejection(table.file, line, *rule)
            continue
        months = person_time.eligible_months(_MONTHS[part_a], _MONTHS[part_b], _MONTHS[hmo])
        year = _Year(f"ssa:{state}{county}", months, day)
        first = found.setdefault(number, year)
        if first is year:
            continue
        if first == year:
            yield Folded("repeated")
        else:
            yield Rejection(table.file, line, "DESYNPUF_ID", "a second, different row for this beneficiary")


def _summary_fault(
    number: str, death: str, day: dt.date | None, state: str, county: str, part_a: str, part_b: str, hmo: str
) -> tuple[str, str] | None:
    if not number:
        return "DESYNPUF_ID", "missing"
    if death and day is None:
        return "BENE_DEATH_DT", "not a date as YYYYMMDD"
    if not (state.isascii() and state.isdigit() and len(state) == 2):
        return "SP_STATE_CODE", "not two digits"
    if not (county.isascii() and county.isdigit() and len(county) == 3):
        return "BENE_COUNTY_CD", "not three digits"
    for column, value in zip(_SUMMARY_COLUMNS[4:], (part_a, part_b, hmo), strict=True):
        if value not in _MONTHS:
            return column, "not a number of months from 0 to 12"
    return None


def claims(sample: Sample, reference: Reference) -> Iterator[Outcome]:
    """Every row of the inpatient claims, in the order of the file; later segments at the end."""
    table = open_table(sample.claims)
    where = _where(table, _CLAIM_COLUMNS)
    first_segments: dict[str, _Facts | None] = {}  # None: the first segment was rejected
    later: list[tuple[int, str, _Facts | Rejection]] = []
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        number, claim, segment, *stay = (values[position] for position in where)
        facts = _claim_facts(table.file, line, number, claim, segment, *stay)
        if segment > "1":
            later.append((line, claim, facts))
        elif claim in first_segments:
            yield _second(table.file, line, first_segments[claim], facts)
        else:
            first_segments[claim] = None if isinstance(facts, Rejection) else facts
            yield facts if isinstance(facts, Rejection) else _claim_row(claim, facts, reference)
    for line, claim, facts in later:
        if first_segments.get(claim) is not None:
            yield Folded("segments")
        else:
            rule = "a later segment whose first segment is missing or was rejected"
            yield facts if isinstance(facts, Rejection) else Rejection(table.file, line, "SEGMENT", rule)


def _second(file: str, line: int, first: _Facts | None, again: _Facts | Rejection) -> Outcome:
    if isinstance(again, Rejection):
        return again
    if first == again:
        return Folded("repeated")
    return Rejection(file, line, "CLM_ID", "a second, different first segment of this claim")


def _claim_facts(
    file: str, line: int, number: str, claim: str, segment: str, provider: str, admitted: str, discharged: str
) -> _Facts | Rejection:
    admission, discharge = _day(admitted), _day(discharged)
    if not number:
        return Rejection(file, line, "DESYNPUF_ID", "missing")
    if not claim:
        return Rejection(file, line, "CLM_ID", "missing")
    if not re.fullmatch(r"[1-9]", segment):
        return Rejection(file, line, "SEGMENT", "not a digit from 1 to 9")
    if not CCN_PATTERN.fullmatch(provider):
        return Rejection(file, line, "PRVDR_NUM", "not six digits or capital letters")
    if admission is None:
        return Rejection(file, line, "CLM_ADMSN_DT", "not a date as YYYYMMDD" if admitted else "missing")
    if discharge is None:
        return Rejection(file, line, "NCH_BENE_DSCHRG_DT", "not a date as YYYYMMDD" if discharged else "missing")
    if discharge < admission:
        return Rejection(file, line, "NCH_BENE_DSCHRG_DT", "before the admission")
    return _Facts(number, provider, admission, discharge)


def _claim_row(claim: str, facts: _Facts, reference: Reference) -> Row:
    beneficiary = reference.beneficiary(facts.beneficiary)
    value = {
        "beneficiary": beneficiary,
        "claim": reference.claim(claim),
        "version": 1,
        "action": "original",
        "provider": facts.provider,
        "admission": facts.admission,
        "discharge": facts.discharge,
        "status": None,
        "frequency": None,
    }
    return Row(CLAIMS.name, beneficiary, InpatientClaim.wire_type(), orjson.dumps(value))


def _where(table: Table, columns: tuple[str, ...]) -> tuple[int, ...]:
    where = {column.upper(): position for position, column in enumerate(table.columns)}
    missing = [column for column in columns if column not in where]
    if missing:
        raise UnusableFile(f"{table.file} is not a DE-SynPUF file of this kind: no column {', '.join(missing)}.")
    return tuple(where[column] for column in columns)


@lru_cache(maxsize=8192)
def _day(text: str) -> dt.date | None:
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
