"""DE-SynPUF inpatient claims: one ``InpatientClaim`` for each claim number.

Version 1, without discharge status, which the file has not; the DRG where it is three digits (some are ``OTH``). Codes
are ICD-9, the principal diagnosis first. Those listed as procedures are left out: many of them are diagnosis codes. A
claim may be split into segments. The first one holds the stay (its days agree with the covered days of the claim);
later segments repeat the discharge date, begin on an earlier or equal admission date, leave the billing dates blank
and often name another provider, so nothing is taken from them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from shared.contracts.feeds import CCN_PATTERN, CLAIMS, InpatientClaim
from shared.feeds.desynpuf.files import PAYMENT_COLUMNS, Sample, day, positions
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.tables import open_table

_CLAIM_COLUMNS = ("DESYNPUF_ID", "CLM_ID", "SEGMENT", "PRVDR_NUM", "CLM_ADMSN_DT", "NCH_BENE_DSCHRG_DT")
_DIAGNOSIS_COLUMNS = tuple(f"ICD9_DGNS_CD_{place}" for place in range(1, 11))  # an extract may lack them
_DIAGNOSIS = re.compile(r"[0-9A-Z]{3,8}")
_DRG = re.compile(r"[0-9]{3}")
_DOLLARS = re.compile(r"(-?)([0-9]{1,9})\.([0-9]{2})")


class _Columns(NamedTuple):
    """One row as written; ``drg`` and ``paid`` are blank where the file has no such columns."""

    number: str
    claim: str
    segment: str
    provider: str
    admitted: str
    discharged: str
    drg: str = ""
    paid: str = ""


class _Facts(NamedTuple):
    beneficiary: str
    provider: str
    admission: dt.date
    discharge: dt.date
    drg: str | None
    paid: int | None
    diagnoses: tuple[str, ...]


def read(sample: Sample, reference: Reference) -> Iterator[Outcome]:
    """Every row of the inpatient claims, in the order of the file; later segments at the end."""
    table = open_table(sample.claims)
    there = {column.upper() for column in table.columns}
    where = positions(table, _CLAIM_COLUMNS + (PAYMENT_COLUMNS if set(PAYMENT_COLUMNS) <= there else ()))
    listed = positions(table, _DIAGNOSIS_COLUMNS if set(_DIAGNOSIS_COLUMNS) <= there else ())
    first_segments: dict[str, _Facts | None] = {}  # None: the first segment was rejected
    later: list[tuple[int, str, _Facts | Rejection]] = []
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        row = _Columns(*(values[position] for position in where))
        codes = tuple(values[position] for position in listed)
        claim, facts = row.claim, _claim_facts(table.file, line, row, codes)
        if row.segment > "1":
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


def _claim_facts(file: str, line: int, row: _Columns, codes: tuple[str, ...]) -> _Facts | Rejection:
    admission, discharge, paid = day(row.admitted), day(row.discharged), _DOLLARS.fullmatch(row.paid)
    fault = _fault(row, admission, discharge, paid) or _code_fault(codes)
    if fault is not None or admission is None or discharge is None:
        return Rejection(file, line, *(fault or ("CLM_ADMSN_DT", "missing")))
    return _Facts(
        row.number,
        row.provider,
        admission,
        discharge,
        row.drg if _DRG.fullmatch(row.drg) else None,
        int("".join(paid.groups())) if paid else None,
        tuple(filter(None, codes)),
    )


def _fault(
    row: _Columns, admission: dt.date | None, discharge: dt.date | None, paid: re.Match[str] | None
) -> tuple[str, str] | None:
    checks = (
        (row.number, "DESYNPUF_ID", "missing"),
        (row.claim, "CLM_ID", "missing"),
        (re.fullmatch(r"[1-9]", row.segment), "SEGMENT", "not a digit from 1 to 9"),
        (CCN_PATTERN.fullmatch(row.provider), "PRVDR_NUM", "not six digits or capital letters"),
        (admission, "CLM_ADMSN_DT", "not a date as YYYYMMDD" if row.admitted else "missing"),
        (discharge, "NCH_BENE_DSCHRG_DT", "not a date as YYYYMMDD" if row.discharged else "missing"),
        (admission and discharge and discharge >= admission, "NCH_BENE_DSCHRG_DT", "before the admission"),
        (paid or not row.paid, "CLM_PMT_AMT", "not dollars and cents"),
    )
    return next(((field, rule) for holds, field, rule in checks if not holds), None)


def _code_fault(codes: tuple[str, ...]) -> tuple[str, str] | None:
    for place, code in enumerate(codes, start=1):
        if code and not _DIAGNOSIS.fullmatch(code):
            return f"ICD9_DGNS_CD_{place}", "not three to eight digits or capital letters"
    return None


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
        "drg": facts.drg,
        "paid": facts.paid,
        "diagnoses": facts.diagnoses,
        "poa": None,
        "procedures": (),
        "icd": 9 if facts.diagnoses else None,
        "leave": (),
        "received": None,
    }
    return Row(CLAIMS.name, beneficiary, InpatientClaim.wire_type(), orjson.dumps(value))
