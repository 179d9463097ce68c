"""Observations: blood pressures, findings above a limit, smoking, housing, and tests that were done."""

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from shared.feeds.evidence import codes
from shared.feeds.evidence.facts import Fact, Maker
from shared.feeds.evidence.meta import Context, day
from shared.feeds.fhir_values import Resource, at, codings, listed, text
from shared.feeds.lines import Fault
from shared.feeds.rows import Outcome

_TOLD: Final = frozenset(("final", "amended", "corrected", "appended"))
_HALVES: Final = {"8480-6": "systolic", "8462-4": "diastolic"}
_LARGEST: Final = 1_000_000
_MMHG: Final = ("mm[Hg]", "mmHg")
_SMOKING: Final = frozenset(("39240-7", "68535-4", "68536-2", "72166-2"))
_HOUSING, _NURSING_HOME = "71802-3", "160734000"
_LIMITS: Final[Mapping[str, tuple[str, int, str]]] = {
    **dict.fromkeys(("13457-7", "18262-6", "2089-1"), ("ldl_190_or_more", 190, "mg/dL")),
    **dict.fromkeys(("79423-0", "99055-6"), ("ascvd_risk_20_or_more", 20, "%")),
}
"""LOINC code: what a value of at least this much in this unit stands for (CMS347)."""


def read(resource: Resource, fact: Fact, context: Context, maker: Maker) -> Outcome:
    """The fact an observation tells; raises Fault."""
    if text(resource, "status") not in _TOLD:
        return maker.nothing(fact)
    halves = dict(_halves(resource))
    if halves:
        on, field = _when(resource)
        setting = context.settings.get(context.reference(at(resource, "encounter")), "outpatient")
        return maker.pressure(fact, on, setting, halves, field)
    told = _found(resource)
    if not told:
        return maker.nothing(fact)
    on, field = _when(resource)
    return maker.noted(fact, told, on, None, field)


def _when(resource: Resource) -> tuple[dt.date, str]:
    return day(resource, "effectiveDateTime", "effectivePeriod.end", "effectivePeriod.start", "effectiveInstant")


def _halves(resource: Resource) -> Iterator[tuple[str, int | None]]:
    """The halves that a panel, or an observation of one of them, has a number for."""
    for part in (resource, *listed(resource, "component")):
        for _, code in codings(part, "code"):
            if code in _HALVES and at(part, "valueQuantity") is not None:
                # Rounded down: 139.6 is under 140, and so is 139.
                yield _HALVES[code], math.floor(_number(part, _MMHG))


def _found(resource: Resource) -> Collection[str]:
    told = {code for system, code in codings(resource, "code") if codes.SAME.get(system, system) == codes.LOINC}
    for code in told & _LIMITS.keys():
        name, least, unit = _LIMITS[code]
        return [name] if at(resource, "valueQuantity") is not None and _number(resource, (unit,)) >= least else []
    values = list(codings(resource, "valueCodeableConcept"))
    if told & _SMOKING:
        return [name for one in values for name in codes.concepts(codes.SMOKING, *one)]
    if _HOUSING in told and values:
        at_home = any(code == _NURSING_HOME for _, code in values)
        return ["lives_in_nursing_home" if at_home else "lives_elsewhere"]
    return [name for code in told for name in codes.concepts(codes.TESTS, codes.LOINC, code)]


def _number(part: object, units: tuple[str, ...]) -> float:
    value, unit = at(part, "valueQuantity", "value"), text(part, "valueQuantity", "code")
    unit = unit or text(part, "valueQuantity", "unit")
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < _LARGEST:
        raise Fault("Observation.valueQuantity.value", "not a number, or beyond all measure")
    if unit and unit not in units:
        raise Fault("Observation.valueQuantity.code", f"not in {units[0]}")
    return float(value)
