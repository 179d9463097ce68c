"""A beneficiary as the measures look at one, and where they put what they count."""

from collections.abc import Callable, Collection, Iterable, Mapping

from services.measures.domain.days import month_of, new_year, year_of
from services.measures.domain.notices import unmatched
from services.measures.domain.stays import Stay, merge
from services.measures.domain.timeline import CareService, Cell, Chunk, Claim, Enrolment, Fill, Setting, Spans
from services.measures.domain.values import ValueSets

_Amounts = dict[int, int]


class Person:
    """Records in force around the years that are counted (``years``), and the cells filled so far.

    ``claims`` are neither cancelled nor after death, notices only where no claim has come; ``impossible`` those that
    begin after death. Everything needed to count ``years`` exactly is there, nothing else is promised.
    """

    __slots__ = (
        "_cells",
        "_enrolments",
        "_flags",
        "birth",
        "claims",
        "coverage",
        "death",
        "fills",
        "impossible",
        "services",
        "stays",
        "values",
        "years",
    )

    def __init__(
        self,
        chunks: Iterable[Chunk],
        years: Collection[int],
        *,
        coverage: Mapping[int, Spans],
        death: int,
        birth: int,
        flags: Callable[[int], int],
        values: ValueSets,
        today: int,
    ) -> None:
        self.years = years
        self.coverage = coverage
        self.death = death
        self.birth = birth
        self.values = values
        self._flags = flags
        self._cells: dict[tuple[str, int, int], _Amounts] = {}
        self._enrolments: dict[int, Enrolment] = {}
        self.claims: list[Claim] = []
        self.impossible: list[Claim] = []
        self.fills: list[Fill] = []
        self.services: list[CareService] = []
        for chunk in chunks:
            if chunk.enrolment is not None:
                self._enrolments[chunk.enrolment.year] = chunk.enrolment
            for claim in chunk.claims:
                if not claim.cancelled:
                    (self.impossible if death and claim.first > death else self.claims).append(claim)
            self.fills += [fill for fill in chunk.fills if not fill.cancelled]
            self.services += [service for service in chunk.services if not service.cancelled]
        self.claims = unmatched(self.claims, today)
        hospital = (Setting.INPATIENT, Setting.NOTICE)
        self.stays: list[Stay] = merge(claim for claim in self.claims if claim.setting in hospital)

    def enrolment(self, year: int) -> Enrolment | None:
        """The enrolment of a year that is counted, or of its neighbours."""
        return self._enrolments.get(year)

    def eligible(self, day: int) -> bool:
        """Whether the person was alive and in Original Medicare with Parts A and B on that day."""
        if self.death and day > self.death:
            return False
        for first, last in self.coverage.get(year_of(day), ()):  # noqa: SIM110 - a generator costs more
            if first <= day <= last:
                return True
        return False

    def covered(self, first: int, last: int) -> bool:
        """Whether every day from ``first`` to ``last`` is eligible."""
        day = first
        while day <= last:
            ends = [end for begin, end in self.coverage.get(year_of(day), ()) if begin <= day <= end]
            if not ends:
                return False
            day = min(max(ends), new_year(year_of(day) + 1) - 1) + 1
        return not (self.death and last > self.death)

    def area(self, day: int) -> str | None:
        """Where the person lived that day, as the enrolment of the year says."""
        known = self._enrolments.get(year_of(day))
        return known.area_on(day) if known is not None else None

    def is_live(self, stay: Stay) -> bool:
        """Whether the patient left the hospital alive: discharged, not by death, and not dead by that day."""
        if stay.is_open or stay.closing.status == "20":
            return False
        return not (self.death and self.death <= stay.discharge)

    def put(self, day: int, component: int, amount: int = 1) -> None:
        """Add to the area's cell of a day that is counted and eligible; elsewhere nothing."""
        if year_of(day) in self.years and self.eligible(day):
            area = self.area(day)
            if area is not None:
                self.add(area, month_of(day), component, amount)

    def put_at(self, ccn: str, day: int, component: int, amount: int = 1) -> None:
        """Add to the hospital's cell of a day that is counted and eligible; elsewhere nothing."""
        if year_of(day) in self.years and self.eligible(day):
            self.add(f"ccn:{ccn}", month_of(day), component, amount)

    def add(self, unit: str, month: int, component: int, amount: int) -> None:
        """Add to a cell, whatever the person's eligibility."""
        amounts = self._cells.setdefault((unit, month, self._flags(month)), {})
        amounts[component] = amounts.get(component, 0) + amount

    def cells(self) -> dict[int, list[Cell]]:
        """What was counted, by year, in an order that depends on nothing else; zeros are left out."""
        found: dict[int, list[Cell]] = {}
        for (unit, month, flags), amounts in sorted(self._cells.items()):
            row = tuple(number for pair in sorted(amounts.items()) if pair[1] for number in pair)
            if row:
                found.setdefault(month // 100, []).append((unit, month, flags, row))
        return found
