"""Yearly objectives: set in a year of the contract, reworded until assessed, never assessed before they began."""

import datetime as dt

import pytest

from services.recruitment.domain.program.machines import OBJECTIVE, ObjectiveAction
from services.recruitment.domain.program.state import ObjectiveStage
from shared.contracts.message import Command
from tests.recruitment.desk import Desk
from tests.recruitment.program.asking import assess, award, close, desk, drop, objective, objective_of


def with_objective() -> Desk:
    at = desk()
    at.done(objective())
    return at


def test_a_year_begins_on_the_anniversary_of_the_contract() -> None:
    assert desk().done(objective(year=1))["begins_on"] == "2014-08-01"
    assert desk().done(objective(year=5))["begins_on"] == "2018-08-01"


def test_years_of_a_contract_of_a_leap_day_begin_at_the_end_of_february() -> None:
    at = Desk()
    at.done(award(starts_on="2016-02-29"))
    assert at.done(objective(year=2))["begins_on"] == "2017-02-28"


def test_a_year_that_begins_on_the_last_day_is_one_of_the_contract() -> None:
    at = Desk()
    at.done(award(ends_on="2015-08-01"))
    assert at.done(objective(year=2))["begins_on"] == "2015-08-01"


def test_another_wording_holds_and_the_one_before_stays_in_the_history() -> None:
    at = with_objective()
    at.done(objective(text="homes recruited and active", target=250))
    assert [(one.text, one.target) for one in objective_of(at).wordings] == [
        ("homes recruited", 300),
        ("homes recruited and active", 250),
    ]
    assert at.again() == at.records


def test_it_can_be_assessed_again_and_every_assessment_stays() -> None:
    at = with_objective()
    at.done(assess("2016-01-31", "PARTLY_MET", 120))
    at.done(assess("2016-07-31", "MET", 310))
    assert [(one.result.value, one.value) for one in objective_of(at).assessments] == [
        ("PARTLY_MET", 120),
        ("MET", 310),
    ]
    assert at.again() == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"year": 6}, [("AFTER_CONTRACT", "year")]),
        ({"task": "D.1"}, [("TASK_NOT_HELD", "task")]),
        ({"contract": "HHSM-500-NONE"}, [("CONTRACT_UNKNOWN", "contract")]),
    ],
)
def test_every_reason_against_an_objective_is_named(
    fields: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert desk().refused(objective(**fields)) == expected


def test_an_objective_stays_in_its_year() -> None:
    assert with_objective().refused(objective(year=3)) == [("OTHER_YEAR", "year")]


def test_impossible_days_are_refused() -> None:
    at = with_objective()
    assert at.refused(assess("2015-07-31")) == [("TOO_EARLY", "assessed_on")]
    assert at.refused(assess("2020-03-08")) == [("IN_THE_FUTURE", "assessed_on")]
    assert at.refused(drop("2014-07-31")) == [("TOO_EARLY", "dropped_on")]
    assert desk().refused(assess()) == [("OBJECTIVE_UNKNOWN", "objective")]
    assert desk().refused(drop()) == [("OBJECTIVE_UNKNOWN", "objective")]


def test_a_contract_that_ended_takes_no_objective() -> None:
    at = desk()
    at.done(close())
    assert at.refused(objective()) == [("STATE", "contract")]


def _in(stage: ObjectiveStage) -> Desk:
    at = with_objective()
    if stage is ObjectiveStage.ASSESSED:
        at.done(assess())
    if stage is ObjectiveStage.DROPPED:
        at.done(drop())
    return at


_ASKING: dict[ObjectiveAction, Command] = {
    ObjectiveAction.SET_AGAIN: objective(text="other words"),
    ObjectiveAction.ASSESS: assess("2016-08-15"),
    ObjectiveAction.DROP: drop("2016-08-15"),
}


@pytest.mark.parametrize("stage", ObjectiveStage)
@pytest.mark.parametrize("action", ObjectiveAction)
def test_the_machine_of_objectives_is_total(stage: ObjectiveStage, action: ObjectiveAction) -> None:
    at = _in(stage)
    after = OBJECTIVE.after(stage, action)
    if after is None:
        assert at.refused(_ASKING[action]) == [("STATE", "objective")]
    else:
        at.done(_ASKING[action])
        assert objective_of(at).stage is after
    assert at.again() == at.records


def test_a_dropped_objective_says_when_and_why() -> None:
    found = objective_of(_in(ObjectiveStage.DROPPED))
    assert (found.dropped_on, found.dropped_because) == (dt.date(2015, 9, 1), "superseded")
