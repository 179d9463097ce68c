"""The sample as feed records, without files between."""

from collections.abc import Iterator
from typing import Any, Final, get_args

import orjson

from shared.contracts import feeds
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Topic
from shared.feeds.reference import Reference
from shared.feeds.rows import Row
from shared.feeds.sample.billing import CareVersion
from shared.feeds.sample.claims import ClaimVersion
from shared.feeds.sample.fills import FillVersion
from shared.feeds.sample.histories import EnrolmentLine, History, histories
from shared.feeds.sample.homes import homes
from shared.feeds.sample.notices import NoticeVersion
from shared.feeds.sample.people import BASIS
from shared.feeds.sample.plan import Plan
from shared.feeds.sample.services import ServiceVersion
from shared.feeds.sample.value_sets import SOURCE, value_sets, version

CARRIES: Final[tuple[str, ...]] = get_args(feeds.Input)
"""The sample tells everything a measure may need."""


def nursing_homes(plan: Plan) -> Iterator[Row]:
    """Every nursing home."""
    for home in homes(plan):
        yield Row(feeds.NURSING_HOMES.name, home.ccn, home.wire_type(), home.model_dump_json().encode())


def value_set_parts(plan: Plan) -> Iterator[Row]:
    """Every value set, each in one part."""
    for name, pairs in value_sets(plan).items():
        value = {
            "name": name,
            "version": version(pairs),
            "part": 1,
            "parts": 1,
            "source": SOURCE,
            "codes": pairs,
        }
        yield _row(feeds.VALUE_SETS, name, feeds.ValueSetPart, value)


def people(plan: Plan, reference: Reference) -> Iterator[Row]:
    """Everyone's enrolment and inpatient claims, person by person, claims in the order in which they were received."""
    for history in histories(plan):
        yield from _people(history, reference)


def lives(plan: Plan, reference: Reference) -> Iterator[Row]:
    """Everything about everyone, person by person."""
    for history in histories(plan):
        yield from _people(history, reference)
        for of_care in history.care:
            yield care(of_care, reference)
        for of_fill in history.fills:
            yield fill(of_fill, reference)
        for of_notice in history.notices:
            yield notice(of_notice, reference)
        for of_service in history.services:
            yield service(of_service, reference)


def _people(history: History, reference: Reference) -> Iterator[Row]:
    for line in history.enrolment:
        yield enrolment(line, reference)
    for of_claim in history.claims:
        yield claim(of_claim, reference)


def enrolment(line: EnrolmentLine, reference: Reference) -> Row:
    """One enrolment line as a feed record."""
    beneficiary = reference.beneficiary(line.person)
    value = {
        "beneficiary": beneficiary,
        "year": line.year,
        "version": line.version,
        "area": f"zip:{line.zip_code}",
        "eligible": line.spans,
        "death": line.death,
        "basis": BASIS,
        "birth": line.birth,
        "dual": line.dual,
        "moves": tuple((day, f"zip:{zip_code}") for day, zip_code in line.moves),
        "conditions": (),
        "carries": CARRIES,
    }
    return _row(feeds.ENROLMENT, beneficiary, feeds.EnrolmentYear, value)


def claim(version: ClaimVersion, reference: Reference) -> Row:
    """One inpatient claim version as a feed record."""
    beneficiary = reference.beneficiary(version.person)
    value = {
        "beneficiary": beneficiary,
        "claim": reference.claim(version.claim),
        "version": version.version,
        "action": version.action,
        "provider": version.provider,
        "admission": version.admission,
        "discharge": version.discharge,
        "status": version.status,
        "frequency": version.frequency,
        "drg": version.drg,
        "paid": version.paid,
        "diagnoses": version.diagnoses,
        "poa": version.poa,
        "procedures": version.procedures,
        "icd": 10,
        "leave": version.leave,
        "received": version.received,
    }
    return _row(feeds.CLAIMS, beneficiary, feeds.InpatientClaim, value)


def care(version: CareVersion, reference: Reference) -> Row:
    """One claim version of another setting as a feed record."""
    beneficiary = reference.beneficiary(version.person)
    value = {
        "beneficiary": beneficiary,
        "claim": reference.claim(version.claim),
        "version": version.version,
        "action": version.action,
        "setting": version.setting,
        "provider": version.provider,
        "first": version.first,
        "last": version.last,
        "status": version.status,
        "frequency": version.frequency,
        "paid": version.paid,
        "diagnoses": version.diagnoses,
        "icd": 10,
        "emergency": version.emergency,
        "observation": version.observation,
        "nights": version.nights,
        "received": version.received,
    }
    return _row(feeds.CARE, beneficiary, feeds.CareClaim, value)


def fill(version: FillVersion, reference: Reference) -> Row:
    """One fill version as a feed record."""
    beneficiary = reference.beneficiary(version.person)
    value = {
        "beneficiary": beneficiary,
        "fill": reference.fill(version.fill),
        "version": version.version,
        "action": version.action,
        "filled": version.filled,
        "days": version.days,
        "system": "ndc",
        "code": version.code,
    }
    return _row(feeds.CARE, beneficiary, feeds.DrugFill, value)


def notice(version: NoticeVersion, reference: Reference) -> Row:
    """One message about an encounter as a feed record."""
    beneficiary = reference.beneficiary(version.person)
    value = {
        "beneficiary": beneficiary,
        "visit": reference.visit(version.visit),
        "version": version.version,
        "action": version.action,
        "provider": version.provider,
        "admission": version.admission,
        "discharge": version.discharge,
        "status": version.status or None,
        "diagnoses": version.diagnoses,
        "told": version.told,
    }
    return _row(feeds.CARE, beneficiary, feeds.EncounterNotice, value)


def service(version: ServiceVersion, reference: Reference) -> Row:
    """One version of a community service as a feed record."""
    beneficiary = reference.beneficiary(version.person)
    value = {
        "beneficiary": beneficiary,
        "service": reference.service(version.service),
        "version": version.version,
        "action": version.action,
        "kind": version.kind,
        "referred": version.referred,
        "started": version.started,
        "ended": version.ended,
    }
    return _row(feeds.CARE, beneficiary, feeds.CommunityService, value)


def _row(topic: Topic, key: str, model: type[FeedRecord], value: dict[str, Any]) -> Row:
    return Row(topic.name, key, model.wire_type(), orjson.dumps(value))
