"""Care teams: complete with a pharmacist, a physician and a facility in them, and only then."""

import pytest

from services.recruitment.domain.networks.team_kind import CARE_TEAM, ROLES, TEAM_MACHINE, TeamPhase, TeamStep
from shared.contracts.message import Command
from shared.contracts.recruitment.care_teams import CareRole
from shared.contracts.recruitment.ids import Setting
from tests.recruitment.networks.cast import (
    HOME,
    HOSPITAL,
    OFFICE,
    OTHER,
    PHARMACY,
    PRACTICE,
    again,
    dissolve,
    enter,
    establish,
    form,
    learning,
    part,
    teams,
)

ALL = (PHARMACY, PRACTICE, HOSPITAL)


def test_a_team_is_complete_with_all_three_and_only_as_long() -> None:
    at, team = teams()
    said = [at.done(enter(team, one)) for one in ALL]
    assert [(one["role"], one["complete"]) for one in said] == [
        ("PHARMACIST", False),
        ("PHYSICIAN", False),
        ("FACILITY", True),
    ]
    assert said[0]["missing"] == ["PHYSICIAN", "FACILITY"]
    assert at.done(part(team, PHARMACY))["missing"] == ["PHARMACIST"]
    assert at.held(CARE_TEAM, team).phase is TeamPhase.INCOMPLETE
    at.done(enter(team, PHARMACY, "2014-12-02"))
    assert at.held(CARE_TEAM, team).phase is TeamPhase.COMPLETE
    assert [spell.until is None for spell in at.held(CARE_TEAM, team).members[PHARMACY]] == [False, True]
    at.done(dissolve(team))
    assert again(at) == at.records


def test_two_facilities_leave_no_gap_when_one_goes() -> None:
    at, team = teams()
    for one in (*ALL, HOME):
        at.done(enter(team, one))
    assert at.done(part(team, HOSPITAL))["complete"] is True
    assert at.held(CARE_TEAM, team).phase is TeamPhase.COMPLETE
    assert at.done(part(team, HOME))["complete"] is False


def test_the_role_follows_from_the_setting() -> None:
    assert ROLES[Setting.PHARMACY] is CareRole.PHARMACIST
    assert ROLES[Setting.PHYSICIAN_PRACTICE] is CareRole.PHYSICIAN
    assert {one for one, role in ROLES.items() if role is CareRole.FACILITY} == {
        Setting.HOSPITAL,
        Setting.NURSING_HOME,
        Setting.HOME_HEALTH,
        Setting.HOSPICE,
        Setting.DIALYSIS,
        Setting.LTSS_PROVIDER,
    }


def test_who_is_of_no_such_setting_or_not_recruited_is_in_no_team() -> None:
    at, team = teams()
    assert at.refused(enter(team, OFFICE)) == [
        ("SETTING_DOES_NOT_FIT", "participant"),
        ("NOT_RECRUITED", "participant"),
    ]
    assert at.refused(enter(team, OTHER)) == [("NOT_RECRUITED", "participant")]
    assert at.refused(enter(team, "225099")) == [("FACILITY_UNKNOWN", "participant")]


def test_days_stand_in_order_and_the_same_again_is_no_change() -> None:
    at, team = teams()
    assert at.refused(enter(team, HOME, "2014-09-30")) == [("OUT_OF_ORDER", "joined_on")]
    assert at.refused(enter(team, HOME, "2015-03-08")) == [("IN_THE_FUTURE", "joined_on")]
    assert at.done(enter(team, HOME))["changed"] is True
    assert at.done(enter(team, HOME))["changed"] is False
    assert at.refused(enter(team, HOME, "2014-11-01")) == [("ALREADY_IN_TEAM", "participant")]
    assert at.refused(part(team, HOME, "2014-10-14")) == [("OUT_OF_ORDER", "left_on")]
    assert at.refused(part(team, HOME, "2015-03-08")) == [("IN_THE_FUTURE", "left_on")]
    at.done(part(team, HOME))
    assert at.refused(part(team, HOME)) == [("NOT_IN_TEAM", "participant")]
    assert at.refused(enter(team, HOME, "2014-11-30")) == [("OUT_OF_ORDER", "joined_on")]
    assert at.refused(dissolve(team, "2014-11-30")) == [("OUT_OF_ORDER", "ended_on")]
    assert at.refused(dissolve(team, "2015-03-08")) == [("IN_THE_FUTURE", "ended_on")]


def test_only_a_network_of_care_teams_has_them() -> None:
    assert learning().refused(form(network="nnhqcc")) == [("NO_CARE_TEAMS", "network")]
    assert learning().refused(form()) == [("NETWORK_UNKNOWN", "network")]


# What asks for each step of a team of which these are in already.
ASKED: dict[TeamStep, tuple[tuple[str, ...], str]] = {
    TeamStep.JOIN: ((), PHARMACY),
    TeamStep.FILL: ((PHARMACY, PRACTICE), HOSPITAL),
    TeamStep.LEAVE: ((PHARMACY,), PHARMACY),
    TeamStep.LEAVE_A_GAP: (ALL, HOSPITAL),
    TeamStep.END: ((), ""),
}


def asked_for(step: TeamStep, team: str) -> Command:
    who = ASKED[step][1]
    if step is TeamStep.END:
        return dissolve(team)
    return enter(team, who) if step in (TeamStep.JOIN, TeamStep.FILL) else part(team, who)


@pytest.mark.parametrize("step", TeamStep)
def test_an_ended_team_takes_no_step(step: TeamStep) -> None:
    at, team = teams()
    for one in ASKED[step][0]:
        at.done(enter(team, one))
    at.done(dissolve(team))
    assert TEAM_MACHINE.possible(TeamPhase.ENDED) == ()
    assert at.refused(asked_for(step, team)) == [("STATE", "team")]


@pytest.mark.parametrize(("before", "step"), TEAM_MACHINE.table)
def test_each_step_of_the_table_leads_where_it_says(before: TeamPhase, step: TeamStep) -> None:
    at, team = teams()
    inside = {
        (TeamPhase.COMPLETE, TeamStep.JOIN): ALL,
        (TeamPhase.COMPLETE, TeamStep.LEAVE): (*ALL, HOME),
        (TeamPhase.COMPLETE, TeamStep.END): ALL,
    }.get((before, step), ASKED[step][0])
    for one in inside:
        at.done(enter(team, one))
    assert at.held(CARE_TEAM, team).phase is before
    who = {TeamStep.JOIN: HOME, TeamStep.LEAVE: HOME if before is TeamPhase.COMPLETE else PHARMACY}.get(step)
    if who is None:
        at.done(asked_for(step, team))
    else:
        at.done(enter(team, who) if step is TeamStep.JOIN else part(team, who))
    assert at.held(CARE_TEAM, team).phase is TEAM_MACHINE.after(before, step)


def test_an_unknown_team_is_said_to_be_none() -> None:
    at, _ = teams()
    for asked in (enter("pspc.000000000000", HOME), part("pspc.000000000000", HOME), dissolve("pspc.000000000000")):
        assert at.refused(asked) == [("CARE_TEAM_UNKNOWN", "team")]


def test_a_network_of_every_setting_still_has_teams_of_three_kinds_alone() -> None:
    at, _ = teams()
    at.done(establish(network="open", collaborative=None, task="C.3", kind="CARE_TEAMS", states=[]))
    team = str(at.done(form(network="open"))["team"])
    assert at.refused(enter(team, OFFICE)) == [("SETTING_DOES_NOT_FIT", "participant")]
