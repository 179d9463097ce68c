"""Adverse drug events after discharge, by class of high-risk drug and by the setting that treated them."""

from collections.abc import Iterable, Sequence
from typing import Final

from services.measures.domain import values
from services.measures.domain.components import ADE_CLASSES, ADE_LEVELS, NUMBER
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.exposure import Index, indexes
from services.measures.domain.influence import FOLLOW_UP_DAYS
from services.measures.domain.person import Person
from services.measures.domain.visits import Chain, chains

_SOURCE: Final = (
    "Narrow code set of ICD-10-CM adverse effects (T36-T50, intent 5, initial encounter) and of codes that name one; "
    "Hohl et al. 2013 found no standard. The National Coordinating Center's own list was not found."
)
_NAMES: Final = {
    "anticoagulant": "anticoagulants",
    "diabetic": "diabetic agents",
    "opioid": "opioids",
    "any": "any high-risk drug",
}
_LEVEL_NAMES: Final = {"ed": "emergency visits", "observation": "observation stays", "inpatient": "admissions"}
_EVENTS_NEED: Final = frozenset(("diagnoses", "inpatient", "outpatient", "poa"))


def _after_discharge(name: str, levels: Iterable[str], measure: str, title: str) -> Definition:
    return Definition(
        id=measure,
        specification=1,
        title=title,
        numerator={f"ade_hit_{name}_{level}": 1 for level in levels},
        denominator=(f"ade_index_{name}",),
        per=Per.RATIO,
        scale=1000,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_CARE,
        priority=Priority.SAFER_CARE,
        uncertainty=Uncertainty.EVENTS,
        needs=_EVENTS_NEED | {"drugs"},
        value_sets=frozenset((values.INGREDIENTS,)),
        complete_months=True,
        note="Discharges with a drug of the class count, each once, with the highest setting of its events in 30 days.",
    )


def _of_population(name: str) -> Definition:
    return Definition(
        id=f"ade-{name}-events",
        specification=1,
        title=f"Adverse drug events, {_NAMES[name] if name != 'any' else 'any drug'}, per 1,000 beneficiaries "
        "per quarter",
        numerator={f"ade_event_{name}_{level}": 1 for level in ADE_LEVELS},
        denominator=("days",),
        per=Per.BENEFICIARY_QUARTER,
        scale=1000,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.SAFER_CARE,
        uncertainty=Uncertainty.EVENTS,
        needs=_EVENTS_NEED,
        note="Whether or not a discharge came before.",
    )


DEFINITIONS: Final = (
    *(
        _after_discharge(
            name,
            ADE_LEVELS,
            f"ade-{name}",
            f"Discharges followed by an adverse drug event within 30 days, {_NAMES[name]}, per 1,000",
        )
        for name in ADE_CLASSES
    ),
    *(
        _after_discharge(
            "any",
            (level,),
            f"ade-any-{level}",
            f"Discharges followed by an adverse drug event within 30 days, {_LEVEL_NAMES[level]}, per 1,000",
        )
        for level in ADE_LEVELS
    ),
    *(_of_population(name) for name in ADE_CLASSES),
)


_INDEX: Final = {name: NUMBER[f"ade_index_{name}"] for name in ADE_CLASSES}
_HIT: Final = {name: tuple(NUMBER[f"ade_hit_{name}_{level}"] for level in ADE_LEVELS) for name in ADE_CLASSES}
_EVENT: Final = {name: tuple(NUMBER[f"ade_event_{name}_{level}"] for level in ADE_LEVELS) for name in ADE_CLASSES}


def count(person: Person) -> None:
    """Count discharges with a drug of each class, events by class, and the discharges that events follow.

    An event goes to the latest discharge with that class within the 30 days before it, a discharge counts once, at
    the highest setting of its events.
    """
    found = indexes(person)
    for name in ADE_CLASSES:
        own = [index for index in found if name in index.classes]
        for index in own:
            person.put(index.stay.discharge, _INDEX[name])
        highest: dict[int, int] = {}
        for chain in chains(person, name):
            person.put(chain.day, _EVENT[name][chain.level])
            hit = _hit(own, chain)
            if hit is not None:
                highest[hit] = max(highest.get(hit, 0), chain.level)
        for position, level in highest.items():
            person.put(own[position].stay.discharge, _HIT[name][level])


def _hit(own: Sequence[Index], chain: Chain) -> int | None:
    """The position of the index the event goes to."""
    hit = None
    for position, index in enumerate(own):
        within = 0 <= chain.day - index.stay.discharge <= FOLLOW_UP_DAYS and not chain.contains(index.stay)
        if within and (hit is None or index.stay.discharge >= own[hit].stay.discharge):
            hit = position
    return hit
