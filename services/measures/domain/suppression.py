"""Small numbers: what may not be shown, what must go with it, and the proof that nobody can work it out.

CMS's cell size policy (versions of 2017 and 2024): no count of 1 to 10 is reported or can be derived; 0 may. Here a
protected figure must be able to lie anywhere from 0 to 10 for all that is shown, so that nothing is learnt but that it
is small. That is proven by two other worlds: sets of numbers, none below 0, that fulfil every equation and show the
same figures, in one of which the figure is as low as it must be able to be, in the other as high.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from services.measures.domain.circuits import Rank, Search
from services.measures.domain.tables import Figure, Table

SMALL: Final = 10
_STEPS: Final = (60, 120, 120)  # of each search; one that succeeds hardly ever goes back


def is_small(count: int, most: int = SMALL) -> bool:
    """Whether a count is too small to be shown: 1 to 10; ``most`` is more than 10 where a person counts as many."""
    return 0 < count <= most


class Range(NamedTuple):
    """Between which values a figure must be able to lie."""

    low: int
    high: int


class Worlds(NamedTuple):
    """The figures that differ, and how they stand, where the protected one is low and where it is high."""

    low: Mapping[Figure, int]
    high: Mapping[Figure, int]


@dataclass(frozen=True, slots=True)
class Protection:
    """What is withheld in all, and the proof for each figure that is protected."""

    withheld: frozenset[Figure]
    proofs: Mapping[Figure, Worlds]


def protect(
    table: Table, values: Mapping[Figure, int], needs: Mapping[Figure, Range], hidden: Collection[Figure]
) -> Protection:
    """Withhold the figures in ``needs``, and with them what would give them away.

    ``hidden`` are figures that are not shown anyway. What is withheld already is used first; else the smallest figures
    that suffice; else totals; at last everything that is tied to the figure. Deterministic.
    """
    withheld = set(needs) | set(hidden)
    proofs = {}
    for figure in sorted(needs, key=lambda one: (values[one], one)):
        proof = _proof(table, values, figure, needs[figure], withheld)
        proofs[figure] = proof
        withheld |= proof.low.keys() | proof.high.keys()
    return Protection(frozenset(withheld), proofs)


def audit(
    table: Table, values: Mapping[Figure, int], needs: Mapping[Figure, Range], protection: Protection
) -> list[Figure]:
    """The figures whose protection is not proven; empty when the table may leave.

    Checks the two worlds of each figure against the definition, whoever made them, in one pass over their equations.
    What it passes, a linear program over the same equations passes too, because the worlds are solutions of it.
    """
    return sorted(figure for figure, need in needs.items() if not _holds(table, values, figure, need, protection))


def _holds(table: Table, values: Mapping[Figure, int], figure: Figure, need: Range, protection: Protection) -> bool:
    proof = protection.proofs.get(figure)
    if proof is None or figure not in protection.withheld:
        return False
    low, high = proof.low.get(figure, values[figure]), proof.high.get(figure, values[figure])
    return (
        low <= need.low
        and high >= need.high
        and all(_is_world(table, values, world, protection.withheld) for world in proof)
    )


def _is_world(
    table: Table, values: Mapping[Figure, int], world: Mapping[Figure, int], withheld: Collection[Figure]
) -> bool:
    if any(value < 0 or figure not in withheld for figure, value in world.items()):
        return False
    touched = {number for figure in world for number, _ in table.of(figure)}
    return all(
        sum(sign * world.get(figure, values[figure]) for figure, sign in table.members[number]) == 0
        for number in touched
    )


def _proof(table: Table, values: Mapping[Figure, int], figure: Figure, need: Range, withheld: set[Figure]) -> Worlds:
    if table.connected(figure) <= withheld:
        return _all_withheld(table, values, figure, need)
    low = _reach(table, values, figure, min(need.low, values[figure]), withheld)
    high = _reach(table, values, figure, max(need.high, values[figure]), withheld | (low or {}).keys())
    if low is None or high is None:
        return _all_withheld(table, values, figure, need)
    return Worlds(low, high)


def _reach(
    table: Table, values: Mapping[Figure, int], figure: Figure, goal: int, withheld: Collection[Figure]
) -> dict[Figure, int] | None:
    """A world in which the figure has this value, by one circuit after another; None where none was found."""
    world, used = dict(values), {figure}
    while world[figure] != goal:
        change = 1 if world[figure] < goal else -1
        changes = _circuit(table, world, figure, change, used | set(withheld))
        if changes is None:
            return None
        times = min([abs(goal - world[figure]), *(world[one] for one, by in changes.items() if by < 0)])
        for one, by in changes.items():
            world[one] += by * times
        used |= changes.keys()
    return {one: world[one] for one in used}


def _circuit(
    table: Table, world: Mapping[Figure, int], figure: Figure, change: int, withheld: Collection[Figure]
) -> dict[Figure, int] | None:
    """With what is withheld; else with the smallest others; else along the totals."""

    def smallest(one: Figure, closed: int, opened: int, _: int) -> tuple[int, ...]:
        return opened - closed, one not in withheld, world[one]

    def totals(one: Figure, closed: int, _: int, sign: int) -> tuple[int, ...]:
        return -closed, sign, -world[one]

    tries: tuple[tuple[Callable[[Figure], bool], Rank, int], ...] = (
        (lambda one: one in withheld, smallest, _STEPS[0]),
        (lambda _: True, smallest, _STEPS[1]),
        (lambda _: True, totals, _STEPS[2]),
    )
    for may_change, rank, steps in tries:
        found = Search(table, world, may_change=may_change, rank=rank, steps=steps).run(figure, change)
        if found is not None:
            return found
    return None


def _all_withheld(table: Table, values: Mapping[Figure, int], figure: Figure, need: Range) -> Worlds:
    """With nothing shown, all figures may be 0, or any multiple of what they are: sums hold in both."""
    tied = sorted(table.connected(figure))
    times = -(-need.high // max(values[figure], 1))
    return Worlds(dict.fromkeys(tied, 0), {one: values[one] * max(times, 1) for one in tied})
