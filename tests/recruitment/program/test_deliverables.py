"""Deliverables: what is due, what came and when, what CMS said of it, and how each stood on any day."""

import datetime as dt

import pytest

from services.recruitment.domain.program.machines import DELIVERABLE, DeliverableAction
from services.recruitment.domain.program.state import DeliverableStage
from services.recruitment.domain.program.timeline import due_on, status
from shared.contracts.message import Command
from tests.recruitment.desk import Desk
from tests.recruitment.program.asking import (
    accept,
    change,
    close,
    deliverable_of,
    desk,
    give_back,
    require,
    submit,
    waive,
)


def with_report() -> Desk:
    at = desk()
    at.done(require())
    return at


def stood(at: Desk, day: str) -> str:
    return status(deliverable_of(at), dt.date.fromisoformat(day)).value


def move(due: str = "2015-04-30", effective: str = "2015-02-15", kind: str = "AMENDMENT") -> Command:
    return change(effective_on=effective, kind=kind, due_dates=[{"deliverable": "report-1", "due_on": due}])


def test_what_is_not_submitted_is_due_and_from_the_day_after_overdue() -> None:
    at = with_report()
    assert [stood(at, day) for day in ("2015-03-31", "2015-04-01")] == ["DUE", "OVERDUE"]


def test_what_came_on_the_due_day_is_met_and_a_day_later_late() -> None:
    at = with_report()
    assert at.done(submit("2015-03-31"))["late"] is False
    assert [stood(at, day) for day in ("2015-03-30", "2015-03-31", "2016-01-01")] == ["DUE", "MET", "MET"]
    late = with_report()
    assert late.done(submit("2015-04-01"))["late"] is True
    assert [stood(late, day) for day in ("2015-03-31", "2015-04-01")] == ["DUE", "MET_LATE"]


def test_a_return_undoes_it_until_it_is_submitted_again_and_keeps_its_reasons() -> None:
    at = with_report()
    at.done(submit("2015-03-20"))
    at.done(give_back("2015-04-10", "no denominators", "no signature"))
    at.done(submit("2015-04-15"))
    at.done(accept("2015-04-20"))
    days = ("2015-03-19", "2015-03-20", "2015-04-09", "2015-04-10", "2015-04-15", "2016-01-01")
    assert [stood(at, day) for day in days] == ["DUE", "MET", "MET", "OVERDUE", "MET_LATE", "MET_LATE"]
    first, second = deliverable_of(at).submissions
    assert first.reasons == ("no denominators", "no signature")
    assert second.accepted_on == dt.date(2015, 4, 20)
    assert at.again() == at.records


def test_a_change_moves_the_due_date_and_keeps_the_earlier_one() -> None:
    at = with_report()
    at.done(move("2015-04-30", effective="2015-02-15"))
    found = deliverable_of(at)
    assert [one.due_on.isoformat() for one in found.dues] == ["2015-03-31", "2015-04-30"]
    assert (found.dues[1].reason, found.dues[1].source) == ("funds", "mod. 7")
    assert due_on(found, dt.date(2015, 2, 14)) == dt.date(2015, 3, 31)
    assert due_on(found, dt.date(2015, 2, 15)) == dt.date(2015, 4, 30)
    at.done(submit("2015-04-20"))
    assert stood(at, "2015-04-20") == "MET"
    assert at.again() == at.records


def test_the_later_recorded_of_two_moves_of_one_day_holds() -> None:
    at = with_report()
    at.done(move("2015-04-30"))
    at.done(move("2015-05-31"))
    assert due_on(deliverable_of(at), dt.date(2015, 3, 1)) == dt.date(2015, 5, 31)


def test_a_later_move_makes_nothing_late_or_in_time_afterwards() -> None:
    at = with_report()
    at.done(submit("2015-04-05"))
    at.done(move("2015-04-30", effective="2015-04-06"))
    assert stood(at, "2015-06-01") == "MET_LATE"


