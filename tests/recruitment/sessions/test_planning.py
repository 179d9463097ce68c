"""Sessions are planned, amended, moved, opened, held and cancelled as their machine allows."""

import datetime as dt
from collections.abc import Callable

import pytest
from pydantic import ValidationError

from services.recruitment.domain.sessions.machine import SESSION_MACHINE, Phase, Step
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.message import Command
from shared.contracts.recruitment.session_commands import (
    AddSessionMaterial,
    AmendSession,
    CloseRegistration,
    EvaluateSession,
    HoldSession,
    OpenRegistration,
    WithdrawFromSession,
)
from tests.recruitment.desk import Desk
from tests.recruitment.sessions.cast import (
    AHEAD,
    BOSTON,
    ELM,
    OTHER,
    PAST,
    YORK,
    again,
    attend,
    cancel,
    command,
    desk,
    move,
    opened,
    plan,
    planned,
    register,
)


def amend(at: str, **fields: object) -> Command:
    return command(AmendSession, session=at, **fields)


def test_a_session_keeps_what_was_planned_and_is_made_again_from_its_events() -> None:
    at, name = planned(capacity=40, starts_at="2015-03-16T14:00:00-04:00")
    held = at.held(SESSION, name)
    assert (held.starts_at, held.zone) == (dt.datetime(2015, 3, 16, 18, tzinfo=dt.UTC), "America/New_York")
    assert held.starts_at.tzinfo is dt.UTC
    assert (held.cohorts, held.capacity, held.phase) == ((BOSTON, YORK), 40, Phase.PLANNED)
    assert name == f"nnhqcc.{held.calendar_id.hex[:12]}"
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"network": "nobody"}, ("NETWORK_UNKNOWN", "network")),
        ({"cohorts": ["nnhqcc.c9"]}, ("COHORT_UNKNOWN", "cohorts[0]")),
        ({"cohorts": [BOSTON, BOSTON]}, ("REPEATED", "cohorts[1]")),
        ({"cohorts": [BOSTON, OTHER]}, ("OTHER_NETWORK", "cohorts[1]")),
        ({"ends_at": AHEAD[0]}, ("OUT_OF_ORDER", "ends_at")),
        ({"ends_at": "2015-03-23T18:00:01Z"}, ("TOO_LONG", "ends_at")),
        ({"zone": "America/Bostonia"}, ("ZONE_UNKNOWN", "zone")),
        ({"starts_at": "2015-01-04T18:00:00Z", "ends_at": "2015-01-04T19:00:00Z"}, ("BEFORE_NETWORK", "starts_at")),
    ],
)
def test_a_plan_is_refused_with_the_field_that_is_wrong(fields: dict[str, object], expected: tuple[str, str]) -> None:
    assert expected in desk().refused(plan(**fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"join_url": "http://network.example/s/1"},
        {"join_url": "https://ida:secret@network.example/s/1"},
        {"starts_at": "2015-03-16T18:00:00"},
        {"starts_at": "2100-03-16T18:00:00Z"},
        {"cohorts": []},
        {"title": ""},
        {"phone": "ask Ida"},
        {"zone": "../../etc/passwd"},
        {"capacity": 0},
    ],
)
def test_a_plan_that_does_not_fit_its_contract_is_no_command(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        plan(**fields)


def test_the_day_of_a_session_is_that_of_its_place() -> None:
    at, name = planned(starts_at="2015-03-17T02:00:00Z", ends_at="2015-03-17T03:00:00Z")
    assert at.held(SESSION, name).day == dt.date(2015, 3, 16)


def test_title_agenda_and_capacity_are_amended_and_the_same_again_changes_nothing() -> None:
    at, name = planned()
    assert at.done(amend(name, title="Falls again", agenda=["Hello"], capacity=3))["changed"]
    assert not at.done(amend(name, title="Falls again"))["changed"]
    held = at.held(SESSION, name)
    assert (held.title, held.agenda, held.capacity) == ("Falls again", ("Hello",), 3)
    assert at.refused(amend(name)) == [("NOTHING_GIVEN", None)]
    assert again(at) == at.records


def test_there_are_never_fewer_places_than_are_taken() -> None:
    at, name = opened()
    at.done(register(name, people=3))
    assert at.refused(amend(name, capacity=2)) == [("TOO_SMALL", "capacity")]
    at.done(amend(name, capacity=3))


def test_a_move_raises_the_revision_once_for_each_change() -> None:
    at, name = planned()
    assert at.done(move(name, *PAST)) == {"session": name, "revision": 1, "changed": True}
    assert at.done(move(name, *PAST)) == {"session": name, "revision": 1, "changed": False}
    assert at.done(move(name, *AHEAD, place="Church"))["revision"] == 2
    assert at.held(SESSION, name).place == "Church"
    assert at.refused(move(name, AHEAD[1], AHEAD[0])) == [("OUT_OF_ORDER", "ends_at")]
    assert ("BEFORE_NETWORK", "starts_at") in at.refused(move(name, "2014-03-16T18:00:00Z", "2014-03-16T19:00:00Z"))
    assert again(at) == at.records


def test_nobody_is_invited_to_nowhere() -> None:
    at, name = planned(place=None, join_url=None)
    assert at.refused(command(OpenRegistration, session=name)) == [
        ("PLACE_MISSING", "place"),
        ("LINK_MISSING", "join_url"),
    ]
    online, there = planned(mode="ONLINE", place=None)
    online.done(command(OpenRegistration, session=there))
    room, here = planned(mode="IN_PERSON", join_url=None)
    room.done(command(OpenRegistration, session=here))
    assert room.refused(move(here, *AHEAD, mode="BOTH")) == [("LINK_MISSING", "join_url")]


def test_a_session_is_held_only_after_it_began() -> None:
    at, name = opened()
    assert at.refused(command(HoldSession, session=name)) == [("NOT_BEGUN", "session")]
    at.now = dt.datetime(2015, 3, 16, 18, tzinfo=dt.UTC)
    at.done(command(HoldSession, session=name))


ASKED: dict[Step, Callable[[str], Command]] = {
    Step.AMEND: lambda at: amend(at, title="New"),
    Step.RESCHEDULE: lambda at: move(at, "2015-03-03T18:00:00Z", "2015-03-03T20:00:00Z"),
    Step.OPEN_REGISTRATION: lambda at: command(OpenRegistration, session=at),
    Step.CLOSE_REGISTRATION: lambda at: command(CloseRegistration, session=at),
    Step.REGISTER: register,
    Step.WITHDRAW: lambda at: command(WithdrawFromSession, session=at, participant=ELM),
    Step.HOLD: lambda at: command(HoldSession, session=at),
    Step.CANCEL: cancel,
    Step.RECORD_ATTENDANCE: attend,
    Step.ADD_MATERIAL: lambda at: command(
        AddSessionMaterial, session=at, title="Slides", version="1", origin="partner:cdc", kept_at="archive/1"
    ),
    Step.EVALUATE: lambda at: command(EvaluateSession, session=at, answers={"WAS_USEFUL": 5}),
}
PATHS: dict[Phase, tuple[Step, ...]] = {
    Phase.PLANNED: (),
    Phase.OPEN: (Step.OPEN_REGISTRATION, Step.REGISTER),
    Phase.CLOSED: (Step.OPEN_REGISTRATION, Step.CLOSE_REGISTRATION),
    Phase.HELD: (Step.HOLD,),
    Phase.CANCELLED: (Step.CANCEL,),
}


def arrived(phase: Phase) -> tuple[Desk, str]:
    at, name = planned(starts_at=PAST[0], ends_at=PAST[1])
    for step in PATHS[phase]:
        at.done(ASKED[step](name))
    assert at.held(SESSION, name).phase is phase
    return at, name


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("phase", Phase)
def test_every_step_from_every_phase_is_in_the_table_or_refused(phase: Phase, step: Step) -> None:
    at, name = arrived(phase)
    after = SESSION_MACHINE.after(phase, step)
    if after is None:
        code = "NOT_HELD" if step in {Step.RECORD_ATTENDANCE, Step.EVALUATE} else "STATE"
        assert (code, "session") in at.refused(ASKED[step](name))
    else:
        at.done(ASKED[step](name))
        assert at.held(SESSION, name).phase is after


def test_an_unknown_session_is_said_to_be_none() -> None:
    for asked in ASKED.values():
        assert desk().refused(asked("nnhqcc.000000000000")) == [("SESSION_UNKNOWN", "session")]
