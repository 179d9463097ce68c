"""Finds how a number could be larger or smaller without any number that is shown changing.

A circuit is a set of figures that change by one, up or down, so that every equation still holds: the rectangle of
complementary suppression, in as many dimensions as there are.
"""

from collections.abc import Callable, Mapping

from services.measures.domain.tables import Figure, Table

LONGEST = 300  # figures of a circuit
Rank = Callable[[Figure, int, int, int], tuple[int, ...]]


class Search:
    """One search for a circuit through a figure that may be walked ``down`` and ``up`` times.

    ``may_change`` says which figures may take part, ``rank`` which to try first: called with the figure, how many open
    equations it closes, how many it opens, and its sign in the equation at hand. ``steps`` bounds the work, so that
    not finding a circuit does not mean that there is none.
    """

    def __init__(
        self,
        table: Table,
        values: Mapping[Figure, int],
        *,
        down: int,
        up: int,
        may_change: Callable[[Figure], bool],
        rank: Rank,
        steps: int,
    ) -> None:
        self._table, self._values = table, values
        self._room = {1: down, -1: up}  # what a figure must hold that falls so often while the walk goes that way
        self._may_change, self._rank, self._steps = may_change, rank, steps
        self._changes: dict[Figure, int] = {}

    def run(self, figure: Figure) -> dict[Figure, int] | None:
        """The changes that go with the figure's own of +1; None where none was found."""
        self._changes = {figure: 1}
        unbalanced = dict(self._table.of(figure))
        return self._changes if self._close(unbalanced) else None

    def _close(self, unbalanced: dict[int, int]) -> bool:
        if not unbalanced:
            return True
        self._steps -= 1
        if self._steps < 0 or len(self._changes) > LONGEST:
            return False
        number = next(iter(unbalanced))  # the oldest: near equations are closed before far ones are opened
        for figure, change, after in self._candidates(number, unbalanced):
            self._changes[figure] = change
            if self._close(after):
                return True
            del self._changes[figure]
            if self._steps < 0:
                return False
        return False

    def _candidates(self, number: int, unbalanced: dict[int, int]) -> list[tuple[Figure, int, dict[int, int]]]:
        found = []
        for figure, sign in self._table.members[number]:
            change = -unbalanced[number] * sign
            if figure in self._changes or self._values[figure] < self._room[change] or not self._may_change(figure):
                continue
            after = self._after(figure, change, unbalanced)
            if after is not None:
                closed = sum(other not in after for other in unbalanced)
                opened = len(after) - len(unbalanced) + closed
                found.append((self._rank(figure, closed, opened, sign), figure, change, after))
        found.sort(key=lambda candidate: candidate[:2])
        return [(figure, change, after) for _, figure, change, after in found]

    def _after(self, figure: Figure, change: int, unbalanced: dict[int, int]) -> dict[int, int] | None:
        """What is out of balance then; None if an equation would be by more than one."""
        after = dict(unbalanced)
        for other, sign in self._table.of(figure):
            by = after.pop(other, 0) + sign * change
            if abs(by) > 1:
                return None
            if by:
                after[other] = by
        return after
