"""Homes, staff and consumers register, choose goals and report; every bad input has its reason."""

from typing import Any

import pytest
from pydantic import ValidationError

from services.recruitment.domain.campaign.goals import GOALS
from services.recruitment.domain.campaign.registration_kind import REGISTRATION, GoalState, Registration, Taking
from shared.contracts.message import Command
from shared.contracts.recruitment.campaign_terms import CampaignGoal
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed
from tests.recruitment.campaign.cast import (
    FAR,
    HOME,
    HOSPITAL,
    OTHER,
    again,
    choose,
    close,
    desk,
    register,
    report,
    withdraw,
)
from tests.recruitment.desk import Desk


@pytest.fixture
def at() -> Desk:
    """A desk with a home that works on mobility."""
    here = desk()
    here.done(register())
    here.done(choose())
    return here


def held(at: Desk, identifier: str = HOME) -> Registration:
    return at.held(REGISTRATION, identifier)


def test_a_home_is_registered_once_under_its_own_id_and_state() -> None:
    at = desk()
    assert at.done(register(FAR)) == {"registration": FAR, "state": "FL", "changed": True}
    assert at.done(register(FAR))["changed"] is False
    assert at.refused(register(FAR, "2014-11-01")) == [("STATE", "home")]


def test_staff_and_consumers_are_registered_without_names_each_time_anew() -> None:
    at = desk()
    first = at.done(register(None, registrant="CONSUMER", state="MA"))
    second = at.done(register(HOME, registrant="STAFF_MEMBER", state="VT"))
    assert first["registration"] != second["registration"]
    assert held(at, second["registration"]).home == HOME
    assert set(Registration.model_fields).isdisjoint({"name", "email", "phone", "address"})


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (register("999999"), ("FACILITY_UNKNOWN", "home")),
        (register(HOSPITAL), ("NOT_A_HOME", "home")),
        (register(None), ("MISSING", "home")),
        (register(state="MA"), ("NOT_ASKED", "state")),
        (register(on="2006-08-31"), ("BEFORE_CAMPAIGN", "registered_on")),
        (register(on="2015-03-08"), ("IN_THE_FUTURE", "registered_on")),
        (register(None, registrant="CONSUMER"), ("MISSING", "state")),
        (register(None, registrant="CONSUMER", state="ZZ"), ("STATE_UNKNOWN", "state")),
        (withdraw(), ("REGISTRATION_UNKNOWN", "registration")),
        (choose(), ("REGISTRATION_UNKNOWN", "registration")),
        (report(), ("REGISTRATION_UNKNOWN", "registration")),
        (close(), ("REGISTRATION_UNKNOWN", "registration")),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(asked: Command, reason: tuple[str, str]) -> None:
    assert reason in desk().refused(asked)


def test_a_closed_home_is_not_registered() -> None:
    shut = ParticipantClosed(participant=OTHER, on="2014-09-01", reason=WhyClosed.BY_ITS_OWNER, actor="t")
    assert desk(shut).refused(register(OTHER)) == [("FACILITY_CLOSED", "home")]


def test_whoever_withdraws_drops_its_open_goals_and_can_come_back(at: Desk) -> None:
    at.done(choose(goal="PAIN"))
    at.done(close(goal="PAIN"))
    assert at.refused(withdraw(on="2014-12-31")) == [("OUT_OF_ORDER", "withdrawn_on")]
    at.done(withdraw())
    assert held(at).taking is Taking.WITHDRAWN
    assert held(at).goals[CampaignGoal.MOBILITY].state is GoalState.DROPPED
    assert held(at).goals[CampaignGoal.PAIN].state is GoalState.REACHED
    for asked in (withdraw(), choose(goal="PAIN"), report(), close()):
        assert at.refused(asked) == [("STATE", "registration")]
    assert at.refused(register(on="2015-01-14")) == [("OUT_OF_ORDER", "registered_on")]
    at.done(register(on="2015-02-01"))
    assert held(at).taking is Taking.REGISTERED
    assert held(at).withdrawn_on is None
    assert again(at) == at.records


def test_a_month_is_reported_corrected_with_a_reason_and_said_once(at: Desk) -> None:
    assert at.done(report())["revision"] == 1
    assert at.done(report()) == {"goal": "MOBILITY", "month": "2014-11", "revision": 1, "changed": False}
    assert at.refused(report(value=5)) == [("MISSING", "because")]
    assert at.done(report(value=5, because="A slip."))["revision"] == 2
    assert held(at).goals[CampaignGoal.MOBILITY].months["2014-11"].value == 5
    assert at.refused(report(month="2013-09")) == [("OUT_OF_ORDER", "month")]
    assert at.done(report(month="2013-10"))["revision"] == 1
    assert at.refused(report(month="2015-04")) == [("IN_THE_FUTURE", "month")]
    assert at.refused(report(goal="PAIN")) == [("GOAL_UNKNOWN", "goal")]


def test_a_goal_is_dropped_with_a_reason_reached_or_chosen_again(at: Desk) -> None:
    at.done(report())
    assert at.done(choose())["changed"] is False
    assert at.refused(choose(target=9.0)) == [("STATE", "goal")]
    assert at.refused(close(how="DROPPED")) == [("MISSING", "reason")]
    assert at.refused(close(on="2014-10-14")) == [("OUT_OF_ORDER", "closed_on")]
    assert at.refused(close(goal="PAIN")) == [("GOAL_UNKNOWN", "goal")]
    at.done(close(how="DROPPED", reason="Too much at once."))
    assert at.refused(close()) == [("STATE", "goal")]
    assert at.refused(report(month="2014-12")) == [("STATE", "goal")]
    assert at.refused(choose(on="2014-12-31")) == [("OUT_OF_ORDER", "chosen_on")]
    at.done(choose(on="2015-02-01"))
    assert list(held(at).goals[CampaignGoal.MOBILITY].months) == ["2014-11"]
    assert again(at) == at.records


def test_goals_are_chosen_of_the_time_that_they_are_of() -> None:
    at = desk()
    at.done(register(on="2010-01-01"))
    assert at.refused(choose(on="2013-07-31")) == [("BEFORE_GOALS", "chosen_on")]
    assert at.refused(choose(on="2009-12-31"))[0] == ("OUT_OF_ORDER", "chosen_on")


def test_the_nine_goals_have_sources_and_what_is_uncertain_is_said() -> None:
    assert set(GOALS) == set(CampaignGoal)
    assert len(GOALS) == 9
    assert sum(one.clinical for one in GOALS.values()) == 5
    assert all(one.source for one in GOALS.values())
    assert {one.goal for one in GOALS.values() if one.uncertain} == {
        CampaignGoal.PERSON_CENTERED_CARE,
        CampaignGoal.MEDICATIONS,
    }


@pytest.mark.parametrize("fields", [{"value": -1}, {"value": float("nan")}, {"month": "2014-13"}, {"goal": "FALLS"}])
def test_a_figure_that_is_none_never_becomes_a_command(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        report(**fields)
