"""Reads the care outside inpatient wards of a written sample: claims, fills, notices and services at home."""

from collections.abc import Iterator
from pathlib import Path

from shared.contracts.feeds import CARE, CareClaim, CommunityService, DrugFill, EncounterNotice
from shared.feeds.program_sample.lines import Cells, read, sent, spans
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, Row
from shared.feeds.sample import columns


def care(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``care.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        beneficiary = reference.beneficiary(cells["person"])
        values = {
            **cells,
            "beneficiary": beneficiary,
            "claim": reference.claim(cells["claim"]),
            "diagnoses": cells["diagnoses"].split(),
            "icd": 10,
            "nights": spans(cells["nights"]),
        }
        return sent(CARE, CareClaim, beneficiary, values)

    return read(path, columns.CARE, ("person", "claim"), row)


def fills(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``fills.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        beneficiary = reference.beneficiary(cells["person"])
        values = {**cells, "beneficiary": beneficiary, "fill": reference.fill(cells["fill"]), "system": "ndc"}
        return sent(CARE, DrugFill, beneficiary, values)

    return read(path, columns.FILLS, ("person", "fill"), row)


def notices(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``notices.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        beneficiary = reference.beneficiary(cells["person"])
        values = {
            **cells,
            "beneficiary": beneficiary,
            "visit": reference.visit(cells["visit"]),
            "diagnoses": cells["diagnoses"].split(),
        }
        return sent(CARE, EncounterNotice, beneficiary, values)

    return read(path, columns.NOTICES, ("person", "visit"), row)


def services(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``services.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        beneficiary = reference.beneficiary(cells["person"])
        values = {**cells, "beneficiary": beneficiary, "service": reference.service(cells["service"])}
        return sent(CARE, CommunityService, beneficiary, values)

    return read(path, columns.SERVICES, ("person", "service"), row)
