"""Action periods: assignments between sessions, reports and corrections, excuses, extensions, the end."""

import datetime as dt
from collections.abc import Callable

import pytest

from services.recruitment.domain.networks.kinds import COHORT
from services.recruitment.domain.sessions.machine import PERIOD_MACHINE, PeriodPhase, PeriodStep
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.reporting import owing
from shared.contracts.message import Command
from shared.contracts.recruitment.action_period_commands import (
    CancelActionPeriod,
    CloseActionPeriod,
    ExtendActionPeriod,
)
from tests.recruitment.sessions.cast import (
    BOSTON,
    ELM,
    OAK,
    TASKS,
    YEW,
    YORK,
    again,
    cancel,
    desk,
    excuse,
    held,
    left,
    plan,
    report,
    start,
    started,
)
from tests.recruitment.sessions.cast import command as given


def extend(at: str, days: int = 7, **fields: object) -> Command:
    return given(ExtendActionPeriod, period=at, days=days, reason="Snow", **fields)


def close(at: str) -> Command:
    return given(CloseActionPeriod, period=at)


def call_off(at: str) -> Command:
    return given(CancelActionPeriod, period=at, reason="Snow")


def test_reports_are_kept_corrected_with_a_reason_and_made_again_from_their_events() -> None:
    at, name = started()
    assert at.done(report(name, value=12))["corrected"] is False
    assert at.done(report(name, value=12))["changed"] is False
    assert at.refused(report(name, value=13)) == [("ALREADY_RECORDED", "because")]
    assert at.done(report(name, value=13, because="A shift was missing."))["corrected"]
    task = at.held(ACTION_PERIOD, name).assignments[0]
    assert (task.reports[ELM].value, task.reports[ELM].corrected) == (13, ("A shift was missing.",))
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"participant": YEW}, [("NOT_IN_COHORT", "participant")]),
        ({"participant": "225999"}, [("FACILITY_UNKNOWN", "participant")]),
        ({"on": "2015-03-01"}, [("OUT_OF_ORDER", "on")]),
        ({"on": "2015-03-08"}, [("IN_THE_FUTURE", "on")]),
        ({"number": 3}, [("ASSIGNMENT_UNKNOWN", "assignment")]),
        ({"number": 2, "value": 1}, [("NO_VALUE_ASKED", "value")]),
    ],
)
def test_a_report_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    at, name = started()
    assert at.refused(report(name, **fields)) == expected  # type: ignore[arg-type]


def test_who_left_the_cohort_reports_no_more() -> None:
    at, name = started()
    at.has(left(BOSTON, ELM, dt.date(2015, 3, 5)))
    assert at.refused(report(name, on="2015-03-05")) == [("NOT_IN_COHORT", "participant")]
    at.done(report(name, on="2015-03-04"))


def test_who_is_excused_owes_nothing_and_may_report_all_the_same() -> None:
    at, name = started()
    present = list(at.held(COHORT, BOSTON).present(dt.date(2015, 3, 6)))
    at.done(excuse(name))
    assert at.done(excuse(name))["changed"] is False
    assert owing(at.held(ACTION_PERIOD, name).assignments[0], present) == [OAK]
    at.done(report(name))
    assert at.held(ACTION_PERIOD, name).assignments[0].excused == {}
    assert at.refused(excuse(name)) == [("ALREADY_REPORTED", "participant")]
    assert at.refused(excuse(name, YEW)) == [("NOT_IN_COHORT", "participant")]
    assert again(at) == at.records


def test_an_extension_moves_the_last_day_and_the_due_days_that_are_meant() -> None:
    at, name = started()
    assert at.done(extend(name, 7, assignments=[2])) == {"period": name, "ends_on": "2015-05-07", "moved": 1}
    at.done(extend(name, 1))
    found = at.held(ACTION_PERIOD, name)
    assert [str(one.due_on) for one in found.assignments] == ["2015-03-21", "2015-04-08"]
    assert str(found.ends_on) == "2015-05-08"
    assert at.refused(extend(name, 1, assignments=[3])) == [("ASSIGNMENT_UNKNOWN", "assignment")]
    assert again(at) == at.records


