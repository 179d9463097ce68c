"""Live discharges of people who take a high-risk drug: the index of adverse drug events after a transition."""

from typing import NamedTuple

from services.measures.domain.adverse_drug_events import ANY, class_of_ingredient, exposure_of_code
from services.measures.domain.person import Person
from services.measures.domain.stays import Stay
from services.measures.domain.timeline import Fill
from services.measures.domain.values import INGREDIENTS, ValueSets

FILL_AFTER_DISCHARGE = 7


class Index(NamedTuple):
    """A live, eligible discharge and the classes in use; ``any`` is among them where one is."""

    stay: Stay
    classes: frozenset[str]


def indexes(person: Person) -> list[Index]:
    """The discharges with a class in use, in the order of the stays."""
    fills = [(fill, classes) for fill in person.fills if (classes := classes_of_fill(person.values, fill))]
    found = []
    for stay in person.stays:
        if person.is_live(stay) and person.eligible(stay.discharge):
            classes = _in_use(stay, fills)
            if classes:
                found.append(Index(stay, classes | {ANY}))
    return found


def classes_of_fill(values: ValueSets, fill: Fill) -> frozenset[str]:
    """The high-risk classes of what was dispensed; none where the code is not known."""
    names = (class_of_ingredient(ingredient) for ingredient in values.of(INGREDIENTS, fill.code))
    return frozenset(name for name in names if name is not None)


def _in_use(stay: Stay, fills: list[tuple[Fill, frozenset[str]]]) -> frozenset[str]:
    """By a supply that covers the day of discharge or is filled within the week after it, or by a Z79 code."""
    day = stay.discharge
    found: set[str] = set()
    for fill, classes in fills:
        if fill.filled <= day < fill.filled + fill.days or day < fill.filled <= day + FILL_AFTER_DISCHARGE:
            found |= classes
    for claim in stay.claims:
        for code in claim.diagnoses:
            found |= exposure_of_code(code)
    return frozenset(found)
