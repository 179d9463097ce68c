"""Synthea encounters as claims: ``inpatient`` as InpatientClaim; ``snf``, ``hospice`` and ``emergency`` as CareClaim.

Other classes (visits to offices, wellness, home visits) are no claims a measure counts and are left out, and so are
encounters that end before the patient's enrolment begins. Codes are SNOMED and there is no discharge status, so claims
have neither; a hospice encounter tells nothing of nights in a facility.

Organizations are UUIDs and have no CCN. A provider is ``X`` and five characters of base 32 from the SHA-256 of the
UUID: no CCN has that form, so such a provider tells no kind of facility and counts as acute in inpatient claims. Two
organizations may share one (1 in 33 million for a pair).
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import orjson

from shared.contracts.feeds import CARE, CLAIMS, CareClaim, InpatientClaim
from shared.feeds.lines import Fault, Line, lines
from shared.feeds.reference import Reference
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.synthea.files import ENCOUNTER_COLUMNS, Folder, some_day
from shared.feeds.synthea.people import BEFORE, Person, known, owner

_INPATIENT: Final = "inpatient"
_SETTINGS: Final = {"snf": "snf", "hospice": "hospice", "emergency": "outpatient"}
_OTHER: Final = "other_classes"
_Facts = tuple[str, ...]


def read(folder: Folder, reference: Reference) -> Iterator[Outcome]:
    """Every encounter, in the order of the file."""
    people = known(folder)
    seen: dict[str, _Facts] = {}
    for line in lines(folder.encounters, ENCOUNTER_COLUMNS):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield _outcome(line, people, seen, reference)
        except Fault as fault:
            yield line.rejection(fault)


def provider(organization: str) -> str:
    """Six characters that stand for an organization, the same for ever."""
    digest = hashlib.sha256(organization.encode()).digest()
    return "X" + base64.b32encode(digest)[:5].decode()


_provider = lru_cache(maxsize=4096)(provider)


def _outcome(line: Line, people: dict[str, Person], seen: dict[str, _Facts], reference: Reference) -> Outcome:
    kind, number, person = line.need("ENCOUNTERCLASS"), line.need("ID"), owner(line, people)
    if kind != _INPATIENT and kind not in _SETTINGS:
        return Folded(_OTHER)
    organization, (first, last) = line.need("ORGANIZATION"), _days(line)
    if last < person.first:
        return Folded(BEFORE)
    facts = tuple(line.get(column) for column in ENCOUNTER_COLUMNS)
    known_as = seen.setdefault(number, facts)
    if known_as is facts:
        return _row(kind, number, organization, (first, last), person, reference)
    if known_as == facts:
        return Folded("repeated")
    raise Fault("ID", "a second, different row for this encounter")


def _days(line: Line) -> tuple[dt.date, dt.date]:
    first, last = some_day(line, "START"), some_day(line, "STOP")
    if last < first:
        raise Fault("STOP", "before the start")
    return first, last


def _row(
    kind: str, number: str, organization: str, days: tuple[dt.date, dt.date], person: Person, reference: Reference
) -> Row:
    value: dict[str, Any] = {
        "beneficiary": reference.beneficiary(person.number),
        "claim": reference.claim(number),
        "version": 1,
        "action": "original",
        "provider": _provider(organization),
    }
    if kind == _INPATIENT:
        value |= {"admission": days[0], "discharge": days[1]}
        return Row(CLAIMS.name, value["beneficiary"], InpatientClaim.wire_type(), orjson.dumps(value))
    value |= {"setting": _SETTINGS[kind], "first": days[0], "last": days[1], "emergency": kind == "emergency"}
    return Row(CARE.name, value["beneficiary"], CareClaim.wire_type(), orjson.dumps(value))
