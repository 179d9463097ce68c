"""Reads CMS's Hospital General Information, the columns of 2024 and of 2026, into the listings of its vintage.

Numbers a spreadsheet has damaged are mended as in nursing-home files; a missing rating is a fact, not an error.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from shared.contracts.feeds import HOSPITALS, HospitalListed
from shared.feeds import provider_cells as cells
from shared.feeds.lines import Fault
from shared.feeds.provider_file import Identity, ProviderFile
from shared.feeds.rows import UnusableFile
from shared.feeds.tables import open_table

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "ccn": ("Facility ID", "Provider ID"),
    "name": ("Facility Name", "Hospital Name"),
    "state": ("State",),
    "zip_code": ("ZIP Code",),
    "county": ("County/Parish", "County Name"),
    "kind": ("Hospital Type",),
    "ownership": ("Hospital Ownership",),
    "emergency": ("Emergency Services",),
    "rating": ("Hospital overall rating",),
}
_REQUIRED: Final = ("ccn", "name", "state", "zip_code", "kind")


class HospitalFile(ProviderFile[HospitalListed]):
    """A file found readable, and the date its content is of."""

    topic = HOSPITALS.name

    def __init__(self, path: Path, as_of: dt.date) -> None:
        """Open it; raises UnusableFile when it is not such a file."""
        table = open_table(path)
        where = _find(table.columns)
        missing = [field for field in _REQUIRED if field not in where]
        if missing:
            raise UnusableFile(
                f"{path.name} is not CMS's Hospital General Information: no column for {', '.join(missing)}."
            )
        super().__init__(table, where)
        self._as_of = as_of

    def listing(self, text: Mapping[str, str], identity: Identity) -> HospitalListed:
        """The hospital of a row's cells."""
        return HospitalListed(
            **identity._asdict(),
            as_of=self._as_of,
            name=cells.words(text["name"]),
            county=cells.words(text.get("county", "")) or None,
            kind=cells.words(text["kind"]),
            ownership=cells.optional(text, "ownership", lambda _, value: cells.words(value)),
            emergency=cells.optional(text, "emergency", _yes_or_no),
            rating=cells.optional(text, "rating", cells.rating),
        )


def _find(columns: Sequence[str]) -> dict[str, int]:
    """Where each of our fields stands; a field without a column is left out."""
    where = {column.casefold(): position for position, column in reversed(list(enumerate(columns)))}
    return {
        field: where[name.casefold()] for field, names in _COLUMNS.items() for name in names if name.casefold() in where
    }


def _yes_or_no(field: str, value: str) -> bool:
    if value.casefold() not in {"yes", "no"}:
        raise Fault(field, "neither Yes nor No")
    return value.casefold() == "yes"
