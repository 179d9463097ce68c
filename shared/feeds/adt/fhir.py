"""FHIR R4 admit and discharge notifications (HL7 Da Vinci Alerts) become encounter notices.

A notification is a Bundle of type ``message`` whose MessageHeader focuses on an Encounter. Days are those at the
hospital, as the times are written. An encounter has ended when its status says so: ``period.end`` of one in progress
is only what was known of it so far.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from shared.feeds.adt.notices import NOT_INPATIENT, Moment, Taker, diagnoses, is_ccn, status
from shared.feeds.fhir_values import Resource, as_object, at, listed, text
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome

_INPATIENT: Final = frozenset(("IMP", "ACUTE", "NONAC"))
_CANCELLED: Final = frozenset(("cancelled", "entered-in-error"))
_MEDICARE_TYPES: Final = ("MC", "MB", "HC")
_MEDICARE_SYSTEMS: Final = frozenset(("http://hl7.org/fhir/sid/us-mbi", "http://hl7.org/fhir/sid/us-medicare"))
_CCN_SYSTEMS: Final = frozenset(
    (
        "http://hl7.org/fhir/sid/us-ccn",
        "http://terminology.hl7.org/NamingSystem/CMSCertificationNumber",
        "urn:oid:2.16.840.1.113883.4.336",
    )
)
_ICD_10_CM: Final = frozenset(("http://hl7.org/fhir/sid/icd-10-cm", "urn:oid:2.16.840.1.113883.6.90"))
_DISPOSITIONS: Final = "http://terminology.hl7.org/CodeSystem/discharge-disposition"
_STATUS_OF: Final = {"home": "01", "snf": "03", "aadvice": "07", "exp": "20"}  # of those, the ones UB-04 has as well


def read(bundle: object, taker: Taker) -> Outcome:
    """The record, or why there is none; raises Fault."""
    message = _Message(bundle)
    encounter = message.focus()
    if at(encounter, "class", "code") not in _INPATIENT:
        return NOT_INPATIENT
    state = at(encounter, "status")
    if state == "planned":
        return Folded("not begun")
    when = _moment(text(message.bundle, "timestamp"), "Bundle.timestamp")
    taker.check(when, "Bundle.timestamp")
    cancelled = state in _CANCELLED
    start = text(encounter, "period", "start")
    if not start and not cancelled:
        raise Fault("Encounter.period.start", "missing")
    discharge = None
    if state == "finished":
        discharge = _moment(text(encounter, "period", "end"), "Encounter.period.end").day
    facts = {
        "action": "cancel" if cancelled else "original" if message.event() == "notification-admit" else "adjust",
        "provider": _provider(message, encounter, taker),
        "admission": _moment(start, "Encounter.period.start").day if start else when.day,
        "discharge": discharge,
        "status": _disposition(encounter) if discharge else None,
        "diagnoses": diagnoses(_codes(message, encounter)),
    }
    return taker.row(_person(message, encounter), _visit(encounter), when, facts)


class _Message:
    """The resources of a message bundle, by the references other resources use."""

    def __init__(self, bundle: object) -> None:
        self.bundle = as_object(bundle)
        if at(self.bundle, "resourceType") != "Bundle" or at(self.bundle, "type") != "message":
            raise Fault("Bundle.type", "not a message")
        self._by_reference: dict[str, Resource] = {}
        self._resources: list[Resource] = []
        for entry in listed(self.bundle, "entry"):
            resource = as_object(at(entry, "resource"))
            self._resources.append(resource)
            for reference in (text(entry, "fullUrl"), f"{text(resource, 'resourceType')}/{text(resource, 'id')}"):
                self._by_reference.setdefault(reference, resource)

    def of(self, kind: str) -> Iterator[Resource]:
        return (resource for resource in self._resources if at(resource, "resourceType") == kind)

    def at(self, reference: object) -> Resource:
        """The resource a Reference points to, or an empty one."""
        return self._by_reference.get(text(as_object(reference), "reference"), {})

    def header(self) -> Resource:
        header = next(self.of("MessageHeader"), None)
        if header is None:
            raise Fault("MessageHeader", "missing")
        return header

    def event(self) -> str:
        return text(self.header(), "eventCoding", "code")

    def focus(self) -> Resource:
        focused = [self.at(reference) for reference in listed(self.header(), "focus")]
        for resource in focused:
            if at(resource, "resourceType") == "Encounter":
                return resource
        raise Fault("MessageHeader.focus", "not an encounter of the message")


def _provider(message: _Message, encounter: Resource, taker: Taker) -> str:
    """The encounter's organization, else the one responsible for the message, else its sender."""
    header = message.header()
    for reference in (at(encounter, "serviceProvider"), at(header, "responsible"), at(header, "sender")):
        organization = message.at(reference)
        ids = [(text(one, "system"), text(one, "value")) for one in listed(organization, "identifier")]
        for system, value in ids:
            if system in _CCN_SYSTEMS and is_ccn(value):
                return value
        for name in (text(organization, "name"), *(value for _, value in ids)):
            if ccn := taker.facilities.named(name):
                return ccn
    raise Fault("Encounter.serviceProvider", "a facility without a CMS certification number")


def _person(message: _Message, encounter: Resource) -> str:
    patient = message.at(at(encounter, "subject"))
    ids = [one for one in listed(patient, "identifier") if text(one, "value")]
    if not ids:
        raise Fault("Patient.identifier", "missing")
    for one in ids:
        if text(one, "system") in _MEDICARE_SYSTEMS:
            return text(one, "value")
    for wanted in _MEDICARE_TYPES:
        for one in ids:
            if any(at(coding, "code") == wanted for coding in listed(as_object(at(one, "type")), "coding")):
                return text(one, "value")
    return text(ids[0], "value")


def _visit(encounter: Resource) -> str:
    for one in listed(encounter, "identifier"):
        if value := text(one, "value"):
            return f"{text(one, 'system')} {value}"
    raise Fault("Encounter.identifier", "missing")


def _disposition(encounter: Resource) -> str | None:
    for coding in listed(as_object(at(encounter, "hospitalization", "dischargeDisposition")), "coding"):
        code = text(coding, "code")
        if found := _STATUS_OF.get(code) if at(coding, "system") == _DISPOSITIONS else status(code):
            return found
    return None


def _codes(message: _Message, encounter: Resource) -> Iterator[str]:
    """ICD-10-CM codes of the conditions the encounter names, then of those that name the encounter."""
    named = [message.at(at(one, "condition")) for one in listed(encounter, "diagnosis")]
    naming = [one for one in message.of("Condition") if message.at(at(one, "encounter")) is encounter]
    for condition in (*named, *naming):
        for coding in listed(as_object(at(condition, "code")), "coding"):
            if at(coding, "system") in _ICD_10_CM:
                yield text(coding, "code").upper()


def _moment(text: str, field: str) -> Moment:
    if not text:
        raise Fault(field, "missing")
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Fault(field, "not a FHIR time with at least a day") from None
    aware = time if time.tzinfo else time.replace(tzinfo=dt.UTC)
    return Moment(int(aware.timestamp()), time.date())
