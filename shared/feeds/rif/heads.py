"""What every line of a claim repeats: who, where, when, which codes, and what was paid."""

import datetime as dt
import re
from typing import Final, NamedTuple

from shared.feeds.lines import Fault, Line
from shared.feeds.rif.cells import ccn, cents, day, fits, some_day
from shared.feeds.rif.versions import Names, Version, of_claim

_LISTED: Final = 25
_DIAGNOSIS = re.compile(r"[0-9A-Z]{3,8}")
_PROCEDURE = re.compile(r"[0-9A-Z]{3,7}")
_STATUS = re.compile(r"[0-9]{1,2}")
_ONE = re.compile(r"[0-9A-Z]")
_DRG = re.compile(r"[0-9]{3}")
_UNKNOWN_POA: Final = "-"
_REVISIONS: Final = {"0": 10, "9": 9}
_ICD_10_SINCE: Final = dt.date(2015, 10, 1)  # 45 CFR 162.1002(c)


class Head(NamedTuple):
    """The facts of one version of a claim. ``first`` and ``last`` are admission and discharge of an inpatient claim,
    else the days billed from and through; ``paid`` is in cents.
    """

    names: Names
    version: Version
    provider: str
    first: dt.date
    last: dt.date
    status: str | None
    frequency: str | None
    drg: str | None
    paid: int | None
    diagnoses: tuple[str, ...]
    poa: str | None
    procedures: tuple[str, ...]
    icd: int | None
    received: dt.date | None


# The column that tells a fact, to say in which two lines of one claim differ.
COLUMNS: Final = {
    "names": "FI_ORIG_CLM_CNTL_NUM",
    "version": "FI_CLM_ACTN_CD",
    "provider": "PRVDR_NUM",
    "first": "CLM_FROM_DT",
    "last": "CLM_THRU_DT",
    "status": "PTNT_DSCHRG_STUS_CD",
    "frequency": "CLM_FREQ_CD",
    "drg": "CLM_DRG_CD",
    "paid": "CLM_PMT_AMT",
    "diagnoses": "ICD_DGNS_CD1",
    "poa": "CLM_POA_IND_SW1",
    "procedures": "ICD_PRCDR_CD1",
    "icd": "PRNCPAL_DGNS_VRSN_CD",
    "received": "NCH_WKLY_PROC_DT",
}


def head(line: Line, *, inpatient: bool) -> Head:
    """The facts as one line tells them; raises Fault for the first that breaks a rule."""
    frequency = fits(line, "CLM_FREQ_CD", _ONE, "not one digit or capital letter")
    received = day(line, "NCH_WKLY_PROC_DT")
    names = Names(
        line.need("BENE_ID"),
        line.need("CLM_ID"),
        line.get("FI_DOC_CLM_CNTL_NUM"),
        line.get("FI_ORIG_CLM_CNTL_NUM"),
    )
    first, last = _days(line, inpatient=inpatient)
    diagnoses, poa = _diagnoses(line)
    procedures = tuple(code for _, code in _codes(line, "ICD_PRCDR_CD", _PROCEDURE))
    status = fits(line, "PTNT_DSCHRG_STUS_CD", _STATUS, "not one or two digits")
    drg = line.get("CLM_DRG_CD")
    return Head(
        names=names,
        version=of_claim(line, frequency, received),
        provider=ccn(line, "PRVDR_NUM"),
        first=first,
        last=last,
        status=status and status.zfill(2),
        frequency=frequency,
        drg=drg if _DRG.fullmatch(drg) else None,
        paid=cents(line, "CLM_PMT_AMT"),
        diagnoses=diagnoses,
        poa=poa,
        procedures=procedures,
        icd=_revision(line, last) if diagnoses or procedures else None,
        received=received,
    )


def _days(line: Line, *, inpatient: bool) -> tuple[dt.date, dt.date]:
    """First and last day; a patient who has not left has no day of discharge, and the claim ends with what it bills."""
    start, end = "CLM_FROM_DT", "CLM_THRU_DT"
    if inpatient:
        start = "CLM_ADMSN_DT"
        end = "NCH_BENE_DSCHRG_DT" if line.get("NCH_BENE_DSCHRG_DT") else end
    first, last = some_day(line, start), some_day(line, end)
    if last < first:
        raise Fault(end, "before the admission" if inpatient else "before the first day")
    return first, last


def _diagnoses(line: Line) -> tuple[tuple[str, ...], str | None]:
    """The principal diagnosis and the listed others, each with its present-on-admission character.

    The principal one often stands in the list too, with its character; it is not repeated. Where PRNCPAL_DGNS_CD is
    blank the first of the list is the principal one, as in all RIF claims.
    """
    listed = [
        (code, fits(line, f"CLM_POA_IND_SW{place}", _ONE, "not one digit or capital letter") or _UNKNOWN_POA)
        for place, code in _codes(line, "ICD_DGNS_CD", _DIAGNOSIS)
    ]
    principal = fits(line, "PRNCPAL_DGNS_CD", _DIAGNOSIS, "not three to eight digits or capital letters")
    if principal is not None:
        mark = next((mark for code, mark in listed if code == principal), _UNKNOWN_POA)
        listed = [(principal, mark), *((code, mark) for code, mark in listed if code != principal)]
    poa = "".join(mark for _, mark in listed) if "CLM_POA_IND_SW1" in line.where else None
    return tuple(code for code, _ in listed), poa


def _codes(line: Line, column: str, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    rule = f"not {pattern.pattern} without a dot"
    found = ((place, fits(line, f"{column}{place}", pattern, rule)) for place in range(1, _LISTED + 1))
    return [(place, code) for place, code in found if code is not None]


def _revision(line: Line, last: dt.date) -> int:
    """The revision of all codes, by the first version code there is, else by the day ICD-10 came into use."""
    column = next((name for name in ("PRNCPAL_DGNS_VRSN_CD", "ICD_DGNS_VRSN_CD1") if line.get(name)), None)
    if column is None:
        return 10 if last >= _ICD_10_SINCE else 9
    if line.get(column) not in _REVISIONS:
        raise Fault(column, "neither 0 (ICD-10) nor 9 (ICD-9)")
    return _REVISIONS[line.get(column)]
