"""What a public snapshot of a quarter is made of: the figures of public units, and which of them add up.

Quarters alone are public: figures of four quarters could be subtracted from each other and show a quarter again.
Payments are not: amounts of cents have no small number, and one expensive person shows in them.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from services.measures.domain import evaluation, spread
from services.measures.domain.catalogue import DEFINITIONS, OF_HOSPITALS
from services.measures.domain.definitions import Aim, Definition, Per, Uncertainty
from services.measures.domain.periods import days_in
from services.measures.domain.rates import decimal
from services.measures.domain.snapshot import Cell
from services.measures.domain.tables import Place, Split

ALL: Final = "all"
Unit = tuple[str, str]


def cells_of(unit: Unit, period: str, amounts: Mapping[str, int], is_loaded: Callable[[str], bool]) -> list[Cell]:
    """The figures of a unit in a quarter; none of measures that cannot be computed."""
    found = []
    for definition in OF_HOSPITALS if unit[0] == spread.HOSPITAL else DEFINITIONS:
        counted = evaluation.count(definition, [(period, amounts)], is_loaded)
        if definition.aim is Aim.LOWER_COSTS or not counted.computable:
            continue
        value = evaluation.value(definition, counted)
        found.append(
            Cell(
                measure=definition.id,
                place=Place(*unit, period, ALL),
                counts=_counts(definition),
                numerator=counted.numerator,
                denominator=counted.denominator,
                value=decimal(value) if value is not None else None,
                share=_is_share(definition),
                person=days_in(period) if _is_person_time(definition) else 1,
            )
        )
    return found


def splits(period: str, states: Iterable[str], regions: Iterable[str], inside: Mapping[str, set[str]]) -> list[Split]:
    """The nation by states and by QIO regions, and by communities, those that overlap apart.

    ``inside``: the areas of each community. The nation may have more than its parts, where parts are not shown.
    """
    whole = Place(spread.NATION, spread.WHOLE, period, ALL)
    found = [
        Split(whole, tuple(Place(kind, unit, period, ALL) for unit in sorted(units)), complete=False)
        for kind, units in ((spread.STATE, states), (spread.REGION, regions))
    ]
    for group in _apart(inside):
        parts = tuple(Place(spread.COMMUNITY, unit, period, ALL) for unit in group)
        found.append(Split(whole, parts, complete=False))
    return found


def within_states(period: str, inside: Mapping[str, set[str]], state_of: Callable[[str], str]) -> list[Split]:
    """Each state by the communities that lie wholly in it, those that overlap apart."""
    by_state: dict[str, dict[str, set[str]]] = {}
    for community, areas in inside.items():
        states = {state_of(area) for area in areas}
        if len(states) == 1:
            by_state.setdefault(states.pop(), {})[community] = areas
    return [
        Split(
            Place(spread.STATE, state, period, ALL),
            tuple(Place(spread.COMMUNITY, unit, period, ALL) for unit in group),
            complete=False,
        )
        for state, own in sorted(by_state.items())
        for group in _apart(own)
    ]


def _apart(inside: Mapping[str, set[str]]) -> list[list[str]]:
    """Groups of communities none of which shares an area with another of its group."""
    groups: list[tuple[list[str], set[str]]] = []
    for community, areas in sorted(inside.items()):
        for members, covered in groups:
            if not covered & areas:
                members.append(community)
                covered.update(areas)
                break
        else:
            groups.append(([community], set(areas)))
    return [members for members, _ in groups]


def _counts(definition: Definition) -> tuple[str, str]:
    numerator = " ".join(f"{'-' if sign < 0 else '+'}{name}" for name, sign in sorted(definition.numerator.items()))
    denominator = " ".join(f"+{name}" for name in sorted(definition.denominator))
    return numerator, denominator


def _is_share(definition: Definition) -> bool:
    counted_within = definition.uncertainty is Uncertainty.SHARE or definition.id.startswith("ade-")
    return definition.per is Per.RATIO and (counted_within or "nights" in definition.denominator)


def _is_person_time(definition: Definition) -> bool:
    return bool({"days", "nights"} & set(definition.denominator))
