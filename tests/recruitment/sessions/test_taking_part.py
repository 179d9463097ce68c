"""Registration in order of coming, attendance with corrections, guests, and reasons against what cannot have been."""

import datetime as dt

import pytest

from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Attendance
from shared.contracts.recruitment.cohorts import CohortClosed
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed
from shared.contracts.recruitment.session_commands import AmendSession, WithdrawFromSession
from shared.contracts.recruitment.session_terms import AttendanceSource, PresenceMode
from tests.recruitment.sessions.cast import (
    BOSTON,
    ELM,
    GUEST,
    OAK,
    YEW,
    again,
    attend,
    cancel,
    command,
    held,
    left,
    opened,
    planned,
    register,
)


def test_a_registration_is_changed_and_the_same_again_changes_nothing() -> None:
    at, name = opened()
    assert at.done(register(name, people=2)) == {"session": name, "waiting": False, "changed": True, "people": 2}
    assert at.done(register(name, people=2))["changed"] is False
    assert at.done(register(name, people=3, mode="IN_PERSON"))["people"] == 3
    assert at.held(SESSION, name).registrations[ELM].mode is PresenceMode.IN_PERSON
    assert again(at) == at.records


def test_who_no_longer_fits_waits_and_the_first_to_wait_comes_in_first() -> None:
    at, name = opened(capacity=5)
    at.done(register(name, ELM, people=4))
    assert at.done(register(name, OAK, people=2))["waiting"]
    assert at.done(register(name, YEW, people=1))["waiting"], "nobody goes past who waited longer"
    assert at.done(command(WithdrawFromSession, session=name, participant=ELM))["came_in"] == [OAK, YEW]
    assert at.held(SESSION, name).people_seated() == 3


def test_more_people_go_to_the_end_and_fewer_keep_their_place() -> None:
    at, name = opened(capacity=5)
    at.done(register(name, ELM, people=3))
    at.done(register(name, OAK, people=2))
    at.done(register(name, YEW, people=1))
    at.done(register(name, ELM, people=2))
    assert at.held(SESSION, name).seated() == {ELM, OAK, YEW}
    assert at.done(register(name, ELM, people=3))["waiting"]
    assert at.held(SESSION, name).seated() == {OAK, YEW}
    at.done(command(AmendSession, session=name, capacity=6))
    assert at.held(SESSION, name).seated() == {ELM, OAK, YEW}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"participant": "225999"}, [("FACILITY_UNKNOWN", "participant")]),
        ({"mode": "IN_PERSON"}, [("OTHER_MODE", "mode")]),
        ({"people": 6}, [("TOO_MANY", "people")]),
    ],
)
def test_a_registration_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    at, name = opened(mode="ONLINE", capacity=5)
    assert at.refused(register(name, **fields)) == expected  # type: ignore[arg-type]


def test_a_home_that_is_closed_by_then_does_not_register() -> None:
    at, name = opened()
    day = at.held(SESSION, name).day
    at.has(ParticipantClosed(participant=ELM, on=day, reason=WhyClosed.DISASTER, actor="t"))
    assert at.refused(register(name)) == [("FACILITY_CLOSED", "participant")]


def test_who_is_not_registered_has_nothing_to_take_back() -> None:
    at, name = opened()
    assert at.refused(command(WithdrawFromSession, session=name, participant=ELM)) == [
        ("NOT_REGISTERED", "participant")
    ]


def test_attendance_is_kept_by_participant_and_mode_and_corrected_with_a_reason() -> None:
    at, name = held()
    assert at.done(attend(name))["corrected"] is False
    at.done(attend(name, mode="IN_PERSON", people=1, minutes=120))
    assert at.done(attend(name))["changed"] is False
    assert at.refused(attend(name, people=3)) == [("ALREADY_RECORDED", "because")]
    assert at.done(attend(name, people=3, minutes=300, because="One joined by phone."))["corrected"]
    found = at.held(SESSION, name)
    assert found.attendance[ELM] == {
        PresenceMode.ONLINE: Attendance(people=3, minutes=300, guest=False, source=AttendanceSource.STAFF),
        PresenceMode.IN_PERSON: Attendance(people=1, minutes=120, guest=False, source=AttendanceSource.STAFF),
    }
    assert [(one.before.people, one.because) for one in found.corrections] == [(2, "One joined by phone.")]
    assert again(at) == at.records


def test_no_people_takes_back_what_was_recorded_by_mistake() -> None:
    at, name = held()
    at.done(attend(name))
    at.done(attend(name, people=0, minutes=0, because="It was another home."))
    assert at.held(SESSION, name).attendance == {}
    assert at.refused(attend(name, people=0, minutes=0)) == [("NOBODY", "people")]
    assert at.refused(attend(name, people=0, minutes=5, because="b")) == [("NOBODY", "people"), ("NOBODY", "minutes")]


def test_guests_are_welcome_and_recorded_as_guests() -> None:
    at, name = held()
    assert at.done(attend(name, GUEST))["guest"]
    assert not at.done(attend(name, YEW))["guest"]
    at.has(left(BOSTON, OAK, at.held(SESSION, name).day))
    assert at.done(attend(name, OAK))["guest"], "who left on the day is in the cohort no more"


def test_whoever_was_in_a_cohort_that_closed_before_the_session_came_as_a_guest() -> None:
    at, name = held()
    day = at.held(SESSION, name).day
    at.has(CohortClosed(cohort=BOSTON, closed_on=day, reason="r", actor="t"))
    assert not at.done(attend(name, ELM))["guest"], "a cohort is open on its last day"
    at, name = held()
    at.has(CohortClosed(cohort=BOSTON, closed_on=day - dt.timedelta(days=1), reason="r", actor="t"))
    assert at.done(attend(name, ELM))["guest"]
    assert not at.done(attend(name, YEW))["guest"]


def test_attendance_at_a_session_that_was_not_held_is_refused_with_the_reason() -> None:
    for make, words in ((planned, "not recorded as held"), (opened, "not recorded as held")):
        at, name = make()
        (reason,) = at.ask(attend(name)).reasons  # type: ignore[union-attr]
        assert (reason.code, words in reason.text) == ("NOT_HELD", True)
    at, name = opened()
    at.done(cancel(name))
    (reason,) = at.ask(attend(name)).reasons  # type: ignore[union-attr]
    assert reason.text == "The session was cancelled, so nobody took part in it."


def test_attendance_that_cannot_have_been_is_refused() -> None:
    at, name = held(mode="ONLINE")
    assert at.refused(attend(name, "225999")) == [("FACILITY_UNKNOWN", "participant")]
    assert at.refused(attend(name, mode="IN_PERSON")) == [("OTHER_MODE", "mode")]
    assert at.refused(attend(name, people=2, minutes=721)) == [("TOO_LONG", "minutes")]
    at.done(attend(name, people=2, minutes=720))
