"""What FHIR says of an entry beside its content: whose it is, which version, when, and whether it holds."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.feeds.evidence.facts import Fact
from shared.feeds.fhir_values import Resource, at, text
from shared.feeds.lines import Fault

_ID: Final = re.compile(r"[A-Za-z0-9.-]{1,64}")
_LOCAL: Final = re.compile(r"(?:.*/)?([A-Za-z]+/[A-Za-z0-9.-]{1,64})(?:/_history/.*)?")
_PATIENT: Final = re.compile(r"Patient/([A-Za-z0-9.-]{1,64})")
_UUID: Final = re.compile(r"urn:(?:uuid|oid):([A-Za-z0-9.-]{1,64})")
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_DAY: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T.*)?")
_ERROR: Final = "entered-in-error"
_RANKS: Final = {"amended": 2, "corrected": 2, "appended": 2, _ERROR: 3, "cancelled": 3}


@dataclass(slots=True)
class Context:
    """What entries refer to: ``settings`` of encounters by reference, and references by the addresses of a bundle."""

    settings: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def reference(self, value: object) -> str:
        """Type and id of what a Reference points to, as far as that is known."""
        told = text(value, "reference")
        local = _LOCAL.fullmatch(told)
        return self.addresses.get(told) or (local[1] if local else told)


def fact_of(resource: Resource, context: Context) -> Fact:
    """Which fact of whom; raises Fault where it is nobody's.

    The version is ``meta.versionId`` where that is a number, else the millisecond of ``meta.lastUpdated``. A source
    that tells neither has at most three versions: told, amended, entered in error.
    """
    kind, number = text(resource, "resourceType"), text(resource, "id")
    if not _ID.fullmatch(number):
        raise Fault(f"{kind}.id", "not a FHIR id")
    if kind == "Patient":
        patient = number
    else:
        name = "patient" if kind == "Immunization" else "subject"
        patient = _patient(context.reference(at(resource, name)), f"{kind}.{name}")
    status = _status(resource)
    version, amended = _version(resource, status)
    return Fact(patient, f"{kind}/{number}", version, amended or status in _RANKS)


def holds(resource: Resource) -> bool:
    """Whether it is still said: not entered in error, cancelled or refuted."""
    return _status(resource) not in {_ERROR, "cancelled", "refuted"}


def day(resource: Resource, *fields: str) -> tuple[dt.date, str]:
    """The first day that is told in one of these fields, as its place writes it, and the field; raises Fault."""
    kind = text(resource, "resourceType")
    for name in fields:
        if found := _day(resource, name):
            return found, f"{kind}.{name}"
    raise Fault(f"{kind}.{fields[0]}", "missing")


def some_day(resource: Resource, *fields: str) -> dt.date | None:
    """As ``day``, but there need not be one."""
    return next((found for name in fields if (found := _day(resource, name))), None)


def _day(resource: Resource, name: str) -> dt.date | None:
    told = text(resource, *name.split("."))
    if not told:
        return None
    match = _DAY.fullmatch(told)
    try:
        return dt.date.fromisoformat(match[1] if match else "")
    except ValueError:
        raise Fault(f"{text(resource, 'resourceType')}.{name}", "not a FHIR date with a day") from None


def _patient(told: str, field: str) -> str:
    match = _PATIENT.fullmatch(told) or _UUID.fullmatch(told)
    if match is None:
        raise Fault(field, "not a reference to a patient by id")
    return match[1]


def _status(resource: Resource) -> str:
    """The worst that is said of it; of a condition its verification."""
    codes = at(resource, "verificationStatus", "coding")
    for one in codes if isinstance(codes, list) else ():
        if isinstance(one, Mapping) and one.get("code") in {_ERROR, "refuted"}:
            return str(one["code"])
    return text(resource, "status")


def _version(resource: Resource, status: str) -> tuple[int, bool]:
    told = text(resource, "meta", "versionId")
    if _WHOLE.fullmatch(told) and int(told) > 0:
        return int(told), int(told) > 1
    updated = text(resource, "meta", "lastUpdated")
    if updated:
        try:
            moment = dt.datetime.fromisoformat(updated)
        except ValueError:
            raise Fault("meta.lastUpdated", "not a FHIR instant") from None
        if moment.tzinfo is None or moment.year < 1971:
            raise Fault("meta.lastUpdated", "not a FHIR instant")
        return int(moment.timestamp() * 1000), False
    return _RANKS.get(status, 1), False
