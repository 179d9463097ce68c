"""Which years of a beneficiary a change can reach, decided from the head alone.

``affected`` years are those whose contributions can differ, ``needed`` ones those whose records are read to count them.
Both may be too wide, never too narrow: what is neither is untouched by the change, however long the life.
"""

from collections.abc import Collection, Iterable, Mapping

from services.measures.domain.days import new_year, within_calendar, year_of
from services.measures.domain.evidence import YEARS_BACK, Evidence, held_in
from services.measures.domain.head import BACK, ENDLESS, FORWARD, LATE, ROW, Head

Interval = tuple[int, int]


def touched_years(head: Head, touched: Iterable[Interval]) -> set[int]:
    """The years that have a day in any of these intervals."""
    found = set()
    for low, high in touched:
        for year in range(year_of(within_calendar(low)), year_of(within_calendar(high)) + 1):
            if year not in found and year in head:
                found.add(year)
    return found


def past(day: int, head: Head) -> list[Interval]:
    """All that lies on a day or after it, and all that years reaching to it matter for."""
    years = head.years
    found = [(day, new_year(years[-1] + 1))]
    for year in years:
        back, forward = head.spread(year)
        if year + forward >= year_of(day):
            found.append((new_year(year - back), new_year(year + forward)))
    return found


class Links:
    """Which years reach each other, with their stays and chains of visits or otherwise.

    Made before the head learns of a change and asked afterwards: two years are chained by what was known before or is
    known now.
    """

    __slots__ = ("_before", "_far", "_head", "_padded")

    def __init__(self, head: Head, changed: Iterable[int]) -> None:
        self._head = head
        self._before = {year: head.row(year) for year in changed}
        self._far = {year: forward for year, (_, forward) in head.far.items()} if head.far else {}
        self._padded = bytearray()

    def chained(self, found: set[int]) -> set[int]:
        """These years, and those whose stays or visits form a chain with theirs, also by way of others."""
        rows = self._rows()
        found = set(found)
        waiting = list(found)
        while waiting:
            year = waiting.pop()
            at = self._at(year)
            beside = self._chained_from_afar(year) if self._far else []
            if rows[at + 2] + rows[at + ROW + 1] > LATE:
                beside.append(year + 1)
            if rows[at + 2 - ROW] + rows[at + 1] > LATE:
                beside.append(year - 1)
            for other in beside:
                if other not in found and other in self._head:
                    found.add(other)
                    waiting.append(other)
        return found

    def needed(self, affected: Collection[int]) -> set[int]:
        """The years whose records can matter for days of the affected ones."""
        rows = self._rows()
        found = set(affected)
        for year in affected:
            at = self._at(year)
            if rows[at - ROW] & FORWARD:
                found.add(year - 1)
            if rows[at + ROW] & BACK:
                found.add(year + 1)
        for year, (back, forward) in self._head.far.items():
            if any(year - back <= each <= year + forward for each in affected):
                found.add(year)
        return self.chained(found)

    def _rows(self) -> bytearray:
        """The rows of the head between two empty ones, in the bytes of chains those of before as well."""
        if not self._padded:
            self._padded = rows = bytearray(ROW) + self._head.rows + bytes(ROW)
            for year, (_, near, reach) in self._before.items():
                at = self._at(year)
                rows[at + 1], rows[at + 2] = max(rows[at + 1], near), max(rows[at + 2], reach)
            for year, (_, forward) in self._head.far.items():
                self._far[year] = max(self._far.get(year, 0), forward)
        return self._padded

    def _at(self, year: int) -> int:
        return (year - self._head.since + 1) * ROW

    def _chained_from_afar(self, year: int) -> list[int]:
        found: list[int] = []
        for other, forward in self._far.items():
            if other <= year <= other + forward and self._rows()[self._at(other) + 2] == ENDLESS:
                found += range(other, other + forward + 1)
        return found


def restratified(old: Mapping[int, Evidence], head: Head) -> set[int]:
    """The years in which a condition comes or goes because the evidence of a changed year is another.

    ``old`` is the evidence of the changed years as it was.
    """
    new = head.evidence
    moved = [year for year in old if old[year] != new.get(year, ())]
    if not moved:
        return set()
    reach = {later for year in moved for later in range(year, year + YEARS_BACK + 1) if later in head}
    return {year for year in reach if _differs(year, old, new)}


def _differs(year: int, old: Mapping[int, Evidence], new: Mapping[int, Evidence]) -> bool:
    before = {each: old.get(each, new.get(each, ())) for each in range(year - YEARS_BACK, year + 1)}
    return held_in(year, before, ()) != held_in(year, new, ())
