"""A beneficiary as the measures look at one, and where they put what they count."""

from collections.abc import Collection, Mapping
from itertools import chain

from services.measures.domain.days import month_of, new_year, year_of
from services.measures.domain.head import Head
from services.measures.domain.notices import unmatched
from services.measures.domain.stays import Stay, merge
from services.measures.domain.timeline import CareService, Cell, Chunk, Claim, Enrolment, Fill, Setting, Spans
from services.measures.domain.values import ValueSets

Amounts = dict[int, int]
"""Component to amount: one cell, to be added to with ``bump``."""


def bump(cell: Amounts, component: int, amount: int = 1) -> None:
    """Add to a component of a cell."""
    cell[component] = cell.get(component, 0) + amount


class Person:
    """Records in force around the years that are counted (``years``), and the cells filled so far.

    ``claims`` are neither cancelled nor after death, notices only where no claim has come; ``impossible`` those that
    begin after death; ``coded``: some claim has diagnoses. Everything needed to count ``years`` exactly is there,
    nothing else is promised.
    """

    __slots__ = (
        "_cells",
        "_chunks",
        "_covered",
        "_head",
        "birth",
        "claims",
        "coded",
        "death",
        "fills",
        "impossible",
        "services",
        "settings",
        "stays",
        "values",
        "years",
    )

    def __init__(
        self,
        chunks: Mapping[int, Chunk],
        years: Collection[int],
        *,
        head: Head,
        death: int,
        values: ValueSets,
        today: int,
    ) -> None:
        self.years = years
        self._head = head
        self._covered: dict[int, Spans] = {}
        self.death = death
        self.birth = head.born
        self.values = values
        self._chunks = chunks
        self._cells: dict[tuple[str, int], Amounts] = {}
        self.impossible: list[Claim] = []
        self.fills: list[Fill] = []
        self.services: list[CareService] = []
        self.coded = False
        claims: list[Claim] = []
        for chunk in chunks.values():
            for claim in chunk.claims:
                if claim.cancelled:
                    continue
                if death and claim.first > death:
                    self.impossible.append(claim)
                else:
                    claims.append(claim)
                    if claim.diagnoses:
                        self.coded = True
            if chunk.fills:
                self.fills += [fill for fill in chunk.fills if not fill.cancelled]
            if chunk.services:
                self.services += [service for service in chunk.services if not service.cancelled]
        self.settings = {claim.setting for claim in claims}
        self.claims = unmatched(claims, today) if Setting.NOTICE in self.settings else claims
        self.stays: list[Stay] = merge(self.claims)

    def enrolment(self, year: int) -> Enrolment | None:
        """The enrolment of a year that is counted, or of its neighbours."""
        chunk = self._chunks.get(year)
        return chunk.enrolment if chunk is not None else None

    def eligible(self, day: int) -> bool:
        """Whether the person was alive and in Original Medicare with Parts A and B on that day."""
        if self.death and day > self.death:
            return False
        for first, last in self._coverage(day):  # noqa: SIM110 - a generator costs more
            if first <= day <= last:
                return True
        return False

    def _coverage(self, day: int) -> Spans:
        year = year_of(day)
        spans = self._covered.get(year)
        if spans is None:
            known = self.enrolment(year)
            spans = self._covered[year] = known.spans if known is not None else self._head.coverage(year)
        return spans

    def covered(self, first: int, last: int) -> bool:
        """Whether every day from ``first`` to ``last`` is eligible."""
        day = first
        while day <= last:
            ends = [end for begin, end in self._coverage(day) if begin <= day <= end]
            if not ends:
                return False
            day = min(max(ends), new_year(year_of(day) + 1) - 1) + 1
        return not (self.death and last > self.death)

    def area(self, day: int) -> str | None:
        """Where the person lived that day, as the enrolment of the year says."""
        known = self.enrolment(year_of(day))
        if known is None:
            return None
        return known.area_on(day) if known.moves else known.area

    def is_live(self, stay: Stay) -> bool:
        """Whether the patient left the hospital alive: discharged, not by death, and not dead by that day."""
        if stay.is_open or stay.closing.status == "20":
            return False
        return not (self.death and self.death <= stay.closing.last)

    def cell(self, day: int) -> Amounts | None:
        """The cell of the area on a day that is counted and eligible; None on any other."""
        month = month_of(day)
        known = self.enrolment(month // 100) if month // 100 in self.years else None
        if known is None or (self.death and day > self.death):
            return None
        for first, last in known.spans:
            if first <= day <= last:
                return self.of_unit(known.area_on(day) if known.moves else known.area, month)
        return None

    def of_unit(self, unit: str, month: int) -> Amounts:
        """The cell of an area or hospital, whatever the person's eligibility."""
        cell = self._cells.get((unit, month))
        if cell is None:
            cell = self._cells[unit, month] = {}
        return cell

    def put(self, day: int, component: int, amount: int = 1) -> None:
        """Add to the area's cell of a day that is counted and eligible; elsewhere nothing."""
        cell = self.cell(day)
        if cell is not None:
            bump(cell, component, amount)

    def cells(self) -> dict[int, list[Cell]]:
        """What was counted, by year, in an order that depends on nothing else; zeros are left out."""
        found: dict[int, list[Cell]] = {}
        for key in sorted(self._cells):
            amounts = self._cells[key]
            pairs = sorted(amounts.items())
            if 0 in amounts.values():
                pairs = [pair for pair in pairs if pair[1]]
            if pairs:
                unit, month = key
                year, number = divmod(month, 100)
                row = (unit, month, self._chunks[year].flags[number - 1], tuple(chain.from_iterable(pairs)))
                found.setdefault(year, []).append(row)
        return found


def hospital(ccn: str) -> str:
    """The unit of a hospital."""
    return f"ccn:{ccn}"
