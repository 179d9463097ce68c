"""Numbers that add up: which totals are the sum of which parts, as far as anyone outside can know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """Whom a number is about: a unit, a period, a stratum."""

    unit_type: str
    unit: str
    period: str
    stratum: str


class Figure(NamedTuple):
    """One number: what is counted, and where."""

    counted: str
    place: Place


class Equation(NamedTuple):
    """A total and the parts whose sum it is; no part twice."""

    total: Figure
    parts: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """A place and the places it is divided into along one dimension; these do not overlap.

    ``complete``: everybody in the whole is in a part (a stratum and those outside it; the months of a quarter).
    Otherwise the rest is a number too, which nobody publishes and anybody may work out. Communities that overlap
    stand in splits of their own.
    """

    whole: Place
    parts: tuple[Place, ...]
    complete: bool


class Table:
    """Equations by the figures in them. A figure's sign is 1 where it is a part and -1 where it is the total."""

    def __init__(self, equations: Iterable[Equation]) -> None:
        self.equations = tuple(equations)
        self.members = tuple(
            ((equation.total, -1), *((part, 1) for part in equation.parts)) for equation in self.equations
        )
        self._connected: dict[Figure, frozenset[Figure]] = {}
        self._of: dict[Figure, list[tuple[int, int]]] = {}
        for number, members in enumerate(self.members):
            for figure, sign in members:
                self._of.setdefault(figure, []).append((number, sign))

    def of(self, figure: Figure) -> list[tuple[int, int]]:
        """The equations a figure stands in, with its sign."""
        return self._of.get(figure, [])

    def connected(self, figure: Figure) -> frozenset[Figure]:
        """All figures that a chain of equations ties to this one, itself included."""
        if figure not in self._connected:
            found, ahead = {figure}, [figure]
            while ahead:
                for number, _ in self.of(ahead.pop()):
                    new = {member for member, _ in self.members[number]} - found
                    found |= new
                    ahead += new
            self._connected.update(dict.fromkeys(found, frozenset(found)))
        return self._connected[figure]


def add_up(
    values: Mapping[Figure, int], splits: Iterable[Split], shares: Iterable[tuple[str, str]]
) -> tuple[Table, dict[Figure, int]]:
    """The equations among these figures, and the figures with the rests and complements that follow from them.

    ``shares`` are pairs (part, whole) of things counted, of which the first is counted within the second. A part
    without a figure belongs to the rest. Raises ValueError where numbers do not add up.
    """
    everything = dict(values)
    counted = sorted({figure.counted for figure in values})
    equations = []
    for split in splits:
        for what in counted:
            equation = _divided(what, split, values, everything)
            if equation is not None:
                equations.append(equation)
    places = sorted({figure.place for figure in values})
    for part, whole in sorted(set(shares)):
        both = [place for place in places if Figure(part, place) in values and Figure(whole, place) in values]
        equations += [_shared(part, whole, place, everything) for place in both]
    return Table(equations), everything


def complement(part: str, whole: str, place: Place) -> Figure:
    """The figure of those in the whole who are not in the part."""
    return Figure(f"{whole} less {part}", place)


def _shared(part: str, whole: str, place: Place, everything: dict[Figure, int]) -> Equation:
    own, total, others = Figure(part, place), Figure(whole, place), complement(part, whole, place)
    everything[others] = everything[total] - everything[own]
    if everything[others] < 0:
        raise ValueError("a part is larger than its whole")
    return Equation(total, (own, others))


def _divided(what: str, split: Split, values: Mapping[Figure, int], everything: dict[Figure, int]) -> Equation | None:
    total = Figure(what, split.whole)
    parts = tuple(Figure(what, place) for place in split.parts if Figure(what, place) in values)
    if total not in values or not parts:
        return None
    rest = values[total] - sum(values[part] for part in parts)
    if split.complete and len(parts) == len(split.parts):
        if rest:
            raise ValueError("parts that are said to be complete do not add up to their whole")
        return Equation(total, parts)
    if rest < 0:
        raise ValueError("parts are larger than their whole: do they overlap?")
    outside = Figure(f"{what} outside {'|'.join('/'.join(part.place) for part in parts)}", split.whole)
    everything[outside] = rest
    return Equation(total, (*parts, outside))
