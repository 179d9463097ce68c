"""Reads long-term services and supports at home from this project's own CSV layout.

Columns: ``person`` and ``service`` (their numbers), ``version`` (from 1; 1 when blank), ``action`` (original, adjust
or cancel; original when blank), ``kind`` (a word such as personal_care), ``referred``, ``started`` and ``ended``
(YYYY-MM-DD, blank while not known).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from shared.contracts.feeds import CARE, CommunityService
from shared.feeds.lines import Fault, Line, columns, lines
from shared.feeds.reference import Reference
from shared.feeds.rows import Outcome, Rejection, Row, UnusableFile

COLUMNS: Final = ("person", "service", "version", "action", "kind", "referred", "started", "ended")
_NEEDED: Final = tuple(column.upper() for column in COLUMNS)


def open_services(path: Path) -> Path:
    """The path of a file of this layout; raises UnusableFile for any other."""
    if not columns(path, _NEEDED):
        raise UnusableFile(f"{path.name} is no CSV file of services with the columns {', '.join(COLUMNS)}.")
    return path


def read(path: Path, reference: Reference) -> Iterator[Outcome]:
    """The outcome of every line."""
    for line in lines(path, _NEEDED):
        if isinstance(line, Rejection):
            yield line
            continue
        try:
            yield _row(line, reference)
        except Fault as fault:
            yield line.rejection(fault)


def _row(line: Line, reference: Reference) -> Row:
    cells = {column: line.get(column.upper()) for column in COLUMNS}
    try:
        record = CommunityService.model_validate(
            {
                "beneficiary": reference.beneficiary(line.need("PERSON")),
                "service": reference.service(line.need("SERVICE")),
                "version": cells["version"] or 1,
                "action": cells["action"] or "original",
                "kind": line.need("KIND"),
                "referred": line.need("REFERRED"),
                "started": cells["started"] or None,
                "ended": cells["ended"] or None,
            }
        )
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        if first["loc"]:
            raise Fault(str(first["loc"][0]), str(first["type"]).replace("_", " ")) from None
        raise Fault("(row)", "referred, started and ended are not in order") from None
    return Row(CARE.name, record.beneficiary, record.wire_type(), record.model_dump_json().encode())
