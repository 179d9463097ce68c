"""Who has taken a practice up, from whom, and how that changes by its events."""

import datetime as dt
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.adoptions import (
    ADOPTIONS,
    AdoptionCorrected,
    Heard,
    PracticeAbandoned,
    PracticeAdopted,
    PracticeTried,
)
from shared.contracts.recruitment.practice_commands import Evidence
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class AdoptionStatus(StrEnum):
    """How far a participant has come with a practice."""

    TRYING = "TRYING"
    ADOPTED = "ADOPTED"
    ABANDONED = "ABANDONED"


class AdoptionStep(StrEnum):
    """What can happen to an adoption."""

    ADOPT = "ADOPT"
    ABANDON = "ABANDON"
    CORRECT = "CORRECT"


ADOPTION_MACHINE: Final = Machine(
    "the adoption",
    {
        (AdoptionStatus.TRYING, AdoptionStep.ADOPT): AdoptionStatus.ADOPTED,
        (AdoptionStatus.TRYING, AdoptionStep.ABANDON): AdoptionStatus.ABANDONED,
        (AdoptionStatus.ADOPTED, AdoptionStep.ABANDON): AdoptionStatus.ABANDONED,
        **{(status, AdoptionStep.CORRECT): status for status in AdoptionStatus},
    },
)


class Adoption(Record):
    """A participant with a practice; ``adopted_on`` stays when it gives the practice up later."""

    heard: Heard
    since: dt.date
    status: AdoptionStatus = AdoptionStatus.TRYING
    adopted_on: dt.date | None = None
    evidence: Evidence | None = None
    reason: str | None = None
    abandoned_on: dt.date | None = None
    abandoned_because: str | None = None
    abandoned_evidence: Evidence | None = None
    corrections: tuple[str, ...] = ()

    def last_day(self) -> dt.date:
        """The last day on which something of it is recorded."""
        return max(day for day in (self.since, self.adopted_on, self.abandoned_on) if day is not None)


class Adoptions(Record):
    """All adoptions of one practice, by participant."""

    id: str
    network: str
    by: Mapping[str, Adoption] = {}

    def learners(self, participant: str) -> Iterator[Adoption]:
        """Those who name a participant as whom they heard from."""
        return (one for one in self.by.values() if one.heard.participant == participant)

    def leads_back(self, teacher: str | None, participant: str) -> bool:
        """Whether whoever ``teacher`` heard from, and so on, is the participant in the end."""
        while teacher is not None and teacher != participant:
            found = self.by.get(teacher)
            teacher = found.heard.participant if found else None
        return teacher is not None


def _evolve(before: Adoptions | None, event: Event, at: dt.datetime) -> Adoptions:
    del at
    if isinstance(event, PracticeTried):
        held = before or Adoptions(id=event.practice, network=event.network)
        return _with(held, event.participant, Adoption(heard=event.heard, since=event.since))
    assert before is not None, "a practice is tried first"
    assert isinstance(event, PracticeAdopted | PracticeAbandoned | AdoptionCorrected)
    found = before.by[event.participant]
    return _with(before, event.participant, found.model_copy(update=_changes(found, event)))


def _with(held: Adoptions, participant: str, adoption: Adoption) -> Adoptions:
    return held.model_copy(update={"by": {**held.by, participant: adoption}})


def _changes(held: Adoption, event: PracticeAdopted | PracticeAbandoned | AdoptionCorrected) -> dict[str, Any]:
    match event:
        case PracticeAdopted():
            told = {name: getattr(event, name) for name in ("adopted_on", "evidence", "reason")}
            return {"status": AdoptionStatus.ADOPTED, **told}
        case PracticeAbandoned():
            return {
                "status": AdoptionStatus.ABANDONED,
                "abandoned_on": event.abandoned_on,
                "abandoned_because": event.reason,
                "abandoned_evidence": event.evidence,
            }
        case AdoptionCorrected():
            return {"heard": event.heard, "since": event.since, "corrections": (*held.corrections, event.because)}


ADOPTION: Final = Kind(
    name="practice-spread",
    state=Adoptions,
    events=(PracticeTried, PracticeAdopted, PracticeAbandoned, AdoptionCorrected),
    begins=(PracticeTried,),
    id_of=lambda event: event.practice,
    evolve=_evolve,
    topic=ADOPTIONS.name,
)
