"""A public snapshot: which rows of a quarter's figures leave as they are, which keep their old figure, which stay in.

A row is shown whole or not at all. Against the difference of two snapshots: a figure that differs by 1 to 10 from any
that was ever shown in its place, or could be worked out there, is protected like a small one: whatever else is shown,
it could be up to 10 more or less than then. A row with such a figure (numerator, denominator, or those in the
denominator who are not in the numerator) keeps the figures last published.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from services.measures.domain.suppression import SMALL, Protection, Range, audit, is_small, protect
from services.measures.domain.tables import Figure, Place, Split, Table, add_up, complement


class Reason(StrEnum):
    """Why a row is not shown as it is."""

    SMALL = "a count of 1 to 10"
    COMPLEMENT = "would give away a count of 1 to 10 elsewhere"
    DIFFERENCE = "differs by 1 to 10 from what was published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A measure's true figures for one place.

    ``counts`` says what numerator and denominator count; the same words mean the same number wherever they stand, also
    in another measure. ``share``: the numerator is counted within the denominator. ``person``: how much one person
    makes in the denominator, 1 or, of person-time, the days of the period. ``public`` is False for places that are
    known inside only (ZIP codes): they are never shown, and protected all the same.
    """

    measure: str
    place: Place
    counts: tuple[str, str]
    numerator: int
    denominator: int
    value: str | None
    share: bool = False
    person: int = 1
    public: bool = True

    @property
    def figures(self) -> tuple[Figure, Figure]:
        """The two numbers it shows."""
        return Figure(self.counts[0], self.place), Figure(self.counts[1], self.place)

    @property
    def all_figures(self) -> tuple[Figure, ...]:
        """These, and the number that follows from them where the numerator is a share."""
        return (*self.figures, complement(*self.counts, self.place)) if self.share else self.figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the public sees: figures as of now (no reason), the last published ones (DIFFERENCE), or none."""

    measure: str
    place: Place
    numerator: int | None = None
    denominator: int | None = None
    value: str | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The rows that leave; and ``known``, which never leaves: every value a figure had when it was shown or could
    have been worked out. The next snapshot needs both."""

    rows: tuple[Row, ...]
    known: Mapping[Figure, frozenset[int]] = field(repr=False)


NOTHING = Snapshot((), {})


def publish(cells: Sequence[Cell], splits: Iterable[Split], last: Snapshot = NOTHING) -> Snapshot:
    """The next snapshot after ``last``; the same again when nothing changed.

    Raises ValueError where figures do not add up, two cells disagree about one number, or the audit finds a figure
    unprotected: then nothing leaves.
    """
    shares = [cell.counts for cell in cells if cell.share]
    table, values = add_up(_values(cells), splits, shares)
    small, near = _small(cells, values), _near(values, last.known)
    needs = _joined(small, near)
    shown = {figure for cell in cells if cell.public for figure in cell.figures}
    protection = protect(table, values, needs, values.keys() - shown)
    _check(table, values, needs, protection)
    before = {(row.measure, row.place): row for row in last.rows}
    rows = tuple(
        _row(cell, protection, small, near, before.get((cell.measure, cell.place))) for cell in cells if cell.public
    )
    return Snapshot(rows, _known(values, needs, last.known))


def _values(cells: Iterable[Cell]) -> dict[Figure, int]:
    values: dict[Figure, int] = {}
    for cell in cells:
        for figure, value in zip(cell.figures, (cell.numerator, cell.denominator), strict=True):
            if values.setdefault(figure, value) != value:
                raise ValueError("two cells disagree about the same number")
    return values


def _small(cells: Iterable[Cell], values: Mapping[Figure, int]) -> dict[Figure, Range]:
    """Small counts, those that nobody publishes included; person-time of fewer than 11 persons is small."""
    most = {cell.figures[1]: (SMALL + 1) * cell.person - 1 for cell in cells}
    found = {}
    for figure, value in values.items():
        limit = most.get(figure, SMALL)
        if is_small(value, limit):
            found[figure] = Range(0, limit)
    return found


def _near(values: Mapping[Figure, int], known: Mapping[Figure, frozenset[int]]) -> dict[Figure, Range]:
    found = {}
    for figure, value in values.items():
        close = [old for old in known.get(figure, ()) if is_small(abs(value - old))]
        if close:
            found[figure] = Range(max(0, min(close) - SMALL), max(close) + SMALL)
    return found


def _joined(small: Mapping[Figure, Range], near: Mapping[Figure, Range]) -> dict[Figure, Range]:
    joined = dict(small)
    for figure, need in near.items():
        other = joined.get(figure, need)
        joined[figure] = Range(min(need.low, other.low), max(need.high, other.high))
    return joined


def _check(table: Table, values: Mapping[Figure, int], needs: Mapping[Figure, Range], protection: Protection) -> None:
    open_ = audit(table, values, needs, protection)
    if open_:
        raise ValueError(f"{len(open_)} small figures could be worked out: nothing is published")


def _row(
    cell: Cell,
    protection: Protection,
    small: Mapping[Figure, Range],
    near: Mapping[Figure, Range],
    before: Row | None,
) -> Row:
    if not any(figure in protection.withheld for figure in cell.figures):
        return Row(
            measure=cell.measure,
            place=cell.place,
            numerator=cell.numerator,
            denominator=cell.denominator,
            value=cell.value,
        )
    is_near = any(figure in near for figure in cell.all_figures)
    if is_near and before is not None and before.numerator is not None:
        return Row(
            measure=cell.measure,
            place=cell.place,
            numerator=before.numerator,
            denominator=before.denominator,
            value=before.value,
            reason=Reason.DIFFERENCE,
        )
    if any(figure in small for figure in cell.all_figures):
        reason = Reason.SMALL
    else:
        reason = Reason.DIFFERENCE if is_near else Reason.COMPLEMENT
    return Row(measure=cell.measure, place=cell.place, reason=reason)


def _known(
    values: Mapping[Figure, int], needs: Mapping[Figure, Range], before: Mapping[Figure, frozenset[int]]
) -> dict[Figure, frozenset[int]]:
    """What may be known now: everything that is not protected, whether it is shown or not."""
    known = dict(before)
    for figure, value in values.items():
        if figure not in needs:
            known[figure] = known.get(figure, frozenset()) | {value}
    return known
