"""Reads the enrolment and the inpatient claims of a written sample."""

from collections.abc import Iterator
from pathlib import Path

from shared.contracts.feeds import CLAIMS, ENROLMENT, EnrolmentYear, InpatientClaim
from shared.feeds.program_sample.lines import Cells, read, sent, spans
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, Row
from shared.feeds.sample import columns
from shared.feeds.sample.people import BASIS
from shared.feeds.sample.records import CARRIES


def enrolment(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``enrolment.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        beneficiary = reference.beneficiary(cells["person"])
        values = {
            **cells,
            "beneficiary": beneficiary,
            "area": f"zip:{cells['zip_code']}",
            "eligible": spans(cells["eligible"]),
            "basis": BASIS,
            "dual": cells["dual"].split(),
            "moves": [[move[0], *(f"zip:{place}" for place in move[1:])] for move in spans(cells["moves"])],
            "carries": CARRIES,
        }
        return sent(ENROLMENT, EnrolmentYear, beneficiary, values)

    return read(path, columns.ENROLMENT, ("person",), row)


def claims(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``claims.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        beneficiary = reference.beneficiary(cells["person"])
        values = {
            **cells,
            "beneficiary": beneficiary,
            "claim": reference.claim(cells["claim"]),
            "diagnoses": cells["diagnoses"].split(),
            "procedures": cells["procedures"].split(),
            "icd": 10,
            "leave": spans(cells["leave"]),
        }
        return sent(CLAIMS, InpatientClaim, beneficiary, values)

    return read(path, columns.CLAIMS, ("person", "claim"), row)
