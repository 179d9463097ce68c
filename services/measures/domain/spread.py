"""Changes of cells summed, and spread from areas to all the units they belong to."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from services.measures.domain.timeline import Cell

Amounts = dict[int, int]
"""component to amount"""
Body = dict[int, Amounts]
"""flags to component to amount"""
Key = tuple[str, str, int]
"""unit type, unit, month (YYYYMM)"""
Sums = dict[Key, Body]

AREA: Final = "area"
HOSPITAL: Final = "hospital"
COMMUNITY: Final = "community"
STATE: Final = "state"
REGION: Final = "region"
NATION: Final = "nation"
WHOLE: Final = "US"
"""The one unit of the nation."""
PUBLISHED: Final = (COMMUNITY, STATE, REGION, NATION, HOSPITAL)
_CCN: Final = "ccn:"


def summed(cells: Iterable[Cell]) -> Sums:
    """Cells of areas and hospitals by unit and month; amounts that cancel out are kept as zeros."""
    units: dict[str, dict[int, Body]] = {}
    for unit, month, flags, row in cells:
        months = units.get(unit)
        if months is None:
            months = units[unit] = {}
        body = months.get(month)
        if body is None:
            body = months[month] = {}
        _add(body, flags, zip(row[::2], row[1::2], strict=True))
    return {
        (HOSPITAL, unit[len(_CCN) :], month) if unit.startswith(_CCN) else (AREA, unit, month): body
        for unit, months in units.items()
        for month, body in months.items()
    }


def spread(
    sums: Sums,
    communities: Mapping[str, Iterable[str]],
    state_of: Callable[[str], str],
    region_of: Callable[[str, int], str],
) -> Sums:
    """``sums`` with what each area adds to its communities, its state, its state's QIO region of the month and the
    nation. Communities may overlap, so they do not add up to anything; hospitals belong to nothing."""
    found: Sums = dict(sums)
    states: Sums = {}
    for (kind, unit, month), body in sums.items():
        if kind == AREA:
            add(states, (STATE, state_of(unit), month), body)
            for community in communities.get(unit, ()):
                add(found, (COMMUNITY, community, month), body)
    for (_, state, month), body in states.items():
        add(found, (REGION, region_of(state, month), month), body)
        add(found, (NATION, WHOLE, month), body)
    return found | states


def add(sums: Sums, key: Key, body: Body) -> None:
    """Add a body to a unit and month."""
    own = sums.get(key)
    if own is None:
        own = sums[key] = {}
    merge(own, body)


def merge(own: Body, body: Body) -> None:
    """Add one body to another."""
    for flags, amounts in body.items():
        _add(own, flags, amounts.items())


def add_amounts(own: Amounts, pairs: Iterable[tuple[int, int]]) -> None:
    """Add amounts of components to others."""
    for component, amount in pairs:
        own[component] = own.get(component, 0) + amount


def total(body: Body) -> Amounts:
    """The amounts over all flags."""
    found: Amounts = {}
    for amounts in body.values():
        add_amounts(found, amounts.items())
    return found


def without_zeros(body: Body) -> Body:
    """A body as it is kept: no zeros and no flags without amounts."""
    kept = {flags: nonzero(amounts) for flags, amounts in body.items()}
    return {flags: amounts for flags, amounts in kept.items() if amounts}


def nonzero(amounts: Amounts) -> Amounts:
    """Amounts as they are kept."""
    return {component: amount for component, amount in amounts.items() if amount}


def _add(body: Body, flags: int, pairs: Iterable[tuple[int, int]]) -> None:
    amounts = body.get(flags)
    if amounts is None:
        body[flags] = dict(pairs)
    else:
        add_amounts(amounts, pairs)
