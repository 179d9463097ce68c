"""Finds how a number could be larger or smaller without any number that is shown changing.

A circuit is a set of figures that change by one, up or down, so that every equation still holds: the rectangle of
complementary suppression, in as many dimensions as there are.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from services.measures.domain.tables import Figure, Table

LONGEST = 300  # figures of a circuit
Rank = Callable[[Figure, int, int, int], tuple[int, ...]]


class _Step(NamedTuple):
    """A figure that may change next."""

    rank: tuple[int, ...]
    figure: Figure
    change: int


class Search:
    """One search for a circuit from ``values``, of which none may fall below 0.

    ``may_change`` says which figures may take part, ``rank`` which to try first: called with the figure, how many open
    equations it closes, how many it opens, and its sign in the equation at hand. ``steps`` bounds the work, so that
    not finding a circuit does not mean that there is none.
    """

    def __init__(
        self,
        table: Table,
        values: Mapping[Figure, int],
        *,
        may_change: Callable[[Figure], bool],
        rank: Rank,
        steps: int,
    ) -> None:
        self._table, self._values = table, values
        self._may_change, self._rank, self._steps = may_change, rank, steps
        self._changes: dict[Figure, int] = {}

    def run(self, figure: Figure, change: int) -> dict[Figure, int] | None:
        """The changes that go with this one of the figure, itself included; None where none were found."""
        self._changes = {figure: change}
        unbalanced = {number: sign * change for number, sign in self._table.of(figure)}
        return self._changes if self._close(unbalanced) else None

    def _close(self, unbalanced: dict[int, int]) -> bool:
        if not unbalanced:
            return True
        self._steps -= 1
        if self._steps < 0 or len(self._changes) > LONGEST:
            return False
        for step in self._narrowest(unbalanced):
            self._changes[step.figure] = step.change
            if self._close(self._after(step, unbalanced)):
                return True
            del self._changes[step.figure]
            if self._steps < 0:
                return False
        return False

    def _narrowest(self, unbalanced: dict[int, int]) -> list[_Step]:
        """The ways to close the equation that has fewest, so that a dead end is seen at once; the best first."""
        fewest: list[_Step] | None = None
        for number in unbalanced:
            found = self._ways(number, unbalanced)
            if fewest is None or len(found) < len(fewest):
                fewest = found
            if len(fewest) <= 1:
                break
        return sorted(fewest or [], key=lambda step: step[:2])

    def _ways(self, number: int, unbalanced: dict[int, int]) -> list[_Step]:
        found = []
        for figure, sign in self._table.members[number]:
            change = -unbalanced[number] * sign
            if figure in self._changes or self._values[figure] + change < 0 or not self._may_change(figure):
                continue
            closed = opened = 0
            for other, own in self._table.of(figure):
                by = unbalanced.get(other, 0)
                if by == own * change:
                    break  # this equation would be out of balance by two
                closed += by != 0
                opened += by == 0
            else:
                found.append(_Step(self._rank(figure, closed, opened, sign), figure, change))
        return found

    def _after(self, step: _Step, unbalanced: dict[int, int]) -> dict[int, int]:
        """What is out of balance then."""
        after = dict(unbalanced)
        for other, sign in self._table.of(step.figure):
            if other in after:
                del after[other]
            else:
                after[other] = sign * step.change
        return after
