"""Facts of one patient as they travel, made short, and what they add up to."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from typing import Any

from services.measures.domain.practices.count import count
from services.measures.domain.practices.patient import Fact
from shared.contracts.compiled_evidence import EVIDENCE

PRACTICE = "1234567893"
Record = dict[str, Any]


def ref(name: str) -> str:
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def born(birth: str, sex: str = "female", version: int = 1, fact: str = "person") -> Record:
    return _fact("PatientKnown", fact, version) | {"birth": birth, "sex": sex}


def noted(concepts: str, first: str, last: str | None = None, fact: str | None = None, version: int = 1) -> Record:
    """Concepts with blanks between; each is a fact of its own unless one is named."""
    told = {"concepts": concepts.split(), "first": first} | ({"last": last} if last else {})
    return _fact("EvidenceNoted", fact or f"{concepts}/{first}/{last}", version) | told


def note(told: str) -> Record:
    """A concept and its first day, with a blank between."""
    concept, first = told.split()
    return noted(concept, first)


def pressure(
    on: str,
    upper: int | None,
    lower: int | None,
    fact: str | None = None,
    setting: str = "outpatient",
    version: int = 1,
) -> Record:
    told = {"on": on, "setting": setting, "systolic": upper, "diastolic": lower}
    name = fact or f"{on}/{upper}/{lower}/{setting}"
    return _fact("PressureTaken", name, version) | {key: value for key, value in told.items() if value is not None}


def withdrawn(fact: str, version: int) -> Record:
    return _fact("EvidenceWithdrawn", fact, version) | {"action": "cancel"}


def in_force(records: Iterable[Record]) -> list[Fact]:
    """What the engine keeps: of each fact the first told of the highest version, nothing of a withdrawn one."""
    kept: dict[str, Record] = {}
    for record in records:
        if record["fact"] not in kept or kept[record["fact"]]["version"] < record["version"]:
            kept[record["fact"]] = record
    return [decoded(record) for record in kept.values() if record.get("action") != "cancel"]


def decoded(record: Record) -> Fact:
    fact: Fact = EVIDENCE[record["type"]](json.dumps(record).encode())
    return fact


def amounts(today: str, *records: Record) -> dict[str, dict[str, int]]:
    """What these records add up to by year."""
    return {year: dict(one) for year, one in count(in_force(records), dt.date.fromisoformat(today)).amounts.items()}


def asked(component: str, year: int, *records: Record, today: str = "2030-12-31") -> bool | None:
    """Whether the measure is met in the year; None where the patient is not in its denominator."""
    found = amounts(today, *records).get(str(year), {})
    return bool(found.get(component, 0)) if found.get(f"{component}_of") else None


def _fact(kind: str, fact: str, version: int) -> Record:
    return {
        "type": f"feeds.{kind}.v1",
        "practice": PRACTICE,
        "patient": ref("patient"),
        "fact": ref(fact),
        "version": version,
    }
