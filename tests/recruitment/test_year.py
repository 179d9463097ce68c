"""A cohort of 60 homes through a year of sessions: what holds whatever was asked in between."""

import datetime as dt
from collections import Counter, defaultdict
from typing import Any, TypeVar

import pytest

from benchmarks.year.exports import NAMES
from benchmarks.year.figures import Answers, count, tellable
from services.recruitment.cli.pack_figures import asked
from services.recruitment.domain.packs.gathered import Answer
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.packs.pack import pack, wanted
from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION
from services.recruitment.domain.practices.spreading import spread
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.message import Event
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.action_periods import AssignmentExcused, AssignmentReminded, AssignmentReported
from shared.contracts.recruitment.adoptions import Way
from shared.contracts.recruitment.cohorts import CohortLeft
from shared.contracts.recruitment.pairings import (
    PairingAgreed,
    PairingLapsed,
    PairingProposed,
    PeerMeetingRecorded,
)
from shared.contracts.recruitment.peer_consents import PeerConsentRecorded, PeerConsentWithdrawn
from shared.contracts.recruitment.peer_terms import PeerScope, Side
from shared.contracts.recruitment.sessions import SessionAttended, SessionHeld
from tests.recruitment.desk import Desk, own
from tests.recruitment.year import BEGINNING, YearAtDesk

HOMES = 60
E = TypeVar("E", bound=Event)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> YearAtDesk:
    return YearAtDesk(HOMES, tmp_path_factory.mktemp("webinars"))


def said(year: YearAtDesk, kind: type[E]) -> list[E]:
    return [emit.event for emit in year.at.said if isinstance(emit.event, kind)]


def test_attendance_is_of_held_sessions_alone_and_as_exports_of_every_layout_tell_it(year: YearAtDesk) -> None:
    assert {one.stem for one in year.folder.iterdir()} >= set(NAMES)
    held: set[str] = set()
    for event in (emit.event for emit in year.at.said):
        if isinstance(event, SessionHeld):
            held.add(event.session)
        if isinstance(event, SessionAttended):
            assert event.session in held
    assert len(held) == len(year.year.sessions) == 12
    assert Counter(year.year.refused)["NOT_HELD"] == 12
    for session in year.year.sessions:
        found = year.at.held(SESSION, session).attendance
        told = {home: [(one.people, one.minutes) for one in modes.values()] for home, modes in found.items()}
        assert told == {home: [one] for home, one in year.year.came[session].items()}
        guests = {home for home, modes in found.items() if any(one.guest for one in modes.values())}
        assert guests == {year.year.guest}


def test_no_two_are_peers_on_a_day_without_the_consent_of_both(year: YearAtDesk) -> None:
    given: dict[tuple[str, str], dt.date] = {}
    taken: dict[str, dt.date] = {}
    for one in said(year, PeerConsentRecorded):
        given.update({(one.participant, scope): one.given_on for scope in one.scopes})
    taken.update({one.participant: one.withdrawn_on for one in said(year, PeerConsentWithdrawn)})

    def consents(home: str, scope: PeerScope, day: dt.date) -> bool:
        return given.get((home, scope), dt.date.max) <= day < taken.get(home, dt.date.max)

    days: list[tuple[str, str, dt.date]] = [(e.learner, e.teacher, e.proposed_on) for e in said(year, PairingProposed)]
    days += [(e.learner, e.teacher, e.agreed_on) for e in said(year, PairingAgreed)]
    days += [(e.learner, e.teacher, e.held_on) for e in said(year, PeerMeetingRecorded)]
    assert len(days) > 100
    for learner, teacher, day in days:
        assert consents(learner, PeerScope.LEARN_FROM_PEERS, day)
        assert consents(teacher, PeerScope.TEACH_PEERS, day)
    assert Counter(year.year.refused)["CONSENT_MISSING"] == 3
    assert {one.lapsed_on for one in said(year, PairingLapsed)} == set(taken.values())


