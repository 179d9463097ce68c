"""Tests of change: cycles of plan, do, study, act; shared by the participant's wish alone; corrected with a reason."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.practices.testing_state import TEST_MACHINE, TestPhase, TestStep
from shared.contracts.recruitment.participant_terms import WhyClosed
from shared.contracts.recruitment.participants import ParticipantClosed
from tests.recruitment.desk import Desk
from tests.recruitment.practices.cast import (
    ASH,
    ELM,
    act,
    again,
    correct,
    desk,
    do,
    package,
    plan,
    study,
    trial,
    tried_out,
    wish,
)

NOBODY = "nnhqcc.000000000000"


def planned() -> tuple[Desk, str]:
    at = desk()
    return at, str(at.done(plan())["test"])


def test_a_change_is_adapted_and_then_adopted() -> None:
    at, test = planned()
    for asked in (do(test), study(test, values=[{"measure": "nursing-home-falls", "value": 2.5}])):
        assert at.done(asked)["cycle"] == 1
    assert at.done(act(test, "ADAPT"))["cycle"] == 2
    assert trial(at, test).phase is TestPhase.PLANNED
    assert trial(at, test).cycles[1].prediction == "A third."
    for asked in (do(test, "2014-12-01"), study(test, "2014-12-08", [{"unit": "falls a week", "value": 1}])):
        at.done(asked)
    at.done(act(test, on="2014-12-10"))
    held = trial(at, test)
    assert (held.phase, held.adopted_on()) == (TestPhase.ADOPTED, dt.date(2014, 12, 10))
    assert [one.values[0].value for one in held.cycles] == [2.5, 1.0]
    assert again(at) == at.records


def test_a_test_can_be_given_up_before_it_is_studied() -> None:
    at, test = planned()
    at.done(act(test, "ABANDON"))
    assert trial(at, test).phase is TestPhase.ABANDONED
    assert trial(at, test).adopted_on() is None


def test_a_change_of_the_package_is_named_by_version_and_number() -> None:
    at = desk()
    at.done(package())
    assert trial(at, str(at.done(plan(version=1, change=1))["test"])).change == 1
    assert at.refused(plan(version=1, change=2)) == [("CHANGE_UNKNOWN", "change")]
    assert at.refused(plan(version=2, change=1)) == [("CHANGE_UNKNOWN", "change")]
    assert at.refused(plan(change=1)) == [("CHANGE_HALF_NAMED", "change")]
    assert desk().refused(plan(version=1, change=1)) == [("CHANGE_UNKNOWN", "change")]


def test_only_a_member_of_an_open_cohort_tests_and_not_in_the_future() -> None:
    at = desk()
    assert at.refused(plan(ASH)) == [("NOT_IN_COHORT", "participant")]
    assert at.refused(plan("225099")) == [("FACILITY_UNKNOWN", "participant")]
    assert at.refused(plan(cohort="nnhqcc.c2")) == [("COHORT_UNKNOWN", "cohort")]
    assert at.refused(plan(cohort="cusp.c1")) == [("NETWORK_UNKNOWN", "network"), ("COHORT_UNKNOWN", "cohort")]
    assert at.refused(plan(on="2014-09-30")) == [("BEFORE_NETWORK", "planned_on"), ("BEFORE_COHORT", "planned_on")]
    assert at.refused(plan(on="2015-03-08")) == [("IN_THE_FUTURE", "planned_on")]
    gone = ParticipantClosed(participant=ELM, on=dt.date(2014, 11, 1), reason=WhyClosed.BY_ITS_OWNER, actor="t")
    assert desk(gone).refused(plan()) == [("FACILITY_CLOSED", "participant")]


def test_days_stand_in_order_and_have_come() -> None:
    at, test = planned()
    assert at.refused(do(test, "2014-11-02")) == [("OUT_OF_ORDER", "done_on")]
    assert at.refused(do(test, "2015-03-08")) == [("IN_THE_FUTURE", "done_on")]
    at.done(do(test))
    assert at.refused(study(test, "2014-11-09")) == [("OUT_OF_ORDER", "studied_on")]
    assert at.refused(study(test, "2015-03-08")) == [("IN_THE_FUTURE", "studied_on")]
    at.done(study(test))
    assert at.refused(act(test, on="2014-11-16")) == [("OUT_OF_ORDER", "acted_on")]
    assert at.refused(act(test, on="2015-03-08")) == [("IN_THE_FUTURE", "acted_on")]


def test_a_value_says_once_what_it_is_of() -> None:
    at, test = planned()
    at.done(do(test))
    falls = {"unit": "falls", "value": 1}
    for values, reason in (
        ([{"value": 1}], ("MEASURE_OR_UNIT", "values[0]")),
        ([{**falls, "measure": "nursing-home-falls"}], ("MEASURE_OR_UNIT", "values[0]")),
        ([falls, falls], ("REPEATED", "values[1]")),
        ([{"measure": "happiness", "value": 1}], ("MEASURE_UNKNOWN", "values[0].measure")),
    ):
        assert at.refused(study(test, values=values)) == [reason]


def test_a_next_cycle_has_a_prediction_and_an_end_has_none() -> None:
    at, test = planned()
    at.done(do(test))
    at.done(study(test))
    assert at.refused(act(test, "ADAPT", prediction=None)) == [("PREDICTION_MISSING", "prediction")]
    assert at.refused(act(test, prediction="More.")) == [("NO_NEXT_CYCLE", "prediction")]


def test_a_test_is_shared_by_the_latest_wish_alone() -> None:
    at, test = planned()
    assert trial(at, test).shared is False
    assert at.done(wish(test))["changed"] is True
    assert at.done(wish(test))["changed"] is False
    assert at.refused(wish(test, False, "2014-11-20")) == [("OUT_OF_ORDER", "said_on")]
    at.done(wish(test, False, "2014-11-22"))
    assert trial(at, test).shared is False
    assert at.refused(wish(test, on="2015-03-08")) == [("IN_THE_FUTURE", "said_on")]
    fresh, other = planned()
    assert fresh.refused(wish(other, on="2014-11-02")) == [("OUT_OF_ORDER", "said_on")]


def test_what_is_recorded_is_corrected_with_a_reason_also_after_the_end() -> None:
    at = desk()
    test = tried_out(at)
    given: dict[str, Any] = {"aim": "No falls.", "learned": "It takes three.", "values": [], "done_on": "2014-11-11"}
    assert at.done(correct(test, **given))["changed"] is True
    assert at.done(correct(test, **given))["changed"] is False
    held = trial(at, test)
    assert (held.aim, held.cycles[0].learned, held.cycles[0].done_on) == (
        *("No falls.", "It takes three."),
        dt.date(2014, 11, 11),
    )
    assert (set(held.corrections[0].fields), held.corrections[0].because) == (set(given), "A slip.")
    assert again(at) == at.records


def test_a_correction_that_does_not_fit_says_why() -> None:
    at, test = planned()
    assert at.refused(correct(test)) == [("NOTHING_GIVEN", None)]
    assert at.refused(correct(test, 2, aim="x")) == [("CYCLE_UNKNOWN", "cycle")]
    assert at.refused(correct(test, learned="x")) == [("NOT_RECORDED", "learned")]
    assert at.refused(correct(test, planned_on="2015-03-08")) == [("IN_THE_FUTURE", "planned_on")]
    at.done(do(test))
    assert at.refused(correct(test, planned_on="2014-11-11")) == [("OUT_OF_ORDER", None)]
    at.done(study(test))
    assert at.refused(correct(test, values=[{"value": 1}])) == [("MEASURE_OR_UNIT", "values[0]")]


def test_an_unknown_test_is_said_to_be_none() -> None:
    at = desk()
    for asked in (do(NOBODY), study(NOBODY), act(NOBODY), wish(NOBODY), correct(NOBODY, aim="x")):
        assert at.refused(asked) == [("TEST_UNKNOWN", "test")]


def brought_to(phase: TestPhase) -> tuple[Desk, str]:
    at, test = planned()
    steps = [do(test), study(test), act(test)]
    many = {TestPhase.PLANNED: 0, TestPhase.CARRIED_OUT: 1, TestPhase.STUDIED: 2, TestPhase.ADOPTED: 3}
    for asked in steps[: many.get(phase, 0)]:
        at.done(asked)
    if phase is TestPhase.ABANDONED:
        at.done(act(test, "ABANDON"))
    return at, test


@pytest.mark.parametrize("phase", TestPhase)
@pytest.mark.parametrize("step", TestStep)
def test_each_step_leads_where_the_table_says_or_is_refused(phase: TestPhase, step: TestStep) -> None:
    at, test = brought_to(phase)
    asked = {
        TestStep.CARRY_OUT: do(test, "2014-12-01"),
        TestStep.STUDY: study(test, "2014-12-01"),
        TestStep.SHARE: wish(test, on="2014-12-01"),
        TestStep.CORRECT: correct(test, aim="Another."),
    }.get(step) or act(test, step.value, "2014-12-01")
    to = TEST_MACHINE.after(phase, step)
    if to is None:
        assert at.refused(asked) == [("STATE", "test")]
    else:
        at.done(asked)
        assert trial(at, test).phase is to
