"""Whose contributions make a number: the cells that chunks of beneficiaries added to the rollups of a unit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Final, NamedTuple

import asyncpg

from services.measures.domain import spread, strata
from services.measures.domain.components import named
from services.measures.domain.definitions import Definition
from services.measures.domain.spread import Amounts, add_amounts
from services.measures.domain.timeline import Cell, decode_cells, decode_chunk
from services.measures.reads.asking import Place
from shared.program.areas import region_of, state_of

BREATH: Final = 200  # chunks decoded in one go, some milliseconds
_OF_AREAS: Final = """
    SELECT b.ref, c.body FROM chunk c JOIN beneficiary b ON b.id = c.beneficiary
    WHERE c.year = ANY($1::smallint[]) AND (c.area = ANY($2::text[]) OR c.moved)
    ORDER BY b.ref
"""
_OF_ALL: Final = """
    SELECT b.ref, c.body FROM chunk c JOIN beneficiary b ON b.id = c.beneficiary
    WHERE c.year = ANY($1::smallint[]) ORDER BY b.ref
"""
_AREAS: Final = "SELECT area FROM community_area WHERE community = $1"

Within = Callable[[str, int], bool]
"""Whether a cell of this unit (``zip:15001``, ``ccn:390001``) and month (YYYYMM) is part of the unit asked for."""


@dataclass(slots=True)
class Contributor:
    """What one beneficiary adds to the components of a measure; ``moved``: when that last changed (seconds, UTC)."""

    ref: bytes
    amounts: Amounts = field(default_factory=dict)
    moved: int = 0


class Asked(NamedTuple):
    """Which cells are looked for."""

    definition: Definition
    months: frozenset[int]
    within: Within
    stratum: str


async def within(conn: asyncpg.Connection, place: Place) -> tuple[Within, Collection[str] | None]:
    """What is part of a unit, and the areas its people may have lived in (None: anywhere)."""
    kind, unit = place.unit_type, place.unit
    if kind == spread.AREA:
        return (lambda own, _: own == unit), {unit}
    if kind == spread.COMMUNITY:
        areas = {row["area"] for row in await conn.fetch(_AREAS, unit)}
        return (lambda own, _: own in areas), areas
    if kind == spread.HOSPITAL:
        return (lambda own, _: own == f"ccn:{unit}"), None
    if kind == spread.STATE:
        return (lambda own, _: _is_area(own) and state_of(own) == unit), None
    if kind == spread.REGION:
        return (lambda own, month: _is_area(own) and region_of(state_of(own), month) == unit), None
    return (lambda own, _: _is_area(own)), None


async def contributors(
    conn: asyncpg.Connection, asked: Asked, areas: Collection[str] | None
) -> AsyncIterator[Contributor]:
    """Every beneficiary who adds something to the measure's components, in the order of references.

    Needs the caller's transaction. Memory does not grow with the number of beneficiaries.
    """
    years = sorted({month // 100 for month in asked.months})
    query = (_OF_ALL, years) if areas is None else (_OF_AREAS, years, list(areas))
    belongs = cache(partial(strata.contains, asked.stratum))
    current = Contributor(b"")
    number = 0
    async for ref, body in conn.cursor(*query, prefetch=BREATH):
        if ref != current.ref:
            if _adds(asked.definition, current):
                yield current
            current = Contributor(ref)
        chunk = decode_chunk(body)
        if _take(current.amounts, [*decode_cells(chunk.time), *chunk.cells], asked, belongs):
            current.moved = max(current.moved, chunk.moved)
        number += 1
        if number % BREATH == 0:
            await asyncio.sleep(0)
    if _adds(asked.definition, current):
        yield current


def components(definition: Definition, amounts: Amounts) -> dict[str, int]:
    """The amounts that the measure looks at, by name: of its numerator and denominator, and of inputs it lacks."""
    wanted = {*definition.numerator, *definition.denominator, *(f"lacks_{name}" for name in definition.needs)}
    return {name: amount for name, amount in named(amounts).items() if name in wanted}


def _take(amounts: Amounts, cells: Collection[Cell], asked: Asked, belongs: Callable[[int], bool]) -> bool:
    found = False
    for unit, month, flags, row in cells:
        if month in asked.months and asked.within(unit, month) and belongs(flags):
            add_amounts(amounts, zip(row[::2], row[1::2], strict=True))
            found = True
    return found


def _adds(definition: Definition, one: Contributor) -> bool:
    return bool(one.amounts) and bool(components(definition, one.amounts))


def _is_area(unit: str) -> bool:
    return not unit.startswith("ccn:")
