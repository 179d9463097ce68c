"""Applies records to a beneficiary's timeline and tells by how much the rollups change.

Any order, repetition, correction or cancellation of the same records ends in the same timeline and, summed over all
deltas, in the same rollups.
"""

from collections.abc import Iterable
from typing import Any

from msgspec import Raw

from services.measures.domain import measures, scope
from services.measures.domain.deltas import Deltas, replace
from services.measures.domain.flags import Flags
from services.measures.domain.head import Head
from services.measures.domain.influence import influence, is_chaining
from services.measures.domain.notices import expires
from services.measures.domain.person import Person
from services.measures.domain.person_time import person_time
from services.measures.domain.summary import summarize
from services.measures.domain.timeline import (
    CareService,
    Chunk,
    Claim,
    Enrolment,
    Fill,
    Record,
    Setting,
    decode_cells,
    encode,
)
from services.measures.domain.values import ValueSets

Care = Claim | Fill | CareService


class Timeline:
    """A beneficiary's head and chunks while records are applied to them.

    First ``take`` with the chunks of ``years_to_take``, then ``recount`` with those ``take`` asked for besides.
    ``changed`` are the years to save. ``today`` is the day of the service's clock: notices expire by it.
    """

    __slots__ = (
        "_affected",
        "_anew",
        "_chains",
        "_death",
        "_died",
        "_filled",
        "_touched",
        "changed",
        "chunks",
        "head",
        "today",
        "values",
    )

    def __init__(self, head: Head, chunks: dict[int, Chunk], values: ValueSets, today: int) -> None:
        self.head = head
        self.chunks = chunks
        self.values = values
        self.today = today
        self.changed: set[int] = set()
        self._touched: list[scope.Interval] = []
        self._filled: list[scope.Interval] = []
        self._chains = False
        self._death = 0
        self._died = False
        self._affected: set[int] = set()
        self._anew: set[int] = set()

    def take(self, records: Iterable[Record]) -> set[int]:
        """Take over the records that rank above what is known; returns the years still to be loaded.

        Nothing is to be done any more when ``pending`` is False afterwards.
        """
        for record in records:
            if isinstance(record, Enrolment):
                self._enrol(record)
            else:
                self._keep(record)
        self._wake()
        if not self.changed and not self._is_outdated():
            return set()
        return self._find_scope() - self.chunks.keys()

    @property
    def pending(self) -> bool:
        """Whether there is something to count anew."""
        return bool(self._affected)

    def recount(self, chunks: dict[int, Chunk], deltas: Deltas, now: int) -> None:
        """Count the affected years with these further chunks and add the change to ``deltas``.

        ``now``: seconds since 1970, UTC, kept beside contributions that changed.
        """
        self.chunks.update(chunks)
        death = self._death
        if self._is_outdated():
            self._anew = set(self._affected)
            for year in self.chunks:
                self._summarize(year, death)
            self.head.release = self.values.release
        elif self._died:
            self._anew = set(self._affected)
            for year in self._affected - self.changed:
                self._summarize(year, death)
        self._count_time(deltas, death)
        self._count_events(deltas, death)
        for year in self.changed:
            self.chunks[year].moved = now

    def _count_time(self, deltas: Deltas, death: int) -> None:
        """Flags and person-time of the years for which they can differ."""
        years = [year for year in self._affected if year in self._anew or not self.chunks[year].flags]
        if not years:
            return
        flags = Flags(self.head, self.chunks, self.values)
        for year in years:
            chunk = self.chunks[year]
            chunk.flags = flags.of_year(year)
            time = person_time(chunk.enrolment, death, chunk.flags) if chunk.enrolment is not None else []
            stored = Raw(encode(time))
            if stored != chunk.time:
                replace(deltas, decode_cells(chunk.time), time)
                chunk.time = stored
            self.changed.add(year)

    def _count_events(self, deltas: Deltas, death: int) -> None:
        person = Person(
            self.chunks,
            self._affected,
            head=self.head,
            death=death,
            values=self.values,
            today=self.today,
        )
        measures.count(person)
        counted = person.cells()
        for year in self._affected:
            chunk = self.chunks[year]
            cells = counted.get(year, [])
            if cells != chunk.cells:
                replace(deltas, chunk.cells, cells)
                chunk.cells = cells
                self.changed.add(year)

    def _keep(self, record: Care) -> None:
        if not (self.head.may_know(record.ref) and self._supersede(record)):
            self._add(record)
            self.head.meet(record.ref, record.year)

    def _supersede(self, record: Care) -> bool:
        """Put the record in the place of its earlier version unless that ranks higher; False where there is none."""
        for year, chunk in self.chunks.items():
            kept = _kept(chunk, record)
            for position, known in enumerate(kept):
                if known.ref == record.ref:
                    if record.rank() > known.rank():
                        del kept[position]
                        self._touch(known, year)
                        self._add(record)
                        self.head.claims -= _is_inpatient(known)
                        if record.year != year:
                            self.head.move(record.ref, year, record.year)
                    return True
        return False

    def _add(self, record: Care) -> None:
        year = record.year
        _kept(self._chunk(year), record).append(record)
        self.head.claims += _is_inpatient(record)
        self._touch(record, year)

    def _enrol(self, enrolment: Enrolment) -> None:
        chunk = self._chunk(enrolment.year)
        if chunk.enrolment is not None and enrolment.rank() <= chunk.enrolment.rank():
            return
        self.head.enrolments += chunk.enrolment is None
        chunk.enrolment = enrolment
        self._anew.add(enrolment.year)
        self._touch(enrolment, enrolment.year)

    def _wake(self) -> None:
        """Touch the notices that no longer count because their time is over."""
        for year in sorted(woken_years(self.head, self.today)):
            for claim in self.chunks[year].claims:
                if claim.setting == Setting.NOTICE and not claim.cancelled and expires(claim) <= self.today:
                    self._touch(claim, year)

    def _touch(self, record: Record, year: int) -> None:
        self.changed.add(year)
        if not isinstance(record, Enrolment) and record.cancelled:
            return  # a tombstone matters nowhere
        reached = influence(record)
        self._touched.append(reached)
        if isinstance(record, Claim):
            self._chains = self._chains or is_chaining(record)
        elif not isinstance(record, CareService):
            self._chains = True
            if isinstance(record, Fill):
                self._filled.append(reached)

    def _chunk(self, year: int) -> Chunk:
        chunk = self.chunks.get(year)
        if chunk is None:
            chunk = self.chunks[year] = Chunk()
        return chunk

    def _find_scope(self) -> set[int]:
        """Bring the head up to date and find which years to count; returns those whose records that takes."""
        head = self.head
        death, birth = head.death, head.born
        evidence = {year: head.evidence.get(year, ()) for year in self.changed}
        links = scope.Links(head, self.changed)
        for year in self.changed:
            self._summarize(year, death)
        died = self._death = head.death
        if died != death:  # evidence depends on the day of death, which any year may tell
            self._died = True
            for year in self.changed:
                self._summarize(year, died)
            self._touched += scope.past(min(day for day in (death, died) if day), head)
        restratified = scope.restratified(evidence, head)
        self._anew |= restratified
        if self._filled:
            self._anew |= scope.touched_years(head, self._filled)
        if self._is_outdated() or birth != head.born:
            self._affected = set(head.years)
            return self._affected
        found = scope.touched_years(head, self._touched)
        if self._chains:
            found = links.chained(found)
        self._affected = found | restratified
        return links.needed(self._affected)

    def _summarize(self, year: int, death: int) -> None:
        self.head.learn(year, summarize(self.chunks[year], death, self.values, self.today))

    def _is_outdated(self) -> bool:
        return self.head.release != self.values.release


def years_to_take(head: Head, records: Iterable[Record], today: int) -> list[int]:
    """The existing years whose chunks ``take`` needs: those of the records, those that may know them, and those in
    which time has run out for a notice."""
    wanted = woken_years(head, today)
    for record in records:
        wanted.add(record.year)
        if not isinstance(record, Enrolment) and head.may_know(record.ref):
            wanted |= head.may_hold(record.ref)
    return sorted(year for year in wanted if year in head)


def woken_years(head: Head, today: int) -> set[int]:
    """The years with a notice that stopped to count by ``today``."""
    return {year for year, wake in head.wakes.items() if wake <= today} if head.wakes else set()


def _kept(chunk: Chunk, record: Care) -> list[Any]:
    """The list of the chunk that keeps records of this kind."""
    if isinstance(record, Claim):
        return chunk.claims
    return chunk.fills if isinstance(record, Fill) else chunk.services


def _is_inpatient(record: Care) -> bool:
    return isinstance(record, Claim) and record.setting == Setting.INPATIENT
