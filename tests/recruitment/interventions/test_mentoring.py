"""Mentoring: two people who serve or are members, sessions a day apart, goals met once, an end."""

import datetime as dt

import pytest

from services.recruitment.domain.interventions.mentoring_kind import MACHINE, MENTORING, Status, Step
from shared.contracts.message import Command
from shared.contracts.recruitment.mentoring import (
    EndMentoring,
    RecordMentoringGoal,
    RecordMentoringSession,
    StartMentoring,
)
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import AGING, STRANGER, again, command, desk, ended


def start(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "mentor": "person:ida", "leader": f"participant:{AGING}", "topic": "Charts"}
    rest = {"goals": ["Reads a run chart", "Chairs a meeting"], "started_on": "2014-10-01"}
    return command(StartMentoring, **{**plain, **rest, **fields})


def session(at: str, on: str = "2014-11-03") -> Command:
    return command(RecordMentoringSession, mentoring=at, held_on=on, minutes=60, about="run charts")


def goal(at: str, number: int = 1, on: str = "2014-11-10") -> Command:
    return command(RecordMentoringGoal, mentoring=at, goal=number, met_on=on)


def end(at: str, on: str = "2015-01-15") -> Command:
    return command(EndMentoring, mentoring=at, ended_on=on, reason="done")


def started() -> tuple[Desk, str]:
    at = desk()
    return at, str(at.done(start())["mentoring"])


def test_sessions_and_goals_are_kept_and_made_again_from_their_events() -> None:
    at, name = started()
    at.done(session(name, "2014-11-17"))
    assert at.done(session(name, "2014-11-03"))["sessions"] == 2
    assert at.done(goal(name, 2))["goals_open"] == 1
    assert at.done(end(name))["goals_met"] == 1
    held = at.held(MENTORING, name)
    assert [one.held_on.day for one in held.sessions] == [3, 17]
    assert [one.met_on for one in held.goals] == [None, dt.date(2014, 11, 10)]
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"coalition": "boston"}, [("COALITION_UNKNOWN", "coalition")]),
        ({"mentor": "person:nobody"}, [("PERSON_UNKNOWN", "mentor")]),
        ({"leader": f"participant:{STRANGER}"}, [("NOT_A_MEMBER", "leader")]),
        ({"leader": "person:ida"}, [("SAME_PERSON", "leader")]),
        ({"started_on": "2015-03-08"}, [("IN_THE_FUTURE", "started_on")]),
    ],
)
def test_a_start_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(start(**fields)) == expected


def test_who_does_not_serve_yet_mentors_nobody() -> None:
    assert ("NOT_SERVING", "mentor") in desk().refused(start(started_on="2014-07-31"))


def test_sessions_and_goals_are_not_recorded_twice_too_early_or_ahead() -> None:
    at, name = started()
    at.done(session(name))
    assert at.refused(session(name)) == [("ALREADY_RECORDED", "held_on")]
    assert at.refused(session(name, "2014-09-30")) == [("OUT_OF_ORDER", "held_on")]
    assert at.refused(session(name, "2015-03-08")) == [("IN_THE_FUTURE", "held_on")]
    at.done(goal(name))
    assert at.refused(goal(name)) == [("ALREADY_MET", "goal")]
    assert at.refused(goal(name, 3)) == [("GOAL_UNKNOWN", "goal")]
    assert at.refused(end(name, "2014-11-09")) == [("OUT_OF_ORDER", "ended_on")]


def test_after_the_coalition_nothing_goes_on_but_the_end() -> None:
    at, name = started()
    at.has(ended(dt.date(2014, 12, 1)))
    assert at.refused(session(name, "2014-12-01")) == [("COALITION_ENDED", "held_on")]
    at.done(session(name, "2014-11-30"))
    at.done(end(name))


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("status", Status)
def test_every_step_from_every_status_is_in_the_table_or_refused(status: Status, step: Step) -> None:
    at, name = started()
    if status is Status.ENDED:
        at.done(end(name, "2014-10-02"))
    asked = {Step.HOLD_SESSION: session(name), Step.MEET_GOAL: goal(name), Step.END: end(name)}[step]
    if MACHINE.after(status, step) is None:
        assert at.refused(asked) == [("STATE", "mentoring")]
    else:
        at.done(asked)


def test_an_unknown_mentoring_is_said_to_be_none() -> None:
    name = "cambridge.000000000000"
    for asked in (session(name), goal(name), end(name)):
        assert desk().refused(asked) == [("MENTORING_UNKNOWN", "mentoring")]
