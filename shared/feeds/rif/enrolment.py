"""RIF beneficiary files as enrolment: one ``EnrolmentYear`` for each person and reference year (RFRNC_YR).

The rule ``buyin-months-v1``: a month is eligible with Part A and Part B (MDCR_ENTLMT_BUYIN_nn_IND 3 or C) and outside
Medicare Advantage (HMO_n_IND blank, 0 or 4; ResDAC lists the codes); no day before COVSTART nor after the day of death
is. Residence is the ZIP code and, where the file has none or 00000, the SSA state and county: BENE_COUNTY_CD is the
county's three digits or all five with those of the state, which then must agree with STATE_CODE.

One row for a person and year, version 1, over all files of a folder: an exact repetition is left out, a different
second row is rejected. The files do not number their deliveries, so of two deliveries of a year that differ the reader
of the feed decides by content, not by arrival.
"""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from typing import Final, NamedTuple

import orjson

from shared.contracts.feeds import ENROLMENT, EnrolmentYear
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.reference import Reference
from shared.feeds.rif.cells import MONTHS, day, zip_code
from shared.feeds.rif.files import BENEFICIARY_COLUMNS, DELIMITER, Folder
from shared.feeds.rows import Folded, Outcome, Rejection, Row

BASIS: Final = "buyin-months-v1"

_BUY_IN = frozenset("0123ABC")  # 0 none, 1 Part A, 2 Part B, 3 both; A, B, C the same with a state's buy-in
_BOTH_PARTS = frozenset("3C")
_HMO = frozenset(("", *"0124ABC"))  # ResDAC; 4 is a fee-for-service demonstration
_FEE_FOR_SERVICE = frozenset(("", "0", "4"))
_DUAL = re.compile(r"[0-9A-Z]{2}")
_NO_DUAL: Final = "NA"
_YEARS = range(1990, 2101)


class Year(NamedTuple):
    """What a row says of a person's year."""

    person: str
    year: int
    area: str
    eligible: tuple[tuple[dt.date, dt.date], ...]
    birth: dt.date | None
    death: dt.date | None
    dual: tuple[str, ...]


def read(folder: Folder, reference: Reference) -> Iterator[Outcome]:
    """Every row of the beneficiary files, in their order."""
    carries = folder.carries()
    seen: dict[tuple[str, int], Year] = {}
    for path in folder.beneficiaries:
        for line in lines(path, BENEFICIARY_COLUMNS, DELIMITER):
            yield line if isinstance(line, Rejection) else _outcome(line, seen, carries, reference)


def _outcome(line: Line, seen: dict[tuple[str, int], Year], carries: tuple[str, ...], reference: Reference) -> Outcome:
    try:
        year = _year(line)
    except Fault as fault:
        return line.rejection(fault)
    first = seen.setdefault((year.person, year.year), year)
    if first is year:
        return _row(year, _all_inputs(year, carries), reference)
    if first == year:
        return Folded("repeated")
    return line.rejection(Fault("BENE_ID", "a second, different row for this person and year"))


def _all_inputs(year: Year, carries: tuple[str, ...]) -> list[str]:
    own = [name for name, told in (("age", year.birth is not None), ("dual", bool(year.dual))) if told]
    return sorted((*carries, *own))


def _row(year: Year, carries: list[str], reference: Reference) -> Row:
    beneficiary = reference.beneficiary(year.person)
    value = {
        "beneficiary": beneficiary,
        "year": year.year,
        "version": 1,
        "area": year.area,
        "eligible": year.eligible,
        "death": year.death,
        "basis": BASIS,
        "birth": year.birth,
        "dual": year.dual,
        "moves": (),
        "conditions": (),
        "carries": carries,
    }
    return Row(ENROLMENT.name, beneficiary, EnrolmentYear.wire_type(), orjson.dumps(value))


def _year(line: Line) -> Year:
    person, text = line.need("BENE_ID"), line.need("RFRNC_YR")
    if not re.fullmatch(r"[0-9]{4}", text) or int(text) not in _YEARS:
        raise Fault("RFRNC_YR", "not a year from 1990 to 2100")
    birth, death, start = (day(line, column) for column in ("BENE_BIRTH_DT", "DEATH_DT", "COVSTART"))
    if birth is not None and death is not None and death < birth:
        raise Fault("DEATH_DT", "before the birth")
    eligible = _eligible(line, int(text), start, death)
    return Year(person, int(text), _area(line), eligible, birth, death, _dual(line))


def _area(line: Line) -> str:
    if code := zip_code(line, "BENE_ZIP_CD"):
        return f"zip:{code}"
    state, county = line.get("STATE_CODE"), line.need("BENE_COUNTY_CD")
    whole = county if len(county) == 5 else state + county
    if not re.fullmatch(r"[0-9]{5}", whole):
        raise Fault("BENE_COUNTY_CD", "not an SSA county of five digits, or three beside the state's two")
    if state and not whole.startswith(state):
        raise Fault("BENE_COUNTY_CD", "a county of another state than STATE_CODE")
    return f"ssa:{whole}"


def _eligible(
    line: Line, year: int, start: dt.date | None, death: dt.date | None
) -> tuple[tuple[dt.date, dt.date], ...]:
    """Runs of eligible months, cut at the first day of coverage and the day of death."""
    runs: list[tuple[dt.date, dt.date]] = []
    for month in range(1, 13):
        if not _is_eligible(line, month):
            continue
        first = dt.date(year, month, 1)
        last = dt.date(year, month, monthrange(year, month)[1])
        if runs and runs[-1][1] == first - dt.timedelta(days=1):
            first = runs.pop()[0]
        runs.append((first, last))
    cut = ((max(first, start or first), min(last, death or last)) for first, last in runs)
    return tuple((first, last) for first, last in cut if first <= last)


def _is_eligible(line: Line, month: int) -> bool:
    buy_in, hmo = f"MDCR_ENTLMT_BUYIN_{month}_IND", f"HMO_{month}_IND"
    if line.get(buy_in) and line.get(buy_in) not in _BUY_IN:
        raise Fault(buy_in, "not an entitlement code (0 to 3, A to C)")
    if line.get(hmo) not in _HMO:
        raise Fault(hmo, "not an HMO code (0, 1, 2, 4, A to C)")
    return line.get(buy_in) in _BOTH_PARTS and line.get(hmo) in _FEE_FOR_SERVICE


def _dual(line: Line) -> tuple[str, ...]:
    """Twelve codes, none where the file has no such columns; a blank month (not enrolled) has no dual status."""
    names = ["SEPT" if month == "SEP" else month for month in MONTHS]
    codes = []
    for name in names:
        column = f"META_DUAL_ELGBL_STUS_{name}_CD"
        if column not in line.where:
            return ()
        code = line.get(column) or _NO_DUAL
        if not _DUAL.fullmatch(code):
            raise Fault(column, "not two digits or capital letters")
        codes.append(code)
    return tuple(codes)
