"""Section 0: of every record that is corrected, repeated or cancelled, the one version that holds.

Equal versions with different contents are decided by content: a cancel, then later dates, then larger texts.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.measures.independent.vocabulary import CONDITIONS, INPUTS, NEVER, Record, Spans

SETTINGS = ("inpatient", "outpatient", "snf", "home_health", "hospice", "notice")


@dataclass(frozen=True)
class Claim:
    """A claim of any setting, or a notice; ``last`` of a notice without a discharge is the day it was told."""

    ref: str
    setting: str
    version: int
    cancelled: bool
    first: dt.date
    last: dt.date
    provider: str
    status: str
    frequency: str
    paid: int | None
    diagnoses: tuple[str, ...]
    poa: str
    procedures: tuple[str, ...]
    emergency: bool
    observation: bool
    no_discharge: bool
    spans: Spans
    received: dt.date

    @property
    def interim(self) -> bool:
        return self.status == "30" or self.frequency in {"2", "3"} or self.no_discharge

    @property
    def principal(self) -> str | None:
        return self.diagnoses[0] if self.diagnoses else None


@dataclass
class Told:
    """What holds of one person."""

    enrolments: dict[int, Record] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    fills: list[Record] = field(default_factory=list)
    services: list[Record] = field(default_factory=list)


def spans_of(told: Iterable[Iterable[dt.date]]) -> Spans:
    return tuple((first, last) for first, last in told)


def read_claim(record: Mapping[str, Any]) -> Claim:
    """ICD-9 codes are left out: nothing is defined on them. A notice does not tell the revision; it is ICD-10."""
    kind = record["type"]
    if kind == "InpatientClaim":
        setting, ref, first, last = "inpatient", record["claim"], record["admission"], record["discharge"]
    elif kind == "CareClaim":
        setting, ref, first, last = record["setting"], record["claim"], record["first"], record["last"]
    else:
        setting, ref, first = "notice", record["visit"], record["admission"]
        last = record.get("discharge") or record["told"]
    icd10 = setting == "notice" or record.get("icd") == 10
    return Claim(
        ref=ref,
        setting=setting,
        version=record["version"],
        cancelled=record["action"] == "cancel",
        first=first,
        last=last,
        provider=record["provider"],
        status=record.get("status") or "",
        frequency=record.get("frequency") or "",
        paid=record.get("paid"),
        diagnoses=tuple(record.get("diagnoses", ())) if icd10 else (),
        poa=(record.get("poa") or "") if icd10 else "",
        procedures=tuple(record.get("procedures", ())) if icd10 else (),
        emergency=record.get("emergency", False),
        observation=record.get("observation", False),
        no_discharge=setting == "notice" and record.get("discharge") is None,
        spans=spans_of(record.get("leave", ()) or record.get("nights", ())),
        received=record.get("received") or last,
    )


def claim_precedence(claim: Claim) -> tuple[Any, ...]:
    marks = 1 * claim.emergency + 2 * claim.observation + 4 * claim.no_discharge
    return (
        claim.version,
        claim.cancelled,
        claim.first,
        claim.last,
        claim.provider,
        claim.status,
        claim.frequency,
        SETTINGS.index(claim.setting),
        claim.paid is not None,
        claim.paid or 0,
        claim.diagnoses,
        claim.poa,
        claim.procedures,
        marks,
        claim.spans,
        claim.received,
    )


def read_enrolment(record: Mapping[str, Any]) -> Record:
    return {
        "year": record["year"],
        "version": record["version"],
        "area": record["area"],
        "eligible": spans_of(record["eligible"]),
        "death": record.get("death"),
        "birth": record.get("birth"),
        "dual": tuple(record.get("dual", ())),
        "moves": tuple((since, area) for since, area in record.get("moves", ())),
        "conditions": tuple(number for number, c in enumerate(CONDITIONS) if c in record.get("conditions", ())),
        "lacks": tuple(number for number, name in enumerate(INPUTS) if name not in record.get("carries", ())),
    }


def enrolment_precedence(year: Record) -> tuple[Any, ...]:
    return (
        year["version"],
        year["area"],
        year["eligible"],
        year["death"] or NEVER,
        year["birth"] or NEVER,
        year["dual"],
        year["moves"],
        year["conditions"],
        year["lacks"],
    )


def read_fill(record: Mapping[str, Any]) -> Record:
    return {
        "version": record["version"],
        "cancelled": record["action"] == "cancel",
        "filled": record["filled"],
        "days": record["days"],
        "code": f"{record['system']}:{record['code']}",
    }


def fill_precedence(fill: Record) -> tuple[Any, ...]:
    return (fill["version"], fill["cancelled"], fill["filled"], fill["days"], fill["code"])


def read_service(record: Mapping[str, Any]) -> Record:
    return {
        "version": record["version"],
        "cancelled": record["action"] == "cancel",
        "kind": record["kind"],
        "referred": record["referred"],
        "started": record.get("started"),
        "ended": record.get("ended"),
    }


def service_precedence(service: Record) -> tuple[Any, ...]:
    return (
        service["version"],
        service["cancelled"],
        service["referred"],
        service["started"] or NEVER,
        service["ended"] or NEVER,
        service["kind"],
    )


def in_force(records: Iterable[Mapping[str, Any]]) -> dict[str, Told]:
    """What holds of each person. Inpatient and care claims share one name space; notices have their own."""
    versions: dict[tuple[str, str, Any], list[Any]] = {}
    for record in records:
        kind, person = record["type"], record["beneficiary"]
        if kind == "EnrolmentYear":
            versions.setdefault((person, "enrolment", record["year"]), []).append(read_enrolment(record))
        elif kind in {"InpatientClaim", "CareClaim"}:
            versions.setdefault((person, "claim", record["claim"]), []).append(read_claim(record))
        elif kind == "EncounterNotice":
            versions.setdefault((person, "notice", record["visit"]), []).append(read_claim(record))
        elif kind == "DrugFill":
            versions.setdefault((person, "fill", record["fill"]), []).append(read_fill(record))
        elif kind == "CommunityService":
            versions.setdefault((person, "service", record["service"]), []).append(read_service(record))
    people: dict[str, Told] = {}
    for (person, kind, _), told in versions.items():
        keep(people.setdefault(person, Told()), kind, told)
    return people


def keep(person: Told, kind: str, versions: list[Any]) -> None:
    """The highest of the versions, unless it is a cancel."""
    if kind == "enrolment":
        year = max(versions, key=enrolment_precedence)
        person.enrolments[year["year"]] = year
    elif kind in {"claim", "notice"}:
        claim = max(versions, key=claim_precedence)
        if not claim.cancelled:
            person.claims.append(claim)
    elif kind == "fill":
        fill = max(versions, key=fill_precedence)
        if not fill["cancelled"]:
            person.fills.append(fill)
    else:
        service = max(versions, key=service_precedence)
        if not service["cancelled"]:
            person.services.append(service)
