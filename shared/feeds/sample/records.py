"""The sample as feed records, without files between."""

from collections.abc import Iterator

import orjson

from shared.contracts.feeds import CLAIMS, ENROLMENT, NURSING_HOMES, EnrolmentYear, InpatientClaim
from shared.feeds.reference import Reference
from shared.feeds.rows import Row
from shared.feeds.sample.claims import ClaimVersion
from shared.feeds.sample.histories import EnrolmentLine, histories
from shared.feeds.sample.homes import homes
from shared.feeds.sample.people import BASIS
from shared.feeds.sample.plan import Plan


def nursing_homes(plan: Plan) -> Iterator[Row]:
    """Every nursing home."""
    for home in homes(plan):
        yield Row(NURSING_HOMES.name, home.ccn, home.wire_type(), home.model_dump_json().encode())


def people(plan: Plan, reference: Reference) -> Iterator[Row]:
    """Everyone's enrolment and claims, person by person, claims in the order in which they were received."""
    for history in histories(plan):
        for line in history.enrolment:
            yield enrolment(line, reference)
        for version in history.claims:
            yield claim(version, reference)


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
    }
    return Row(ENROLMENT.name, beneficiary, EnrolmentYear.wire_type(), orjson.dumps(value))


def claim(version: ClaimVersion, reference: Reference) -> Row:
    """One claim version as a feed record."""
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
    }
    return Row(CLAIMS.name, beneficiary, InpatientClaim.wire_type(), orjson.dumps(value))
