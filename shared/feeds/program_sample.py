"""Reads the enrolment and claims files of a written sample; their columns are described in ``sample.files``."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import ValidationError

from shared.contracts.feeds import CLAIMS, ENROLMENT, EnrolmentYear, InpatientClaim
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile
from shared.feeds.sample.files import CLAIM_COLUMNS, ENROLMENT_COLUMNS
from shared.feeds.sample.people import BASIS
from shared.feeds.tables import open_table

Cells = dict[str, str]


def enrolment(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``enrolment.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        record = EnrolmentYear.model_validate(
            {
                **cells,
                "beneficiary": reference.beneficiary(cells["person"]),
                "area": f"zip:{cells['zip_code']}",
                "eligible": [span.split("/") for span in cells["eligible"].split()],
                "death": cells["death"] or None,
                "basis": BASIS,
            }
        )
        return Row(ENROLMENT.name, record.beneficiary, record.wire_type(), record.model_dump_json().encode())

    return _read(path, ENROLMENT_COLUMNS, row)


def claims(path: Path, reference: Reference) -> Iterator[Outcome]:
    """Every line of ``claims.csv``; raises UnusableFile when it is not such a file."""

    def row(cells: Cells) -> Row:
        record = InpatientClaim.model_validate(
            {
                **cells,
                "beneficiary": reference.beneficiary(cells["person"]),
                "claim": reference.claim(cells["claim"]),
                "status": cells["status"] or None,
                "frequency": cells["frequency"] or None,
                "drg": cells["drg"] or None,
                "paid": cells["paid"] or None,
            }
        )
        return Row(CLAIMS.name, record.beneficiary, record.wire_type(), record.model_dump_json().encode())

    return _read(path, CLAIM_COLUMNS, row)


def _read(path: Path, columns: tuple[str, ...], row: Callable[[Cells], Row]) -> Iterator[Outcome]:
    table = open_table(path)
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise UnusableFile(f"{path.name} is not such a file of a sample: no column {', '.join(missing)}.")
    for line, values in table.rows():
        if isinstance(values, Rejection):
            yield values
            continue
        cells = dict(zip(table.columns, values, strict=True))
        blank = next((name for name in ("person", "claim") if cells.get(name) == ""), None)
        if blank is not None:
            yield Rejection(table.file, line, blank, "missing")
            continue
        try:
            yield row(cells)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            field = str(first["loc"][0]) if first["loc"] else "(row)"
            yield Rejection(table.file, line, field, str(first["type"]).replace("_", " "))
