"""Hides small numbers in what leaves the service, so that none can be worked out from the rest (42 CFR 480.101).

CMS and ResDAC: no count of 1 to 10 is shown or can be derived from others; 0 may be shown. Numbers of cases are
hidden by themselves first, so that tables of different events over the same cases hide the same groups and do not give
each other away; then events. Publish on a schedule: two tables a few days apart show a small difference.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from services.complaints.domain.consistency.rates import Cell, Comparison, Dimension, Rate, compared

SMALLEST: Final = 11


def for_outside(dimension: Dimension, cells: Collection[Cell]) -> Comparison:
    """The comparison with small numbers hidden.

    Raises ValueError for reviewer groups: how groups of reviewers decide is deliberation and stays inside.
    """
    if dimension is Dimension.REVIEWER_GROUP:
        raise ValueError("comparisons of reviewers do not leave the service")
    shown = compared(cells)
    held = {cell.group: cell for cell in cells}
    without_cases = _hide(held, lambda cell: (cell.cases,))
    without_events = _hide(held, lambda cell: (cell.events, cell.cases - cell.events))
    rates = tuple(_shown(rate, without_cases, without_events) for rate in shown.rates)
    return Comparison(_total(shown.overall), rates)


def _hide(cells: Mapping[str, Cell], counts: Callable[[Cell], tuple[int, ...]]) -> frozenset[str]:
    """Groups to hide: the small ones, and the next smallest until their sum, which the total tells, is not small."""
    chosen = {group for group, cell in cells.items() if any(map(_is_small, counts(cell)))}
    others = sorted(
        (cell for group, cell in cells.items() if group not in chosen and cell.cases), key=lambda c: (c.cases, c.group)
    )
    for cell in others:
        sums = [sum(column) for column in zip(*(counts(cells[group]) for group in chosen), strict=True)]
        if not any(map(_is_small, sums)):
            break
        chosen.add(cell.group)
    return frozenset(chosen)


def _is_small(count: int) -> bool:
    return 0 < count < SMALLEST


def _shown(rate: Rate, without_cases: frozenset[str], without_events: frozenset[str]) -> Rate:
    if rate.group in without_cases:
        return Rate(rate.group, None, None)
    return Rate(rate.group, None, rate.cases) if rate.group in without_events else rate


def _total(rate: Rate) -> Rate:
    """The share of all; where it is small no group is left to show."""
    assert rate.events is not None
    assert rate.cases is not None
    if _is_small(rate.cases):
        return Rate(rate.group, None, None)
    return Rate(rate.group, None, rate.cases) if _is_small(rate.events) or _is_small(rate.cases - rate.events) else rate
