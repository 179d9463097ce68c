"""The rows of a provider list of any kind: one listing for each provider, one outcome for each row."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from shared.contracts.feeds import HospitalListed, NursingHomeListed
from shared.feeds import provider_cells as cells
from shared.feeds.lines import Fault
from shared.feeds.rows import Folded, Outcome, Rejection, Row
from shared.feeds.tables import Table

L = TypeVar("L", NursingHomeListed, HospitalListed)


class Identity(NamedTuple):
    """Which provider a row is of, after what a spreadsheet damaged has been mended."""

    ccn: str
    state: str
    zip_code: str


class ProviderFile(ABC, Generic[L]):
    """A file found readable. ``where`` finds the column of each field that the file has.

    The same provider twice: an exact repetition is left out, any other second row is rejected.
    """

    topic: str

    def __init__(self, table: Table, where: Mapping[str, int]) -> None:
        self._table = table
        self._where = where

    @abstractmethod
    def listing(self, text: Mapping[str, str], identity: Identity) -> L:
        """The listing of a row's cells; raises Fault or pydantic's ValidationError."""

    def rows(self) -> Iterator[Outcome]:
        """The outcome of every row, once."""
        seen: dict[str, L] = {}
        for line, values in self._table.rows():
            yield values if isinstance(values, Rejection) else self._outcome(line, values, seen)

    def _outcome(self, line: int, values: list[str], seen: dict[str, L]) -> Outcome:
        try:
            found, repaired = self._read(values)
        except Fault as error:
            return self._rejection(line, error.column, error.rule)
        first = seen.setdefault(found.ccn, found)
        if first is found:
            return Row(self.topic, found.ccn, found.wire_type(), found.model_dump_json().encode(), repaired)
        if first == found:
            return Folded("repeated")
        return self._rejection(line, "ccn", "a second, different row for this number")

    def _read(self, values: list[str]) -> tuple[L, bool]:
        """The listing, and whether a number of it was mended."""
        text = {field: values[position] for field, position in self._where.items()}
        cells.check(text)
        state = cells.state(text["state"])
        given = text["ccn"].upper()
        identity = Identity(cells.ccn(given, state), state, cells.zip_code(text["zip_code"], state))
        try:
            found = self.listing(text, identity)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            raise Fault(str(first["loc"][0]), str(first["type"]).replace("_", " ")) from None
        return found, identity.ccn != given or len(text["zip_code"]) < len(identity.zip_code)

    def _rejection(self, line: int, field: str, rule: str) -> Rejection:
        position = self._where.get(field)
        return Rejection(self._table.file, line, field if position is None else self._table.columns[position], rule)
