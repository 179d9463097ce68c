"""A facility's figure as a FHIR R4 ``MeasureReport`` of type summary, with strata where there are some.

What may be shown to whom is decided before (panel/outward.py): this only says it. Profiles of DEQM ask for more
than the base specification, such as a vendor; none is claimed.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final, NamedTuple

from services.measures.domain.panel import spans
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.published import Published
from shared.contracts.facilities import FacilityType

Element = dict[str, Any]
_TERMS: Final = "http://terminology.hl7.org/CodeSystem"
_ABSENT: Final = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
_SCORING: Final = "http://hl7.org/fhir/uv/deqm/StructureDefinition/deqm-measureScoring"
_CCN: Final = "http://terminology.hl7.org/NamingSystem/CMSCertificationNumber"
_NPI: Final = "http://hl7.org/fhir/sid/us-npi"
_OWN: Final = "urn:qio"
_PLACES: Final = 6  # decimals of a score


class Stratum(NamedTuple):
    """One group of a stratified figure."""

    name: str
    numerator: int
    denominator: int


def measure_report(
    measure: FacilityMeasure,
    unit_type: FacilityType,
    figure: Published,
    strata: Mapping[str, Sequence[Stratum]] | None = None,
    withheld: str | None = None,
) -> Element:
    """The report as JSON values; ``strata`` by what divides them, such as race. The score of a share is from 0 to 1,
    of anything else in the unit of the measure. ``withheld``: why neither counts, score nor strata are told. Raises
    ValueError for a figure of another measure."""
    if figure.measure != measure.id:
        raise ValueError(f"{figure.measure} is not a figure of {measure.id}")
    covered = spans.covered(figure.period, measure.spans)
    first, last = spans.days(covered[0])[0], spans.days(covered[-1])[1]
    identity = f"{figure.measure}|{figure.unit}|{figure.period}|{figure.revision}"
    return {
        "resourceType": "MeasureReport",
        "meta": {"tag": [{"system": f"{_OWN}:figure-status", "code": figure.status}]},
        "text": _text(measure, figure, withheld),
        "extension": [{"url": _SCORING, "valueCodeableConcept": _coded("measure-scoring", _scoring(measure))}],
        "identifier": [{"system": f"{_OWN}:figure", "value": identity}],
        "status": "complete",
        "type": "summary",
        "measure": f"{_OWN}:measure:{measure.id}|{figure.specification}",
        "date": figure.as_of.isoformat(),
        "reporter": {"type": "Organization", "identifier": _reporter(unit_type, figure.unit)},
        "period": {"start": first.isoformat(), "end": last.isoformat()},
        "improvementNotation": _coded(
            "measure-improvement-notation", "increase" if measure.better == "higher" else "decrease"
        ),
        "group": [_masked(measure) if withheld else _group(measure, figure, strata or {})],
    }


def _group(measure: FacilityMeasure, figure: Published, strata: Mapping[str, Sequence[Stratum]]) -> Element:
    group: Element = {"population": _populations(measure, figure.numerator, figure.denominator)}
    if figure.value is None:
        group["measureScore"] = _absent()
    elif measure.form is Form.SHARE:
        group["measureScore"] = _score(figure.numerator, figure.denominator)
    else:
        group["measureScore"] = {"value": round(float(figure.value), _PLACES)}
    if strata:
        group["stratifier"] = [
            {"code": [{"text": by}], "stratum": [_stratum(measure, one) for one in groups]}
            for by, groups in strata.items()
        ]
    return group


def _masked(measure: FacilityMeasure) -> Element:
    """The populations there are, without their counts."""
    population = [
        {"code": one["code"], "_count": _absent("masked")} for one in _populations(measure, numerator=0, denominator=0)
    ]
    return {"population": population, "measureScore": _absent("masked")}


def _stratum(measure: FacilityMeasure, stratum: Stratum) -> Element:
    if measure.form is not Form.SHARE:
        raise ValueError(f"{measure.id} is no share, and only shares are stratified")
    return {
        "value": {"text": stratum.name},
        "population": _populations(measure, stratum.numerator, stratum.denominator),
        "measureScore": _score(stratum.numerator, stratum.denominator),
    }


def _populations(measure: FacilityMeasure, numerator: int, denominator: int) -> list[Element]:
    """The denominator first. A predicted number is no count, so that of a standardized ratio is left out."""
    counts = {} if measure.form is Form.STANDARDIZED else {"denominator": denominator}
    counts["numerator"] = numerator
    return [{"code": _coded("measure-population", name), "count": count} for name, count in counts.items()]


def _score(numerator: int, denominator: int) -> Element:
    return {"value": round(numerator / denominator, _PLACES)} if denominator else _absent()


def _absent(why: str = "not-applicable") -> Element:
    return {"extension": [{"url": _ABSENT, "valueCode": why}]}


def _scoring(measure: FacilityMeasure) -> str:
    return "proportion" if measure.form is Form.SHARE else "ratio"


def _reporter(unit_type: FacilityType, unit: str) -> Element:
    if unit_type == "community":
        return {"system": f"{_OWN}:community", "value": unit}
    if unit_type != "practice":
        return {"system": _CCN, "value": unit}
    return {"system": _NPI if re.fullmatch(r"[12][0-9]{9}", unit) else f"{_OWN}:practice", "value": unit}


def _text(measure: FacilityMeasure, figure: Published, withheld: str | None) -> Element:
    said = figure.value if figure.reason is None else f"not computed: {figure.reason}"
    said = f"withheld: {withheld}" if withheld else said
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escape(f"{measure.title}, {figure.period}: {said}")}</div>'
    return {"status": "generated", "div": div}


def _coded(system: str, code: str) -> Element:
    return {"coding": [{"system": f"{_TERMS}/{system}", "code": code}]}