def test_nothing_is_extended_beyond_what_is_planned_for() -> None:
    at, name = started(ends_on="2099-12-31")
    assert at.refused(extend(name, 1)) == [("TOO_FAR", "days")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"cohort": "nnhqcc.c9"}, ("COHORT_UNKNOWN", "cohort")),
        ({"starts_on": "2015-01-04"}, ("BEFORE_COHORT", "starts_on")),
        ({"ends_on": "2015-03-01"}, ("OUT_OF_ORDER", "ends_on")),
        ({"after_session": "nnhqcc.000000000000"}, ("SESSION_UNKNOWN", "after_session")),
        ({"assignments": [TASKS[0], TASKS[0]]}, ("REPEATED", "assignments[1].title")),
        ({"assignments": [{**TASKS[0], "measure": "luck"}]}, ("MEASURE_UNKNOWN", "assignments[0].measure")),
        ({"assignments": [{**TASKS[0], "due_on": "2015-05-01"}]}, ("OUT_OF_PERIOD", "assignments[0].due_on")),
    ],
)
def test_a_start_is_refused_with_the_field_that_is_wrong(fields: dict[str, object], expected: tuple[str, str]) -> None:
    assert expected in desk().refused(start(**fields))


def test_a_period_lies_between_sessions_that_its_cohort_is_invited_to() -> None:
    at, before = held()
    after = str(at.done(plan())["session"])
    assert at.refused(start(after_session=before)) == [("OUT_OF_ORDER", "starts_on")]
    assert at.refused(start(before_session=after)) == [("OUT_OF_ORDER", "ends_on")]
    other = str(at.done(plan(cohorts=[YORK]))["session"])
    assert at.refused(start(before_session=other)) == [("NOT_INVITED", "before_session")]
    fits = {"starts_on": "2015-03-04", "ends_on": "2015-03-16", "assignments": [{**TASKS[0], "due_on": "2015-03-16"}]}
    at.done(start(after_session=before, before_session=after, **fits))
    at.done(cancel(after))
    assert at.refused(start(before_session=after, **fits)) == [("SESSION_CANCELLED", "before_session")]


def test_a_period_is_closed_once_its_last_day_has_come() -> None:
    at, name = started()
    assert at.refused(close(name)) == [("IN_THE_FUTURE", "ends_on")]
    at.now = dt.datetime(2015, 4, 30, 12, tzinfo=dt.UTC)
    at.done(report(name))
    assert at.done(close(name))["reports"] == 1


ASKED: dict[PeriodStep, Callable[[str], Command]] = {
    PeriodStep.REPORT: report,
    PeriodStep.EXCUSE: excuse,
    PeriodStep.EXTEND: extend,
    PeriodStep.CLOSE: close,
    PeriodStep.CANCEL: call_off,
}


@pytest.mark.parametrize("step", PeriodStep)
@pytest.mark.parametrize("phase", PeriodPhase)
def test_every_step_from_every_phase_is_in_the_table_or_refused(phase: PeriodPhase, step: PeriodStep) -> None:
    at, name = started()
    at.now = dt.datetime(2015, 5, 1, 12, tzinfo=dt.UTC)
    if phase is not PeriodPhase.RUNNING:
        at.done(close(name) if phase is PeriodPhase.CLOSED else call_off(name))
    if PERIOD_MACHINE.after(phase, step) is None:
        assert ("STATE", "period") in at.refused(ASKED[step](name))
    else:
        at.done(ASKED[step](name))
        assert at.held(ACTION_PERIOD, name).phase is PERIOD_MACHINE.after(phase, step)


def test_an_unknown_period_is_said_to_be_none() -> None:
    for asked in ASKED.values():
        assert desk().refused(asked("nnhqcc.000000000000")) == [("ACTION_PERIOD_UNKNOWN", "action_period")]