def test_each_reminder_of_an_assignment_goes_once_to_all_who_owe_it_and_to_nobody_else(year: YearAtDesk) -> None:
    settled: dict[tuple[str, int], set[str]] = defaultdict(set)
    here, due, asked_for = set(year.year.homes), Counter[tuple[str, str, str]](), 0
    for event in (emit.event for emit in year.at.said):
        match event:
            case CohortLeft():
                here.discard(event.participant)
            case AssignmentReported() | AssignmentExcused():
                settled[event.period, event.assignment].add(event.participant)
            case AssignmentReminded():
                owing = here - settled[event.period, event.assignment]
                assert event.recipients == len(owing)
                period = year.at.held(ACTION_PERIOD, event.period)
                title = period.assignments[event.assignment - 1].title
                due.update((period.name, title, home) for home in owing)
                asked_for += len(owing)
            case NoticeRequested(notice_type="ASSIGNMENT_DUE"):
                due.subtract([(event.facts["period_name"], event.facts["assignment_title"], event.subject)])
    assert asked_for > 100
    assert set(due.values()) == {0}
    ids = [event.notice_id for event in said(year, NoticeRequested)]
    assert len(set(ids)) == len(ids)


def test_sessions_are_told_to_who_is_in_the_cohort_and_recalled_to_who_registered(year: YearAtDesk) -> None:
    told: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for event in said(year, NoticeRequested):
        if event.notice_type.startswith("SESSION_"):
            told[event.notice_type, event.facts["session_title"]][event.subject] += 1
    for name in year.year.sessions:
        session = year.at.held(SESSION, name)
        present = {home for _, home in year.year.present(session.day)}
        registered = session.registrations.keys() & (present | {year.year.guest})
        assert set(told["SESSION_REMINDER", session.title]) == registered
        assert set(told["SESSION_REMINDER", session.title].values()) == {2}
        invited = told["SESSION_INVITATION", session.title]
        assert set(invited.values()) == {1}
        assert present <= set(invited)


def test_each_practice_comes_from_its_origin_through_people_who_tried_it_before(year: YearAtDesk) -> None:
    practices = [one for one in year.at.records.values() if isinstance(one, PRACTICE.state) and one.versions]
    ways: set[Way | None] = set()
    for practice in practices:
        adoptions = year.at.held(ADOPTION, practice.id)
        found = spread(practice, adoptions, {})
        by = {link.participant: link for link in found.links}
        assert practice.origin is not None
        assert [link.participant for link in found.links if link.generation == 0] == [practice.origin.participant]
        assert len(by) == len(found.links) == 1 + len(adoptions.by)
        for link in found.links[1:]:
            assert link.teacher is not None
            teacher = by[link.teacher]
            assert (link.generation, teacher.since <= link.since) == (teacher.generation + 1, True)
            assert link.adopted_on is None or link.adopted_on >= link.since
            ways.add(link.way)
        assert len(found.adopters()) > 5
    assert len(practices) == 3
    assert ways == set(Way)
    assert "NO_EVIDENCE" in year.year.refused


def test_no_figure_tells_a_count_of_one_to_ten(year: YearAtDesk) -> None:
    numbers = {home: number for number, home in enumerate(year.year.homes)}
    hidden = 0
    for day, records in year.packs:
        found = gathered(records, day)
        shown = asked(wanted(found), Answers(year.year.homes, day))
        for series in shown.series.values():
            number = numbers[series.unit]
            assert all(tellable(number, point.period) for point in series.points)
            hidden += any(count(number, period) in range(1, 11) for period in ("2014Q1", "2014Q2"))
    assert hidden > 0
    figures = [(one, figure) for one in said(year, PairingProposed) for figure in one.figures]
    assert figures
    for one, figure in figures:
        home = one.learner if figure.of is Side.LEARNER else one.teacher
        assert tellable(numbers[home], figure.period)


def test_twelve_packs_have_a_page_for_each_home_that_registered(year: YearAtDesk) -> None:
    assert len(year.packs) == 12
    answers: Counter[Answer] = Counter()
    parts: Counter[str] = Counter()
    for day, records in year.packs:
        found = gathered(records, day)
        made = pack(found, asked(wanted(found), Answers(year.year.homes, day)))
        assert len(made.pages) == len(records.session.registrations)
        for known in found.known:
            answers.update(one.answer for one in known.assigned)
            parts.update(name for name in ("tested", "matched", "adopted") if getattr(known, name))
            for peer in known.matched:
                two = known.place.participant, peer.place.participant
                learner, teacher = two if peer.teaches else two[::-1]
                assert records.consents[learner].on(PeerScope.LEARN_FROM_PEERS, day)
                assert records.consents[teacher].on(PeerScope.TEACH_PEERS, day)
    assert set(answers) == {*Answer} - {Answer.OWING}  # by then everything was due
    assert set(parts) == {"tested", "matched", "adopted"}


def test_what_was_said_makes_the_same_records_again(year: YearAtDesk) -> None:
    made: dict[str, Any] = Desk(BEGINNING).has(*year.first, *own(year.at.said)).records
    assert made == year.at.records
