"""Emergency visits, observation stays and admissions for an adverse drug event, chained where one leads to the next."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Final

from services.measures.domain.adverse_drug_events import classes_of_event
from services.measures.domain.components import ADE_LEVELS
from services.measures.domain.person import Person
from services.measures.domain.stays import Stay
from services.measures.domain.timeline import EMERGENCY, OBSERVATION, Claim

ED: Final = ADE_LEVELS.index("ed")
OBSERVED: Final = ADE_LEVELS.index("observation")
INPATIENT: Final = ADE_LEVELS.index("inpatient")
PRESENT_ON_ADMISSION: Final = frozenset("YW1")  # yes, clinically undetermined, exempt from reporting

_in_order = attrgetter("day", "end", "level", "provider", "ref")


@dataclass(slots=True)
class Chain:
    """Visits at one hospital, each beginning by the day after the one before: one event at the highest level."""

    day: int
    end: int
    level: int
    provider: str
    ref: bytes
    stays: list[Stay] = field(default_factory=list)

    def contains(self, stay: Stay) -> bool:
        """Whether the stay is one of its visits."""
        return any(own is stay for own in self.stays)


def chains(person: Person, name: str) -> list[Chain]:
    """The events of a class, in order of their first visit."""
    found: list[Chain] = []
    for visit in sorted(_visits(person, name), key=_in_order):
        before = next((c for c in reversed(found) if c.provider == visit.provider and visit.day - c.end <= 1), None)
        if before is None:
            found.append(visit)
        else:
            before.end = max(before.end, visit.end)
            before.level = max(before.level, visit.level)
            before.stays += visit.stays
    return found


def _visits(person: Person, name: str) -> Iterator[Chain]:
    for stay in person.stays:
        if any(name in classes_of_event(code) for claim in stay.claims for code in _brought(claim)):
            opening = stay.opening
            yield Chain(stay.admission, stay.discharge, INPATIENT, opening.provider, opening.ref, [stay])
    for claim in person.claims:
        level = OBSERVED if claim.marks & OBSERVATION else ED if claim.marks & EMERGENCY else None
        if level is not None and any(name in classes_of_event(code) for code in claim.diagnoses):
            yield Chain(claim.first, claim.last, level, claim.provider, claim.ref)


def _brought(claim: Claim) -> Iterator[str]:
    """The diagnoses a patient was admitted with; those acquired in the hospital are no event of the drug before it."""
    for code, present in zip(claim.diagnoses, claim.poa, strict=False):
        if present in PRESENT_ON_ADMISSION:
            yield code