def test_a_waived_deliverable_is_waived_from_that_day() -> None:
    at = with_report()
    at.done(waive("2015-04-05"))
    assert [stood(at, day) for day in ("2015-04-04", "2015-04-05")] == ["OVERDUE", "WAIVED"]
    assert at.again() == at.records


def test_a_due_date_that_is_the_same_already_is_no_move() -> None:
    assert with_report().refused(move("2015-03-31")) == [("DUE_UNCHANGED", "due_dates[0]")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"task": "D.1"}, [("TASK_NOT_HELD", "task")]),
        ({"due_on": "2014-07-31"}, [("TOO_EARLY", "due_on")]),
        ({"contract": "HHSM-500-NONE"}, [("CONTRACT_UNKNOWN", "contract")]),
    ],
)
def test_every_reason_against_requiring_is_named(
    fields: dict[str, object], expected: list[tuple[str, str | None]]
) -> None:
    assert desk().refused(require(**fields)) == expected


def test_a_name_is_taken_once() -> None:
    assert with_report().refused(require()) == [("DELIVERABLE_EXISTS", "deliverable")]


def test_impossible_days_are_refused() -> None:
    at = with_report()
    assert at.refused(submit("2014-07-31")) == [("TOO_EARLY", "submitted_on")]
    assert at.refused(submit("2020-03-08")) == [("IN_THE_FUTURE", "submitted_on")]
    at.done(submit("2020-03-07"))  # it is the 7th on Guam already
    assert at.refused(accept("2020-03-06")) == [("TOO_EARLY", "accepted_on")]
    assert at.refused(give_back("2020-03-06")) == [("TOO_EARLY", "returned_on")]
    at.done(give_back("2020-03-07"))
    assert at.refused(submit("2020-03-06")) == [("TOO_EARLY", "submitted_on")]
    assert at.refused(waive("2020-03-06")) == [("TOO_EARLY", "waived_on")]


def test_unknown_deliverables_and_contracts_are_refused() -> None:
    assert desk().refused(submit()) == [("DELIVERABLE_UNKNOWN", "deliverable")]
    assert Desk().refused(submit()) == [("CONTRACT_UNKNOWN", "contract")]


def test_what_is_open_can_be_submitted_after_the_contract_ended() -> None:
    at = with_report()
    at.done(close())
    at.done(submit("2019-08-15"))
    assert stood(at, "2019-08-15") == "MET_LATE"


def _in(stage: DeliverableStage) -> Desk:
    at = with_report()
    steps: dict[DeliverableStage, tuple[Command, ...]] = {
        DeliverableStage.EXPECTED: (),
        DeliverableStage.SUBMITTED: (submit(),),
        DeliverableStage.RETURNED: (submit(), give_back()),
        DeliverableStage.ACCEPTED: (submit(), accept()),
        DeliverableStage.WAIVED: (waive(),),
    }
    for step in steps[stage]:
        at.done(step)
    return at


_ASKING: dict[DeliverableAction, Command] = {
    DeliverableAction.SUBMIT: submit("2015-06-01"),
    DeliverableAction.ACCEPT: accept("2015-06-01"),
    DeliverableAction.RETURN: give_back("2015-06-01"),
    DeliverableAction.WAIVE: waive("2015-06-01"),
    DeliverableAction.MOVE: move("2015-09-30"),
}


@pytest.mark.parametrize("stage", DeliverableStage)
@pytest.mark.parametrize("action", DeliverableAction)
def test_the_machine_of_deliverables_is_total(stage: DeliverableStage, action: DeliverableAction) -> None:
    at = _in(stage)
    after = DELIVERABLE.after(stage, action)
    if after is None:
        assert [code for code, _ in at.refused(_ASKING[action])] == ["STATE"]
    else:
        at.done(_ASKING[action])
        assert deliverable_of(at).stage is after
    assert at.again() == at.records
