"""Records of the feeds as dictionaries, short to write: dates as texts, people and claims by short names."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
Pairs = Iterable[tuple[str, str]]

HOSPITAL, OTHER = "390001", "390223"
INPUTS = (
    "age", "diagnoses", "drugs", "dual", "home_health", "hospice", "inpatient", "outpatient", "payments", "poa",
    "procedures", "services", "snf", "status",
)  # fmt: skip


def ref(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def spans_of(spans: Pairs) -> tuple[tuple[dt.date, dt.date], ...]:
    return tuple((day(first), day(last)) for first, last in spans)


def optional(text: str | None) -> dt.date | None:
    return day(text) if text else None


def enrolment(person: str, year: int, *spans: tuple[str, str], **fields: Any) -> Record:
    """Enrolment of a year, the whole of it unless spans are given; born in 1940 and everything told unless said."""
    whole = ((f"{year}-01-01", f"{year}-12-31"),)
    return {
        "type": "EnrolmentYear",
        "beneficiary": ref(person),
        "year": year,
        "version": 1,
        "area": "zip:15001",
        "eligible": spans_of(spans or whole),
        "death": optional(fields.pop("death", None)),
        "basis": "test",
        "birth": optional(fields.pop("birth", "1940-06-15")),
        "dual": (),
        "moves": tuple((day(since), area) for since, area in fields.pop("moves", ())),
        "conditions": (),
        "carries": INPUTS,
        **fields,
    }


def inpatient(person: str, claim: str, admission: str, discharge: str, **fields: Any) -> Record:
    """A hospital claim, discharged home; ICD-10."""
    return {
        "type": "InpatientClaim",
        "beneficiary": ref(person),
        "claim": ref(claim),
        "version": 1,
        "action": "original",
        "provider": HOSPITAL,
        "admission": day(admission),
        "discharge": day(discharge),
        "status": "01",
        "frequency": None,
        "drg": None,
        "paid": None,
        "diagnoses": (),
        "poa": None,
        "procedures": (),
        "icd": 10,
        "leave": spans_of(fields.pop("leave", ())),
        "received": optional(fields.pop("received", None)),
        **fields,
    }


def care(person: str, claim: str, setting: str, first: str, last: str, **fields: Any) -> Record:
    """A claim of another setting; ICD-10."""
    return {
        "type": "CareClaim",
        "beneficiary": ref(person),
        "claim": ref(claim),
        "version": 1,
        "action": "original",
        "setting": setting,
        "provider": HOSPITAL,
        "first": day(first),
        "last": day(last),
        "status": None,
        "frequency": None,
        "paid": None,
        "diagnoses": (),
        "icd": 10,
        "emergency": False,
        "observation": False,
        "nights": spans_of(fields.pop("nights", ())),
        "received": optional(fields.pop("received", None)),
        **fields,
    }


def fill(person: str, name: str, filled: str, days: int, code: str, **fields: Any) -> Record:
    """A prescription fill; the code is an RxNorm identifier."""
    return {
        "type": "DrugFill",
        "beneficiary": ref(person),
        "fill": ref(name),
        "version": 1,
        "action": "original",
        "filled": day(filled),
        "days": days,
        "system": "rxnorm",
        "code": code,
        **fields,
    }


def notice(person: str, visit: str, admission: str, discharge: str | None, told: str, **fields: Any) -> Record:
    """What a hospital told of a stay."""
    return {
        "type": "EncounterNotice",
        "beneficiary": ref(person),
        "visit": ref(visit),
        "version": 1,
        "action": "original",
        "provider": HOSPITAL,
        "admission": day(admission),
        "discharge": optional(discharge),
        "status": None,
        "diagnoses": (),
        "told": day(told),
        **fields,
    }


def service(
    person: str, name: str, referred: str, started: str | None = None, ended: str | None = None, **fields: Any
) -> Record:
    """A service at home."""
    return {
        "type": "CommunityService",
        "beneficiary": ref(person),
        "service": ref(name),
        "version": 1,
        "action": "original",
        "kind": "meals",
        "referred": day(referred),
        "started": optional(started),
        "ended": optional(ended),
        **fields,
    }
