"""Changes of the rollups, gathered from the cells of many beneficiaries before they are appended."""

from collections.abc import Iterable
from itertools import chain

from services.measures.domain.timeline import Cell

Deltas = dict[tuple[str, int, int], tuple[int, ...] | dict[int, int]]
"""Unit, month (YYYYMM) and flags to the change of each component: pairs as in a cell while only one has come, which is
what most claims of a batch find."""


def replace(deltas: Deltas, before: Iterable[Cell], after: Iterable[Cell]) -> None:
    """Put contributions in the place of earlier ones; what stands in both is no change."""
    if before:
        gone, come = set(before), set(after)
        _add(deltas, gone - come, -1)
        after = come - gone
    _add(deltas, after, 1)


def _add(deltas: Deltas, cells: Iterable[Cell], sign: int) -> None:
    for unit, month, flags, pairs in cells:
        key = (unit, month, flags)
        row = deltas.get(key)
        if row is None and sign > 0:
            deltas[key] = pairs
            continue
        if not isinstance(row, dict):
            row = deltas[key] = dict(_by_two(row)) if row else {}
        for component, amount in _by_two(pairs):
            row[component] = row.get(component, 0) + sign * amount


def without_zeros(deltas: Deltas) -> list[Cell]:
    """The changes to append; what cancels out is left out."""
    found: list[Cell] = []
    for (unit, month, flags), row in deltas.items():
        pairs = tuple(chain.from_iterable(pair for pair in row.items() if pair[1])) if isinstance(row, dict) else row
        if pairs:
            found.append((unit, month, flags, pairs))
    return found


def _by_two(pairs: tuple[int, ...]) -> Iterable[tuple[int, int]]:
    return zip(pairs[::2], pairs[1::2], strict=True)
