"""RIF claims of five settings: ``InpatientClaim`` and ``CareClaim``, one for each version of a claim.

A claim has a line for each revenue centre, and every line repeats the facts of the whole claim. The first sound line
makes the claim; a later line that says something else of the whole is rejected, the others are folded into it. How
versions, actions and families are told is written in ``versions``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from shared.contracts.feeds import CARE, CLAIMS, CareClaim, InpatientClaim
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.reference import Reference
from shared.feeds.rif import heads, revenue, versions
from shared.feeds.rif.files import COLUMNS, DELIMITER
from shared.feeds.rows import Folded, Outcome, Rejection, Row

_SETTINGS: Final = {"outpatient": "outpatient", "snf": "snf", "hha": "home_health", "hospice": "hospice"}
_INPATIENT: Final = "inpatient"


@dataclass(slots=True)
class _Claim:
    """One version of a claim, and the line that told it first."""

    line: Line
    head: heads.Head
    emergency: bool = False
    observation: bool = False
    nights: list[revenue.Span] = field(default_factory=list)

    def take(self, told: revenue.Service) -> None:
        self.emergency |= told.emergency
        self.observation |= told.observation
        if told.nights is not None:
            self.nights.append(told.nights)


_Key = tuple[versions.Names, versions.Version]


def read(path: Path, kind: str, reference: Reference) -> Iterator[Outcome]:
    """Every line of a file of this kind (``inpatient``, ``outpatient``, ``snf``, ``hha``, ``hospice``); the records
    come at the end, when all lines of their claims are known.
    """
    found: dict[_Key, _Claim] = {}
    for line in lines(path, COLUMNS[kind], DELIMITER):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            if _gather(line, kind, found):
                yield Folded("lines")
        except Fault as fault:
            yield line.rejection(fault)
    families = versions.families((claim.head.names, claim.head.received) for claim in found.values())
    taken: set[tuple[str, str, int]] = set()
    for claim in found.values():
        yield _outcome(claim, kind, families[claim.head.names], taken, reference)


def _gather(line: Line, kind: str, found: dict[_Key, _Claim]) -> bool:
    """Add a line to its claim; False where it is the first. Raises Fault."""
    head = heads.head(line, inpatient=kind == _INPATIENT)
    told = revenue.service(line, hospice=kind == "hospice")
    key = (head.names, head.version)
    claim = found.setdefault(key, _Claim(line, head))
    if claim.head != head:
        fact = next(name for name, one, other in zip(head._fields, claim.head, head, strict=True) if one != other)
        raise Fault(heads.COLUMNS[fact], "not what the first line of the claim says")
    claim.take(told)
    return claim.line is not line


def _outcome(claim: _Claim, kind: str, family: str, taken: set[tuple[str, str, int]], reference: Reference) -> Outcome:
    head = claim.head
    place = (head.names.person, family, head.version.number)
    nights = revenue.united(claim.nights)
    if place in taken:
        return claim.line.rejection(Fault("CLM_ID", "a second, different claim of this family and version"))
    if len(nights) > revenue.MOST_SPANS:
        return claim.line.rejection(Fault("REV_CNTR_DT", f"more than {revenue.MOST_SPANS} separate runs of nights"))
    taken.add(place)
    value = _common(head, family, reference)
    if kind == _INPATIENT:
        value |= _inpatient(head)
        return Row(CLAIMS.name, value["beneficiary"], InpatientClaim.wire_type(), orjson.dumps(value))
    value |= _care(claim, _SETTINGS[kind], nights)
    return Row(CARE.name, value["beneficiary"], CareClaim.wire_type(), orjson.dumps(value))


def _common(head: heads.Head, family: str, reference: Reference) -> dict[str, Any]:
    return {
        "beneficiary": reference.beneficiary(head.names.person),
        "claim": reference.claim(family),
        "version": head.version.number,
        "action": head.version.action,
        "provider": head.provider,
        "status": head.status,
        "frequency": head.frequency,
        "paid": head.paid,
        "diagnoses": head.diagnoses,
        "icd": head.icd,
        "received": head.received,
    }


def _inpatient(head: heads.Head) -> dict[str, Any]:
    return {
        "admission": head.first,
        "discharge": head.last,
        "drg": head.drg,
        "poa": head.poa,
        "procedures": head.procedures,
    }


def _care(claim: _Claim, setting: str, nights: list[revenue.Span]) -> dict[str, Any]:
    outpatient = setting == "outpatient"
    return {
        "setting": setting,
        "first": claim.head.first,
        "last": claim.head.last,
        "emergency": outpatient and claim.emergency,
        "observation": outpatient and claim.observation,
        "nights": nights,
    }
