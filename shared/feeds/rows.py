"""What every feed reader yields: a record ready for its topic, or a rejection that shows no value."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple


class Row(NamedTuple):
    """One feed record as it travels: its topic, its key, its wire type and the contract's JSON.

    ``repaired``: the reader restored a damaged code in it. ``further``: it comes from the same row of the file as the
    record before it.
    """

    topic: str
    key: str
    wire_type: str
    value: bytes
    repaired: bool = False
    further: bool = False


class Rejection(NamedTuple):
    """Why a row was not loaded: where it stands and which rule it broke, never what it says."""

    file: str
    line: int
    field: str
    rule: str


class Folded(NamedTuple):
    """A row that needs no record of its own: an exact repetition, or a part of a record yielded elsewhere."""

    why: str


Outcome = Row | Rejection | Folded


class UnusableFile(Exception):  # noqa: N818 - the fact is the name
    """Nothing can be read from this file or folder; the text is one sentence for the person who gave it."""


@dataclass(slots=True)
class Counts:
    """What became of the rows: ``read`` = ``records`` - ``further`` + ``rejected`` + all of ``folded``.

    ``repaired`` counts those of ``records`` in which the reader restored a damaged code, ``further`` those that are not
    the first of their row.
    """

    records: int = 0
    rejected: int = 0
    repaired: int = 0
    further: int = 0
    folded: Counter[str] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        """Rows seen, blank lines and the header left out."""
        return self.records - self.further + self.rejected + self.folded.total()

    def add(self, outcome: Outcome) -> None:
        """Count one row."""
        if isinstance(outcome, Row):
            self.records += 1
            self.repaired += outcome.repaired
            self.further += outcome.further
        elif isinstance(outcome, Rejection):
            self.rejected += 1
        else:
            self.folded[outcome.why] += 1

    def merge(self, other: "Counts") -> None:
        """Add the rows of another file."""
        self.records += other.records
        self.rejected += other.rejected
        self.repaired += other.repaired
        self.further += other.further
        self.folded += other.folded

    def as_json(self) -> dict[str, int]:
        """The counts for machines."""
        return {
            "read": self.read,
            "records": self.records,
            "rejected": self.rejected,
            "repaired": self.repaired,
            **({"further": self.further} if self.further else {}),
            **dict(sorted(self.folded.items())),
        }
