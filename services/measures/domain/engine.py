"""Applies records to a beneficiary's timeline and tells by how much the rollups change.

Any order, repetition, correction or cancellation of the same records ends in the same timeline and, summed over all
deltas, in the same rollups.
"""

from collections.abc import Iterable, Mapping, MutableMapping

from services.measures.domain.contributions import eligible_days, stay_cells
from services.measures.domain.scope import Record
from services.measures.domain.timeline import Chunk, Claim, Enrolment, Head, StayCell, summarize

COMPONENTS = ("hospitalizations", "live_discharges", "rehospitalizations", "impossible_stays", "eligible_days")
"""The order of the numbers of a delta."""

Deltas = MutableMapping[tuple[str, int], list[int]]
"""area and month (YYYYMM) to the change of each component"""


class Timeline:
    """A beneficiary's head and the chunks in scope, while records are applied to them.

    ``chunks`` must hold every existing year of ``scope.years_in_scope``.
    """

    __slots__ = ("changed", "chunks", "head")

    def __init__(self, head: Head, chunks: dict[int, Chunk]) -> None:
        self.head = head
        self.chunks = chunks
        self.changed: set[int] = set()

    def apply(self, records: Iterable[Record], deltas: Deltas) -> bool:
        """Take over the records that rank above what is known; add the change of contributions to ``deltas``.

        Returns False, with nothing changed, when no record told anything new. ``changed`` holds the years to save.
        """
        for record in records:
            if isinstance(record, Claim):
                self._claim(record)
            else:
                self._enrolment(record, deltas)
        if not self.changed:
            return False
        for year in self.changed:
            chunk = self.chunks[year]
            self.head.years[year] = summarize(chunk.claims, chunk.enrolment)
        self._recount(deltas)
        return True

    def _claim(self, claim: Claim) -> None:
        for year, chunk in self.chunks.items():
            for position, known in enumerate(chunk.claims):
                if known.ref == claim.ref:
                    if claim.rank() > known.rank():
                        del chunk.claims[position]
                        self.changed.add(year)
                        self._keep(claim)
                    return
        self._keep(claim)

    def _keep(self, claim: Claim) -> None:
        year = claim.year
        self._chunk(year).claims.append(claim)
        self.changed.add(year)

    def _enrolment(self, enrolment: Enrolment, deltas: Deltas) -> None:
        chunk = self._chunk(enrolment.year)
        if chunk.enrolment is not None and enrolment.rank() <= chunk.enrolment.rank():
            return
        if chunk.enrolment is not None:
            add_days(deltas, chunk.enrolment, chunk.days, -1)
        chunk.enrolment = enrolment
        chunk.days = eligible_days(enrolment)
        add_days(deltas, enrolment, chunk.days, 1)
        self.changed.add(enrolment.year)

    def _chunk(self, year: int) -> Chunk:
        chunk = self.chunks.get(year)
        if chunk is None:
            chunk = self.chunks[year] = Chunk()
        return chunk

    def _recount(self, deltas: Deltas) -> None:
        claims = [claim for chunk in self.chunks.values() for claim in chunk.claims]
        enrolments = {year: chunk.enrolment for year, chunk in self.chunks.items()}
        counted = stay_cells(claims, enrolments, self.head.death) if claims else {}
        for year, chunk in self.chunks.items():
            cells = counted.get(year, [])
            if cells != chunk.stays:
                add_stays(deltas, chunk.stays, -1)
                add_stays(deltas, cells, 1)
                chunk.stays = cells
                self.changed.add(year)


def add_stays(deltas: Deltas, cells: Iterable[StayCell], sign: int) -> None:
    """Add (or with -1 take back) the contributions of stays."""
    for area, month, *counts in cells:
        row = deltas.setdefault((area, month), [0, 0, 0, 0, 0])
        for position, count in enumerate(counts):
            row[position] += sign * count


def add_days(deltas: Deltas, enrolment: Enrolment, days: bytes, sign: int) -> None:
    """Add (or with -1 take back) the eligible days of a year, by month."""
    for position, count in enumerate(days):
        if count:
            month = enrolment.year * 100 + position + 1
            deltas.setdefault((enrolment.area, month), [0, 0, 0, 0, 0])[4] += sign * count


def without_zeros(deltas: Mapping[tuple[str, int], list[int]]) -> list[tuple[str | int, ...]]:
    """The rows to append: area, month and the components; what cancels out is left out."""
    return [(*key, *row) for key, row in deltas.items() if any(row)]
