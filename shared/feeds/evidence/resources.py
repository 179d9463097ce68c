"""FHIR R4 resources of a patient's record become facts; other resources are left out.

What a practice planned, proposed or did not do is no fact, but a vaccine or a statin that was withheld for a stated
reason is one.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from shared.feeds.evidence import codes, observations
from shared.feeds.evidence.codes import Table
from shared.feeds.evidence.drugs import DRUGS
from shared.feeds.evidence.facts import Fact, Maker
from shared.feeds.evidence.meta import Context, day, fact_of, holds, some_day
from shared.feeds.fhir_values import Resource, at, codings, listed, text
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome

OTHER: Final = Folded("other resources")
_SEEN: Final = frozenset(("arrived", "triaged", "in-progress", "onleave", "finished"))
_ORDERED: Final = frozenset(("order", "original-order", "reflex-order", "filler-order", "instance-order"))
_GIVEN: Final = frozenset(("active", "completed", "stopped", "on-hold"))
_OVER: Final = frozenset(("inactive", "resolved", "remission"))
_SETTINGS: Final = {"EMER": "emergency", **dict.fromkeys(("IMP", "ACUTE", "NONAC", "PRENC", "SS"), "inpatient")}
"""Classes of encounters whose blood pressures CMS165 leaves out, by its CQL of 2024."""


def read(resource: Resource, context: Context, maker: Maker) -> Outcome:
    """What becomes of a resource; raises Fault."""
    reader = _READERS.get(text(resource, "resourceType"))
    if reader is None:
        return OTHER
    fact = fact_of(resource, context)
    if not holds(resource):
        return maker.withdrawn(fact)
    return reader(resource, fact, context, maker)


def setting(encounter: Resource) -> str:
    """Where a patient was seen, as a blood pressure tells it."""
    return _SETTINGS.get(text(encounter, "class", "code"), "outpatient")


def found(table: Table, told: Iterable[tuple[str, str]]) -> list[str]:
    """All that the codings of a concept stand for."""
    return [name for system, code in told for name in codes.concepts(table, system, code)]


def _patient(resource: Resource, fact: Fact, _: Context, maker: Maker) -> Outcome:
    birth, field = day(resource, "birthDate")
    return maker.known(fact, birth, text(resource, "gender"), field)


def _encounter(resource: Resource, fact: Fact, _: Context, maker: Maker) -> Outcome:
    told = {name for one in listed(resource, "type") for name in found(codes.VISITS, codings(one))}
    told &= {"hospice"} if setting(resource) != "outpatient" else told
    if text(resource, "status") not in _SEEN or not told:
        return maker.nothing(fact)
    first, field = day(resource, "period.start")
    return maker.noted(fact, told, first, some_day(resource, "period.end"), field)


def _condition(resource: Resource, fact: Fact, _: Context, maker: Maker) -> Outcome:
    told = [name for one in codings(resource, "code") for name in codes.condition(*one)]
    if not told:
        return maker.nothing(fact)
    first, field = day(resource, "onsetDateTime", "onsetPeriod.start", "recordedDate")
    last = some_day(resource, "abatementDateTime", "abatementPeriod.end")
    if last is None and any(code in _OVER for _, code in codings(resource, "clinicalStatus")):
        last = first  # over, and nobody says since when
    return maker.noted(fact, told, first, last, field)


def _medication(resource: Resource, fact: Fact, _: Context, maker: Maker) -> Outcome:
    if at(resource, "medicationReference") is not None:
        raise Fault("MedicationRequest.medicationReference", "a drug that is told elsewhere; only codes are read")
    told = found(DRUGS, codings(resource, "medicationCodeableConcept"))
    if at(resource, "doNotPerform") is True:
        told = ["statin_not_given"] if "statin" in told and listed(resource, "reasonCode") else []
    elif text(resource, "intent") not in _ORDERED or text(resource, "status") not in _GIVEN:
        told = []
    if not told:
        return maker.nothing(fact)
    first, field = day(resource, "authoredOn")
    last = some_day(resource, "dispenseRequest.validityPeriod.end")
    if last is None and text(resource, "status") != "active":
        last = first  # ordered that day, and nobody says for how long
    return maker.noted(fact, told, first, last, field)


def _procedure(resource: Resource, fact: Fact, _: Context, maker: Maker) -> Outcome:
    told = found(codes.PROCEDURES, codings(resource, "code"))
    if text(resource, "status") != "completed" or not told:
        return maker.nothing(fact)
    first, field = day(resource, "performedDateTime", "performedPeriod.end", "performedPeriod.start")
    return maker.noted(fact, told, first, None, field)


def _immunization(resource: Resource, fact: Fact, _: Context, maker: Maker) -> Outcome:
    told, status = found(codes.VACCINES, codings(resource, "vaccineCode")), text(resource, "status")
    if status == "not-done":
        refused = "influenza_vaccine" in told and at(resource, "statusReason") is not None
        told = ["influenza_vaccine_not_given"] if refused else []
    elif status != "completed":
        told = []
    if not told:
        return maker.nothing(fact)
    first, field = day(resource, "occurrenceDateTime")
    return maker.noted(fact, told, first, None, field)


_READERS: Final[Mapping[str, Callable[[Resource, Fact, Context, Maker], Outcome]]] = {
    "Patient": _patient,
    "Encounter": _encounter,
    "Condition": _condition,
    "Observation": observations.read,
    "MedicationRequest": _medication,
    "Procedure": _procedure,
    "Immunization": _immunization,
}
