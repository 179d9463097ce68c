"""Gathers from records what a pack tells of a session, as it stands on a day."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.packs.gathered import (
    Adopted,
    Answer,
    Assigned,
    Attending,
    Gathered,
    Known,
    Matched,
    Place,
    Tested,
)
from services.recruitment.domain.packs.recorded import Records
from services.recruitment.domain.peers.pairing_kind import RUNNING, Pairing
from services.recruitment.domain.practices.spread_kind import AdoptionStatus
from services.recruitment.domain.practices.testing_state import ChangeTest
from services.recruitment.domain.sessions.machine import PeriodPhase, Phase
from services.recruitment.domain.sessions.period_kind import ActionPeriod, Task
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.recruitment.peer_terms import PeerScope, Side

_TOLD: Final = ("network", "title", "cohorts", "agenda", "starts_at", "ends_at", "zone", "place", "join_url")
_OFFICE: Final = ("office", "phone")


def gathered(records: Records, on: dt.date) -> Gathered:
    """What is known on a day, everybody in the order of name and number."""
    session = records.session
    tests = _last_tests(records.tests)
    assigned = _assigned(records, on)
    matched = _matched(records, on)
    adopted = _adopted(records)
    known = (
        Known(
            place=place,
            topics=_topics(records, place.participant),
            assigned=tuple(assigned.get(place.participant, ())),
            tested=tests.get(place.participant),
            matched=tuple(matched.get(place.participant, ())),
            adopted=tuple(adopted.get(place.participant, ())),
        )
        for place in _ordered(records, session.registrations)
    )
    told = {name: getattr(session, name) for name in (*_TOLD, *_OFFICE)}
    return Gathered(
        session=session.id,
        held=session.phase is Phase.HELD,
        on=on,
        attending=tuple(_attending(records)),
        known=tuple(known),
        **told,
    )


def _ordered(records: Records, ids: Iterable[str]) -> list[Place]:
    return sorted((_place(records, one) for one in ids), key=lambda one: (one.called.casefold(), one.participant))


def _place(records: Records, participant: str) -> Place:
    found = records.places.get(participant)
    return found or Place(participant=participant, name=None, city=None, state=None, setting=None)


def _attending(records: Records) -> Iterator[Attending]:
    session = records.session
    if session.phase is Phase.HELD:
        for place in _ordered(records, session.attendance):
            modes = session.attendance[place.participant].values()
            people, guest = sum(one.people for one in modes), any(one.guest for one in modes)
            yield Attending(place=place, people=people, guest=guest)
        return
    seated = session.seated()
    for place in _ordered(records, session.registrations):
        people = session.registrations[place.participant].people
        yield Attending(place=place, people=people, waiting=place.participant not in seated)


def _topics(records: Records, participant: str) -> tuple[Topic, ...]:
    """What its cohorts of the session work on that day, each once."""
    day = records.session.day
    works = [one.works_on(day) for one in records.cohorts if one.role_of(participant, day) is not None]
    return tuple(dict.fromkeys(works))


def _assigned(records: Records, on: dt.date) -> dict[str, list[Assigned]]:
    """The assignments of the action periods that have begun by the day, of their cohorts' members on it."""
    found: dict[str, list[Assigned]] = {}
    cohorts = {one.id: one for one in records.cohorts}
    for period in records.periods:
        if period.phase is PeriodPhase.CANCELLED or period.starts_on > on:
            continue
        present = frozenset(cohorts[period.cohort].present(on))
        for task in period.assignments:
            for participant in records.session.registrations:
                if participant in present or participant in task.reports:
                    found.setdefault(participant, []).append(_answer(period, task, participant, on))
    return found


def _answer(period: ActionPeriod, task: Task, participant: str, on: dt.date) -> Assigned:
    report = task.reports.get(participant)
    if report is not None:
        answer = Answer.REPORTED
    elif participant in task.excused:
        answer = Answer.EXCUSED
    elif period.phase is PeriodPhase.CLOSED:
        answer = Answer.MISSED
    else:
        answer = Answer.OVERDUE if task.due_on < on else Answer.OWING
    return Assigned(
        period=period.name,
        title=task.title,
        due_on=task.due_on,
        answer=answer,
        summary=report.summary if report else None,
        value=report.value if report else None,
        unit=task.unit,
    )


def _last_tests(tests: Iterable[ChangeTest]) -> dict[str, Tested]:
    latest: dict[str, ChangeTest] = {}
    for test in tests:
        held = latest.get(test.participant)
        if held is None or (held.last_day(), held.id) < (test.last_day(), test.id):
            latest[test.participant] = test
    return {participant: _tested(test) for participant, test in latest.items()}


def _tested(test: ChangeTest) -> Tested:
    cycle = test.cycles[-1]
    return Tested(
        topic=test.topic,
        aim=test.aim,
        cycle=len(test.cycles),
        prediction=cycle.prediction,
        last_on=test.last_day(),
        done=cycle.done,
        learned=cycle.learned,
        decision=cycle.decision,
    )


def _matched(records: Records, on: dt.date) -> dict[str, list[Matched]]:
    """The pairings that run and that both sides consent to on the day: a lapse is recorded some minutes late."""
    found: dict[str, list[Matched]] = {}
    for one in sorted(records.pairings, key=lambda one: (one.proposed_on, one.id)):
        consents = _consents(records, one.learner, PeerScope.LEARN_FROM_PEERS, on)
        if one.status not in RUNNING or not (consents and _consents(records, one.teacher, PeerScope.TEACH_PEERS, on)):
            continue
        for own, peer in ((one.learner, one.teacher), (one.teacher, one.learner)):
            match = Matched(
                place=_place(records, peer),
                topic=one.topic,
                teaches=peer == one.teacher,
                agreed_on=one.agreed_on,
                next_step=one.next_step,
                measure=one.measure,
                figures=_figures(one, peer) if _consents(records, peer, PeerScope.SHARE_FIGURES, on) else (),
            )
            found.setdefault(own, []).append(match)
    return found


def _figures(pairing: Pairing, participant: str) -> tuple[tuple[str, str], ...]:
    side = Side.TEACHER if participant == pairing.teacher else Side.LEARNER
    return tuple((one.period, one.value) for one in pairing.figures if one.of is side)


def _consents(records: Records, participant: str, scope: PeerScope, on: dt.date) -> bool:
    held = records.consents.get(participant)
    return held is not None and held.on(scope, on)


def _adopted(records: Records) -> dict[str, list[Adopted]]:
    """What was adopted and not given up since."""
    found: dict[str, list[Adopted]] = {}
    for one in records.adoptions:
        content = records.practices[one.id].content()
        for participant, adoption in one.by.items():
            if adoption.status is AdoptionStatus.ADOPTED and adoption.adopted_on is not None:
                adopted = Adopted(title=content.title, topic=content.topic, adopted_on=adoption.adopted_on)
                found.setdefault(participant, []).append(adopted)
    return found
