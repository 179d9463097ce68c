"""One patient of a practice as the record tells of them, and as the day sees it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from shared.contracts.compiled_evidence import EvidenceNoted, PatientKnown, PressureTaken
from shared.contracts.evidence import LASTING

Fact = PatientKnown | EvidenceNoted | PressureTaken


class Span(NamedTuple):
    """First and last day of what was noted; what goes on has no end in sight."""

    first: dt.date
    last: dt.date


class Reading(NamedTuple):
    """A blood pressure of a visit outside hospital; None is a half that was not told."""

    on: dt.date
    systolic: int | None
    diastolic: int | None


@dataclass(frozen=True, slots=True)
class Patient:
    """``noted`` are the spans of each concept; ``readings`` those that were not taken in a hospital."""

    birth: dt.date
    sex: str
    noted: Mapping[str, tuple[Span, ...]]
    readings: tuple[Reading, ...]

    def age(self, on: dt.date) -> int:
        """Completed years; who was born on 29 February completes one on 1 March of a common year."""
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))

    def during(self, first: dt.date, last: dt.date, *concepts: str) -> bool:
        """Whether one of them held on one of these days."""
        return any(span.first <= last and span.last >= first for one in concepts for span in self.noted.get(one, ()))

    def by(self, last: dt.date, *concepts: str) -> bool:
        """Whether one of them began on that day or earlier, whenever it ended."""
        return self.during(dt.date.min, last, *concepts)

    def days(self, first: dt.date, last: dt.date, *concepts: str) -> frozenset[dt.date]:
        """The days among these on which one of them began."""
        return frozenset(
            span.first for one in concepts for span in self.noted.get(one, ()) if first <= span.first <= last
        )


def patient_of(facts: Collection[Fact], today: dt.date) -> Patient | None:
    """The patient as of the day, which sees nothing that is dated later; None where the birth is not known.

    Of several births told under different facts the highest version holds, then the latest day: no order counts.
    """
    known = [one for one in facts if isinstance(one, PatientKnown)]
    if not known:
        return None
    person = max(known, key=lambda one: (one.version, one.birth, one.sex))
    noted: dict[str, list[Span]] = defaultdict(list)
    readings = []
    for one in facts:
        if isinstance(one, EvidenceNoted) and one.first <= today:
            for concept in one.concepts:
                goes_on = dt.date.max if concept in LASTING else one.first
                last = one.last if one.last is not None and concept in LASTING else goes_on
                noted[concept].append(Span(one.first, last))
        elif isinstance(one, PressureTaken) and one.on <= today and one.setting == "outpatient":
            readings.append(Reading(one.on, one.systolic, one.diastolic))
    spans = {concept: tuple(sorted(found)) for concept, found in noted.items()}
    return Patient(person.birth, person.sex, spans, tuple(sorted(readings, key=repr)))


def later_days(facts: Collection[Fact], today: dt.date) -> list[dt.date]:
    """The days after this one on which something more will be seen, in order."""
    dates = {
        one.first if isinstance(one, EvidenceNoted) else one.on for one in facts if not isinstance(one, PatientKnown)
    }
    return sorted(day for day in dates if day > today)
