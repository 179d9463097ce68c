"""Whose turn it is follows from the table: every open case in exactly one queue, the act owed soonest first."""

import datetime as dt
from dataclasses import replace
from uuid import uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaints.domain import procedures
from services.complaints.domain.case import Case, Course, Done
from services.complaints.domain.deadlines import Deadline, Status
from services.complaints.domain.work.steps import established, forward, needs_decision, ours
from services.complaints.domain.work.turn import turn
from shared.contracts.complaints import CaseType, Obligor
from shared.contracts.work import WorkRole
from tests.complaints.cases import (
    CASE,
    DESK,
    assigned,
    decided,
    done,
    everyone_told,
    guarded,
    informed,
    lettered,
    notified,
    opened,
    utc,
    walk,
)

AT = "2026-07-05T09:00:00-05:00"
OPEN = [
    (procedure.type, state)
    for procedure in procedures.PROCEDURES.values()
    for state in procedure.states
    if not procedure.terminal(state)
]
FFS = opened()


def clock_of(case_type: CaseType, number: int, due_at: dt.datetime, **changes: object) -> Deadline:
    """A running clock of the QIO by a rule of the case type."""
    procedure = procedures.of(case_type)
    rule = procedure.clock.rules[number % len(procedure.clock.rules)]
    deadline = Deadline(
        id=uuid5(CASE, f"{number}"),
        rule_id=rule.id,
        rule_version=rule.version,
        citation=rule.citation,
        obligor=Obligor.QIO,
        window=False,
        trigger=rule.trigger,
        trigger_at=due_at - dt.timedelta(days=1),
        due_at=due_at,
        zone="America/Chicago",
    )
    return replace(deadline, **changes)  # type: ignore[arg-type]


@st.composite
def open_cases(draw: st.DrawFn) -> Case:
    """A case of any type in any open state, with any steps of that type taken and any clocks of the QIO running."""
    case_type, state = draw(st.sampled_from(OPEN))
    taken = draw(st.sets(st.sampled_from(sorted(procedures.of(case_type).steps)), max_size=6))
    offsets = draw(st.lists(st.integers(-100, 100), max_size=3, unique=True))
    start = utc("2026-07-06T12:00:00-05:00")
    clocks = (clock_of(case_type, n * 7 + hours, start + dt.timedelta(hours=hours)) for n, hours in enumerate(offsets))
    log = tuple(Done(step=step, at=start, actor="x") for step in sorted(taken))
    course = Course(facts={}, log=log)
    return replace(FFS, type=case_type, state=state, course=course, deadlines=tuple(clocks))


@given(open_cases())
@settings(max_examples=400)
def test_queues_partition_the_open_cases_and_a_role_has_steps_that_the_table_lets_it_take(case: Case) -> None:
    procedure = procedures.of(case.type)
    role, steps, due = turn(case, DESK)
    in_queues = [each for each in WorkRole if each is role]
    assert len(in_queues) == (role is not None)
    assert (role is None) == (not steps)
    for name in steps:
        assert (case.state, name) in procedure.table
        assert procedure.steps[name].actor.name == role
    latest = {deadline.rule_id: deadline for deadline in case.deadlines}
    assert (due.due_at if due is not None else None) == min((one.due_at for one in latest.values()), default=None)
    if role is None:
        assert forward(procedure, case.state, ours(procedure, case.state)) is None


@given(open_cases())
@settings(max_examples=200)
def test_the_act_owed_soonest_is_done_first_where_it_can_be(case: Case) -> None:
    _, steps, due = turn(case, DESK)
    if due is None or not steps:
        return
    procedure = procedures.of(case.type)
    act = DESK.book.version(due.rule_id, due.rule_version).met_by
    fresh = {done.step for done in case.course.log}
    doing = [
        step
        for step in ours(procedure, case.state)
        if act in established(step) and step.id not in fresh and "party" not in step.needs
    ]
    if doing and not any(guard.id.endswith("_MISSING") for step in doing for guard in step.guards):
        assert act in established(procedure.steps[steps[0]])


def test_an_appeal_goes_from_queue_to_queue_until_nobody_has_to_act() -> None:
    case = FFS
    seen: list[WorkRole | None] = []
    acts = (notified(AT), *informed(AT), *guarded(AT), decided(AT), *everyone_told(AT), *lettered(AT))
    for act in (None, *acts):
        case = case if act is None else walk(case, act)
        role = turn(case, DESK).role
        if not seen or seen[-1] is not role:
            seen.append(role)
    assert seen == [WorkRole.INTAKE, WorkRole.RECORDS, WorkRole.TRIAGE, WorkRole.REVIEWER, WorkRole.STAFF, None]


def test_a_reviewer_is_not_asked_before_what_the_determination_needs_was_done() -> None:
    case = walk(FFS, notified(AT), *informed(AT), assigned(AT))
    assert turn(case, DESK)[:2] == (WorkRole.STAFF, ("views_solicited", "explanation_offered"))
    case = walk(case, done("views_solicited", AT))
    assert turn(case, DESK).role is WorkRole.SCREENER
    case = walk(case, done("validity_found", AT, answers={"notice_valid": "yes"}))
    assert turn(case, DESK)[:2] == (WorkRole.STAFF, ("explanation_offered",))
    case = walk(case, done("explanation_offered", AT))
    assert turn(case, DESK).steps[0] == "decided"


def test_an_act_whose_time_is_over_undone_is_still_owed_and_comes_first() -> None:
    case = walk(FFS, notified(AT), *informed(AT))
    running = case.open_deadline("HD-DETERMINE")
    assert turn(case, DESK).due == running
    over = case.each_deadline(lambda one: replace(one, status=Status.MISSED) if one == running else one)
    late = turn(over, DESK).due
    assert late is not None
    assert (late.rule_id, late.status) == ("HD-DETERMINE", Status.MISSED)
    since = case.each_deadline(
        lambda one: replace(one, status=Status.MISSED, met_at=one.due_at) if one == running else one
    )
    assert turn(since, DESK).due is None


def test_what_others_owe_gives_no_time_to_the_queue() -> None:
    case = walk(FFS, notified(AT))
    assert {one.obligor for one in case.deadlines if one.open} == {Obligor.PROVIDER}
    role, _, due = turn(case, DESK)
    assert (role, due) == (WorkRole.RECORDS, None)


@pytest.mark.parametrize(
    ("case_type", "state", "act", "needed"),
    [
        (CaseType.HOSP_DISCHARGE_FFS, "RECEIVED", "hospital_notified", False),
        (CaseType.HOSP_DISCHARGE_FFS, "INFORMATION_COMPLETE", "patient_told", True),
        (CaseType.HOSP_DISCHARGE_FFS, "DETERMINED", "patient_told", False),
        (CaseType.HOSP_DISCHARGE_FFS, "AT_QIC", "qic_file_sent", False),
        (CaseType.GENERAL_QOC, "IN_REVIEW", "determination_sent", True),
        (CaseType.GENERAL_QOC, "DETERMINED", "determination_sent", False),
        (CaseType.GENERAL_QOC, "RECON_ASSIGNED", "reconsideration_told", True),
    ],
)
def test_the_table_says_whether_an_act_needs_a_determination_first(
    case_type: CaseType, state: str, act: str, needed: bool
) -> None:
    assert needs_decision(case_type, state, act) is needed
