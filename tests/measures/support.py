"""Records for the tests: short to write, generated, and handed to the engine as its handler would."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from services.measures.domain import engine
from services.measures.domain.scope import Record, years_in_scope
from services.measures.domain.timeline import Chunk, Claim, Enrolment, Head, decode_chunk, decode_head, encode

NAMES = ("hospitalizations", "live", "rehospitalizations", "impossible", "days")
HOSPITAL, OTHER = "390001", "390223"


def ref(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def enrolment(
    person: str, year: int, *spans: tuple[str, str], area: str = "zip:15001", version: int = 1, death: str | None = None
) -> dict[str, Any]:
    """Enrolment of a year; the whole year unless spans are given."""
    whole = ((f"{year}-01-01", f"{year}-12-31"),)
    return {
        "beneficiary": ref(person),
        "year": year,
        "version": version,
        "area": area,
        "eligible": tuple((day(first), day(last)) for first, last in spans or whole),
        "death": day(death) if death else None,
        "basis": "test",
    }


def claim(
    person: str,
    name: str,
    admission: str,
    discharge: str,
    *,
    provider: str = HOSPITAL,
    status: str | None = "01",
    version: int = 1,
    action: str = "original",
    frequency: str | None = None,
) -> dict[str, Any]:
    return {
        "beneficiary": ref(person),
        "claim": ref(name),
        "version": version,
        "action": action,
        "provider": provider,
        "admission": day(admission),
        "discharge": day(discharge),
        "status": status,
        "frequency": frequency,
    }


def to_domain(record: Mapping[str, Any]) -> Record:
    if "claim" in record:
        return Claim(
            bytes.fromhex(record["claim"]),
            record["version"],
            record["action"] == "cancel",
            record["admission"].toordinal(),
            record["discharge"].toordinal(),
            record["provider"],
            record["status"] or "",
            record["frequency"] or "",
        )
    return Enrolment(
        record["year"],
        record["version"],
        record["area"],
        tuple((first.toordinal(), last.toordinal()) for first, last in record["eligible"]),
        record["death"].toordinal() if record["death"] else 0,
    )


class MemoryEngine:
    """The engine over dictionaries instead of tables: loads only what the scope asks for, stores encoded bytes."""

    def __init__(self) -> None:
        self.heads: dict[str, bytes] = {}
        self.chunks: dict[tuple[str, int], bytes] = {}
        self.rollup: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0] * 5)
        self.loaded = 0

    def feed(self, batch: Iterable[Mapping[str, Any]]) -> int:
        """Apply a batch; returns how many rollup rows it changed."""
        by_person: dict[str, list[Record]] = defaultdict(list)
        for record in batch:
            by_person[record["beneficiary"]].append(to_domain(record))
        deltas: dict[tuple[str, int], list[int]] = {}
        for person, records in by_person.items():
            head: Head = decode_head(self.heads.get(person, b""))
            years = [y for y in years_in_scope(head, records) if (person, y) in self.chunks]
            self.loaded += len(years)
            chunks: dict[int, Chunk] = {y: decode_chunk(self.chunks[person, y]) for y in years}
            timeline = engine.Timeline(head, chunks)
            if timeline.apply(records, deltas):
                self.heads[person] = encode(timeline.head)
                for year in timeline.changed:
                    self.chunks[person, year] = encode(timeline.chunks[year])
        rows = engine.without_zeros(deltas)
        for area, month, *counts in rows:
            cell = self.rollup[str(area), int(month)]
            for position, count in enumerate(counts):
                cell[position] += int(count)
        return len(rows)

    def cells(self) -> dict[tuple[str, str], dict[str, int]]:
        """The rollup in the words of the independent recomputation."""
        return readable(self.rollup)


def readable(rollup: Mapping[tuple[str, int], Iterable[int]]) -> dict[tuple[str, str], dict[str, int]]:
    named = {
        (area, f"{month // 100}-{month % 100:02d}"): {n: c for n, c in zip(NAMES, counts, strict=True) if c}
        for (area, month), counts in rollup.items()
    }
    return {key: counts for key, counts in named.items() if counts}


def split(records: Iterable[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Enrolments and claims."""
    everything = list(records)
    return [r for r in everything if "year" in r], [r for r in everything if "claim" in r]


START = dt.date(2007, 10, 1)
PROVIDERS = (HOSPITAL, HOSPITAL, OTHER, OTHER, "391301", "3900MB", "392015", "39T001", "395123")
AREAS = ("zip:15001", "zip:15002", "ssa:39230")
# Most dates lie on a grid about a new year whose gaps are 0, 1, 30 and 31 days; the others anywhere.
_grid = st.sampled_from((80, 84, 85, 86, 114, 115, 116, 120, 145, 146, 450, 457, 487, 488))
_dates = st.one_of(_grid, _grid, _grid, st.integers(0, 1300)).map(lambda n: START + dt.timedelta(days=n))
_lengths = st.one_of(st.sampled_from((0, 1, 4, 5, 30)), st.sampled_from((0, 4, 5)), st.integers(0, 800))


@st.composite
def claims(draw: st.DrawFn) -> dict[str, Any]:
    admission = draw(_dates)
    return {
        "beneficiary": ref(draw(st.sampled_from("AB"))),
        "claim": ref(draw(st.sampled_from("pqrst"))),
        "version": draw(st.sampled_from((1, 1, 1, 2, 2, 3))),
        "action": draw(st.sampled_from(("original", "adjust", "adjust", "cancel"))),
        "provider": draw(st.sampled_from(PROVIDERS)),
        "admission": admission,
        "discharge": admission + dt.timedelta(days=draw(_lengths)),
        "status": draw(st.sampled_from(("01", "01", "01", "02", "03", "30", "20", None))),
        "frequency": draw(st.sampled_from((None, None, "1", "2", "4"))),
    }


@st.composite
def enrolments(draw: st.DrawFn) -> dict[str, Any]:
    year = draw(st.integers(2007, 2011))
    spans = tuple(
        (dt.date(year, 1, 1) + dt.timedelta(days=a), dt.date(year, 1, 1) + dt.timedelta(days=b))
        for a, b in draw(st.lists(st.tuples(st.integers(-5, 200), st.integers(150, 370)), max_size=3))
    )
    whole = ((dt.date(year, 1, 1), dt.date(year, 12, 31)),)
    return {
        "beneficiary": ref(draw(st.sampled_from("AB"))),
        "year": year,
        "version": draw(st.integers(1, 3)),
        "area": draw(st.sampled_from(AREAS)),
        "eligible": draw(st.sampled_from((whole, whole, whole, spans))),
        "death": draw(st.one_of(st.none(), st.none(), st.none(), _dates)),
        "basis": "test",
    }


@st.composite
def histories(draw: st.DrawFn) -> list[list[dict[str, Any]]]:
    """Batches of enrolments and claims of two people, with corrections, cancels and repetitions, in any order."""
    records = draw(st.lists(st.one_of(claims(), claims(), enrolments()), max_size=24))
    repeated = draw(st.lists(st.sampled_from(records), max_size=8)) if records else []
    shuffled = draw(st.permutations(records + repeated))
    size = draw(st.integers(1, 8))
    return [shuffled[at : at + size] for at in range(0, len(shuffled), size)]
