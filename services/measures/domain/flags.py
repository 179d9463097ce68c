"""The flags of a beneficiary, month by month."""

from collections.abc import Mapping

from services.measures.domain.days import month_bounds
from services.measures.domain.evidence import held_in
from services.measures.domain.head import Head
from services.measures.domain.strata import flags_of
from services.measures.domain.timeline import Chunk, Enrolment
from services.measures.domain.values import INGREDIENTS, LOW_INCOME, ValueSets


class Flags:
    """Answers for months of years whose chunk is loaded, a year at a time."""

    __slots__ = ("_chunks", "_fills", "_head", "_held", "_values")

    def __init__(self, head: Head, chunks: Mapping[int, Chunk], values: ValueSets) -> None:
        self._head = head
        self._chunks = chunks
        self._values = values
        self._held: dict[int, tuple[frozenset[int], ...]] = {}
        self._fills = [
            (fill.filled, fill.filled + fill.days, values.of(INGREDIENTS, fill.code))
            for chunk in chunks.values()
            for fill in chunk.fills
            if not fill.cancelled
        ]

    def of_year(self, year: int) -> tuple[int, ...]:
        """The flags of January to December."""
        return tuple(self._of(month) for month in range(year * 100 + 1, year * 100 + 13))

    def _of(self, month: int) -> int:
        year, number = divmod(month, 100)
        enrolment = self._chunks[year].enrolment
        held = self._held.get(year)
        if held is None:
            held = self._held[year] = self._conditions(year, enrolment)
        last = month_bounds(month)[1]
        dual = enrolment.dual if enrolment is not None else ()
        return flags_of(
            dual=dual[number - 1] if len(dual) >= number else "",
            held=held[number - 1],
            medications=len(self._ingredients(last)) if self._fills else 0,
            low_income=self._lives_low(enrolment, last),
        )

    def _conditions(self, year: int, enrolment: Enrolment | None) -> tuple[frozenset[int], ...]:
        return held_in(year, self._head.evidence, enrolment.conditions if enrolment is not None else ())

    def _ingredients(self, day: int) -> set[str]:
        found: set[str] = set()
        for first, after, ingredients in self._fills:
            if first <= day < after:
                found |= ingredients
        return found

    def _lives_low(self, enrolment: Enrolment | None, day: int) -> bool:
        if enrolment is None or not self._values.has(LOW_INCOME):
            return False
        return bool(self._values.of(LOW_INCOME, enrolment.area_on(day)))
