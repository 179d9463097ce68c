"""The engine over dictionaries instead of tables: loads only what it asks for, and stores encoded bytes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from services.measures.domain import components, engine
from services.measures.domain.deltas import Deltas, without_zeros
from services.measures.domain.stored_heads import decode_head
from services.measures.domain.strata import Flag
from services.measures.domain.timeline import Chunk, Record, decode_chunk, encode
from services.measures.domain.values import ValueSets
from services.measures.handlers.records import RECORD
from shared.contracts import compiled, feeds

_COMPILED = {
    "EnrolmentYear": compiled.EnrolmentYear,
    "InpatientClaim": compiled.InpatientClaim,
    "CareClaim": compiled.CareClaim,
    "DrugFill": compiled.DrugFill,
    "EncounterNotice": compiled.EncounterNotice,
    "CommunityService": compiled.CommunityService,
}
Cells = dict[tuple[str, str, frozenset[str]], dict[str, int]]


def to_domain(record: Mapping[str, Any]) -> Record:
    """A record as the handler would hand it to the engine."""
    name = record["type"]
    fields = {key: value for key, value in record.items() if key != "type"}
    return RECORD[getattr(feeds, name).wire_type()](_COMPILED[name](**fields))


def value_sets(values: Mapping[str, Mapping[str, Iterable[str]]], release: int = 1) -> ValueSets:
    """Value sets from plain mappings."""
    return ValueSets(
        release, {name: {code: frozenset(meanings) for code, meanings in own.items()} for name, own in values.items()}
    )


class MemoryEngine:
    """Beneficiaries in memory, and the rollup their deltas add up to."""

    def __init__(self, values: Mapping[str, Mapping[str, Iterable[str]]], today: dt.date) -> None:
        self.values = value_sets(values)
        self.today = today.toordinal()
        self.heads: dict[str, bytes] = {}
        self.chunks: dict[tuple[str, int], bytes] = {}
        self.rollup: dict[tuple[str, int, int], dict[int, int]] = defaultdict(lambda: defaultdict(int))
        self.loaded = 0

    def feed(self, batch: Iterable[Mapping[str, Any]]) -> int:
        """Apply a batch; returns how many rollup rows it changed."""
        told: dict[str, list[Record]] = defaultdict(list)
        for record in batch:
            told[record["beneficiary"]].append(to_domain(record))
        return self.apply(told)

    def apply(self, told: Mapping[str, list[Record]]) -> int:
        """Apply records by person; a person without records is only looked at again."""
        deltas: Deltas = {}
        for person, records in told.items():
            head = decode_head(self.heads.get(person, b""))
            chunks = self._load(person, engine.years_to_take(head, records, self.today))
            timeline = engine.Timeline(head, chunks, self.values, self.today)
            further = timeline.take(records)
            if timeline.changed or timeline.pending:
                timeline.recount(self._load(person, further), deltas, 0)
                self.heads[person] = encode(timeline.head)
                for year in timeline.changed:
                    self.chunks[person, year] = encode(timeline.chunks[year])
        rows = without_zeros(deltas)
        for unit, month, flags, pairs in rows:
            row = self.rollup[unit, month, flags]
            for position in range(0, len(pairs), 2):
                row[pairs[position]] += pairs[position + 1]
        return len(rows)

    def pass_time(self, today: dt.date) -> None:
        """Let the day come, and look at everybody whom it changes."""
        self.today = today.toordinal()
        self.apply({person: [] for person in sorted(self.heads)})

    def cells(self) -> Cells:
        """The rollup in the words of the independent recomputation, zeros left out."""
        return readable(self.rollup)

    def _load(self, person: str, years: Iterable[int]) -> dict[int, Chunk]:
        found = {year: decode_chunk(self.chunks[person, year]) for year in years}
        self.loaded += len(found)
        return found


def readable(rollup: Mapping[tuple[str, int, int], Mapping[int, int]]) -> Cells:
    """Units, months ``YYYY-MM``, names of flags, and names of components."""
    found = {}
    for (unit, month, flags), row in rollup.items():
        counts = components.named(row)
        if counts:
            names = frozenset(flag.name.lower() for flag in Flag(flags) if flag.name)
            found[unit, f"{month // 100}-{month % 100:02d}", names] = counts
    return found
