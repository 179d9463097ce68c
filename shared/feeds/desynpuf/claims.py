"""DE-SynPUF inpatient claims: one ``InpatientClaim`` for each claim number.

Version 1, without discharge status, which the file has not. A claim may be split into segments. The first one holds
the stay (its days agree with the covered days of the claim); later segments repeat the discharge date, begin on an
earlier or equal admission date, leave the billing dates blank and often name another provider, so nothing is taken
from them.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from shared.contracts.feeds import CCN_PATTERN, CLAIMS, InpatientClaim
from shared.feeds.desynpuf.files import Sample, day, positions
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.tables import open_table

_CLAIM_COLUMNS = ("DESYNPUF_ID", "CLM_ID", "SEGMENT", "PRVDR_NUM", "CLM_ADMSN_DT", "NCH_BENE_DSCHRG_DT")


class _Facts(NamedTuple):
    beneficiary: str
    provider: str
    admission: dt.date
    discharge: dt.date


def read(sample: Sample, reference: Reference) -> Iterator[Outcome]:
    """Every row of the inpatient claims, in the order of the file; later segments at the end."""
    table = open_table(sample.claims)
    where = positions(table, _CLAIM_COLUMNS)
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
    admission, discharge = day(admitted), day(discharged)
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
