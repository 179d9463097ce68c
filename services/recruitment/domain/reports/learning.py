"""What networks for a task did in a time: sessions and attendance, practices that spread; sums over places."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.recruitment.domain.networks.state import Cohort
from services.recruitment.domain.practices.practice_kind import Practice
from services.recruitment.domain.practices.spread_kind import Adoptions
from services.recruitment.domain.reports.tasks import Scope
from services.recruitment.domain.sessions.machine import Phase
from services.recruitment.domain.sessions.state import Session
from shared.contracts.recruitment.session_terms import PresenceMode


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a network in a time, wherever they were, and who of the reported states attended them.

    ``participants`` counts each once, ``guests`` those of them who were in no invited cohort; ``minutes`` are those of
    all ``people`` together.
    """

    network: str
    held: int
    cancelled: int
    participants: int
    guests: int
    people: int
    people_online: int
    minutes: int


@dataclass(frozen=True, slots=True)
class SpreadOf:
    """How a practice spread in the reported states: who adopted it in the time, and in all up to the last day.

    ``abandoned`` of those in all gave it up by then; ``states`` are where those in all are.
    """

    practice: str
    network: str
    title: str
    published_on: dt.date
    tried: int
    adopted: int
    adopted_in_all: int
    abandoned: int
    states: tuple[str, ...]


def sessions(scope: Scope, network: str, found: Iterable[Session], states: Mapping[str, str]) -> Sessions:
    """Sums over the sessions of a network; ``states`` are those of participants by id. The day is the place's own."""
    then = [one for one in found if one.network == network and scope.first <= one.day <= scope.last]
    held = [one for one in then if one.phase is Phase.HELD]
    there = [
        (participant, mode, attendance)
        for one in held
        for participant, modes in one.attendance.items()
        if states.get(participant) in scope.states
        for mode, attendance in modes.items()
    ]
    return Sessions(
        network=network,
        held=len(held),
        cancelled=sum(one.phase is Phase.CANCELLED for one in then),
        participants=len({participant for participant, _, _ in there}),
        guests=len({participant for participant, _, attendance in there if attendance.guest}),
        people=sum(attendance.people for _, _, attendance in there),
        people_online=sum(attendance.people for _, mode, attendance in there if mode is PresenceMode.ONLINE),
        minutes=sum(attendance.minutes for _, _, attendance in there),
    )


def spread(
    scope: Scope, practices: Iterable[Practice], taken_up: Mapping[str, Adoptions], states: Mapping[str, str]
) -> tuple[SpreadOf, ...]:
    """The practices that were published by the last day, by title; its origin is no adopter of it."""
    found = [
        _spread(scope, one, taken_up.get(one.id), states)
        for one in practices
        if one.versions and one.versions[0].published_on <= scope.last
    ]
    return tuple(sorted(found, key=lambda one: (one.title, one.practice)))


def _spread(scope: Scope, practice: Practice, held: Adoptions | None, states: Mapping[str, str]) -> SpreadOf:
    by = held.by if held else {}
    there = {name: one for name, one in by.items() if states.get(name) in scope.states and one.since <= scope.last}
    adopted = {
        name: one.adopted_on
        for name, one in there.items()
        if one.adopted_on is not None and one.adopted_on <= scope.last
    }
    gone = [name for name in adopted if (left := there[name].abandoned_on) is not None and left <= scope.last]
    return SpreadOf(
        practice=practice.id,
        network=practice.network,
        title=practice.content().title,
        published_on=practice.versions[0].published_on,
        tried=sum(one.since >= scope.first for one in there.values()),
        adopted=sum(day >= scope.first for day in adopted.values()),
        adopted_in_all=len(adopted),
        abandoned=len(gone),
        states=tuple(sorted(Counter(states[name] for name in adopted))),
    )


@dataclass(frozen=True, slots=True)
class TakingPart:
    """Who was in a cohort in the time of a report, and who ever was by its last day; the others can be compared."""

    then: frozenset[str]
    ever: frozenset[str]


def taking_part(scope: Scope, of_task: Iterable[Cohort], every: Iterable[Cohort]) -> TakingPart:
    """Of the cohorts of networks for the task, and of all cohorts there are."""
    then = {
        participant
        for one in of_task
        for participant, spells in one.members.items()
        if any(
            spell.since <= _last(one, scope) and (spell.until is None or spell.until > scope.first) for spell in spells
        )
        and (one.closed_on is None or one.closed_on >= scope.first)
    }
    ever = {
        participant
        for one in every
        for participant, spells in one.members.items()
        if any(spell.since <= scope.last for spell in spells)
    }
    return TakingPart(frozenset(then), frozenset(ever))


def _last(cohort: Cohort, scope: Scope) -> dt.date:
    return scope.last if cohort.closed_on is None else min(scope.last, cohort.closed_on)
