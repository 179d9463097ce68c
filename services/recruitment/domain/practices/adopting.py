"""Participants take practices up: tried after hearing from somebody, adopted, given up, corrected."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.participants.standing import reason_against
from services.recruitment.domain.practices import hearing
from services.recruitment.domain.practices.practice_kind import PRACTICE, PracticeStep
from services.recruitment.domain.practices.spread_kind import (
    ADOPTION,
    ADOPTION_MACHINE,
    Adoption,
    Adoptions,
    AdoptionStep,
)
from services.recruitment.domain.practices.writing import impossible
from shared.contracts.recruitment.adoptions import (
    AbandonPractice,
    AdoptionCorrected,
    AdoptPractice,
    CorrectAdoption,
    PracticeAbandoned,
    PracticeAdopted,
    PracticeTried,
    TryPractice,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, against, refused


def _try_keys(command: TryPractice, ids: Ids) -> Iterable[str]:
    del ids
    yield from (PRACTICE.key(command.practice), ADOPTION.key(command.practice), PARTICIPANT.key(command.participant))
    yield from hearing.keys(command.heard)


def take_up(command: TryPractice, held: Held, asked: Asked) -> Decided | Against:
    """Record that a participant tries a practice."""
    practice = held.get(PRACTICE, command.practice)
    if practice is None:
        return unknown("practice")
    if refusal := impossible(practice, PracticeStep.TRY):
        return refusal
    adoptions = held.get(ADOPTION, practice.id) or Adoptions(id=practice.id, network=practice.network)
    before = adoptions.by.get(command.participant)
    made = {"practice": practice.id, "participant": command.participant, "since": command.since.isoformat()}
    if before is not None and (before.heard, before.since) == (command.heard, command.since):
        return Decided({**made, "changed": False})
    if before is not None:
        text = f"It has tried the practice since {before.since}. Correct that where it is wrong."
        return against("ALREADY_TAKEN_UP", "participant", text)
    reasons = [*in_future(command.since, asked.now, "since")]
    if gone := reason_against(held.get(PARTICIPANT, command.participant), command.since, "participant"):
        reasons.append(gone)
    if practice.origin is not None and practice.origin.participant == command.participant:
        text = "The practice comes from this participant, who does it since before all others."
        reasons.append(Reason(code="THE_ORIGIN", field="participant", text=text))
    reasons += hearing.reasons(command.heard, command.participant, command.since, practice, adoptions, held)
    if refusal := refused(reasons):
        return refusal
    event = PracticeTried(**command.model_dump(), network=practice.network)
    return Decided({**made, "changed": True}, (event,))


def _keys(command: AdoptPractice | AbandonPractice, ids: Ids) -> Iterable[str]:
    del ids
    return (ADOPTION.key(command.practice),)


def found_for(practice: str, participant: str, step: AdoptionStep, held: Held) -> Adoption | Against:
    """The adoption with which a step can be taken, or why none can."""
    adoptions = held.get(ADOPTION, practice)
    found = adoptions.by.get(participant) if adoptions else None
    if found is None:
        text = f"It is not recorded that {participant} tries this practice. Record that first."
        return against("NOT_TAKEN_UP", "participant", text)
    reason = ADOPTION_MACHINE.reason_against(found.status, step, "participant")
    return Against((reason,)) if reason else found


def adopt(command: AdoptPractice, held: Held, asked: Asked) -> Decided | Against:
    """Record that a participant has made a practice its own."""
    found = found_for(command.practice, command.participant, AdoptionStep.ADOPT, held)
    if isinstance(found, Against):
        return found
    day, field = command.adopted_on, "adopted_on"
    reasons = [*too_early(day, found.since, field, "it began to try"), *in_future(day, asked.now, field)]
    if refusal := refused(reasons):
        return refusal
    made = {"practice": command.practice, "participant": command.participant, "adopted_on": day.isoformat()}
    return Decided(made, (PracticeAdopted(**command.model_dump()),))


def abandon(command: AbandonPractice, held: Held, asked: Asked) -> Decided | Against:
    """Record that a participant gives a practice up."""
    found = found_for(command.practice, command.participant, AdoptionStep.ABANDON, held)
    if isinstance(found, Against):
        return found
    day, field = command.abandoned_on, "abandoned_on"
    reasons = [*too_early(day, found.last_day(), field, "the last of it"), *in_future(day, asked.now, field)]
    if refusal := refused(reasons):
        return refusal
    made = {"practice": command.practice, "participant": command.participant, "abandoned_on": day.isoformat()}
    return Decided(made, (PracticeAbandoned(**command.model_dump()),))


def _correct_keys(command: CorrectAdoption, ids: Ids) -> Iterable[str]:
    del ids
    yield from (PRACTICE.key(command.practice), ADOPTION.key(command.practice))
    if command.heard is not None:
        yield from hearing.keys(command.heard)


def correct(command: CorrectAdoption, held: Held, asked: Asked) -> Decided | Against:
    """Correct whom a participant heard from, or since when it tries the practice."""
    found = found_for(command.practice, command.participant, AdoptionStep.CORRECT, held)
    if isinstance(found, Against):
        return found
    practice, adoptions = held.get(PRACTICE, command.practice), held.get(ADOPTION, command.practice)
    assert practice is not None, "what is taken up was published"
    assert adoptions is not None, "the adoption is one of them"
    heard, since = command.heard or found.heard, command.since or found.since
    reasons = [*in_future(since, asked.now, "since"), *_earlier(command.participant, since, found, adoptions)]
    if command.heard is not None:
        reasons += hearing.reasons(heard, command.participant, since, practice, adoptions, held)
    else:
        reasons += hearing.order(heard, since, practice, adoptions)
    if command.heard is None and command.since is None:
        reasons.append(Reason(code="NOTHING_GIVEN", field=None, text="Nothing is given that would be corrected."))
    if refusal := refused(reasons):
        return refusal
    changed = (heard, since) != (found.heard, found.since)
    event = AdoptionCorrected(
        **command.model_dump(include={"practice", "participant", "actor", "because"}), heard=heard, since=since
    )
    made = {"practice": command.practice, "participant": command.participant, "changed": changed}
    return Decided(made, (event,) if changed else ())


def _earlier(participant: str, since: dt.date, found: Adoption, adoptions: Adoptions) -> Iterator[Reason]:
    first = min((one.since for one in adoptions.learners(participant)), default=since)
    if since > first:
        text = f"Somebody who heard of it from {participant} tries it since {first}."
        yield Reason(code="HEARD_BEFORE", field="since", text=text)
    latest = min((day for day in (found.adopted_on, found.abandoned_on) if day is not None), default=since)
    if since > latest:
        text = f"It had adopted or abandoned the practice on {latest}."
        yield Reason(code="OUT_OF_ORDER", field="since", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(TryPractice, _try_keys, take_up),
    Rule(AdoptPractice, _keys, adopt),
    Rule(AbandonPractice, _keys, abandon),
    Rule(CorrectAdoption, _correct_keys, correct),
)
