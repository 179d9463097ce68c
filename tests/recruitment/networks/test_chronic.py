"""Chronic care improvement programs: figures by month, none of 1 to 10 people, corrected with a reason."""

import pytest

from services.recruitment.domain.networks.chronic_kind import PROGRAM, PROGRAM_MACHINE, ProgramStatus, ProgramStep
from shared.contracts.message import Command
from shared.contracts.recruitment.chronic_care import (
    ChronicCareRecorded,
    Condition,
    EndChronicCareProgram,
    RecordChronicCare,
    StartChronicCareProgram,
)
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import OFFICE, again, command, desk, establish, learning

CARE: dict[str, object] = {
    "network": "care",
    "kind": "CHRONIC_CARE_IMPROVEMENT",
    "collaborative": None,
    "task": "C.3",
    "states": [],
}


def start(**fields: object) -> Command:
    return command(
        StartChronicCareProgram, **{"network": "care", "sponsor": OFFICE, "started_on": "2014-10-15", **fields}
    )


def record(program: str, month: str = "2014-11", figures: tuple[int, int, int] = (200, 50, 0), **more: str) -> Command:
    told = dict(zip(("invited", "taking_part", "ended"), figures, strict=True))
    return command(RecordChronicCare, program=program, month=month, **told, **more)


def end(program: str, on: str = "2015-01-31") -> Command:
    return command(EndChronicCareProgram, program=program, ended_on=on, reason="r")


def started() -> tuple[Desk, str]:
    at = desk()
    at.done(establish(**CARE, topics=["HEART_FAILURE"]))
    return at, str(at.done(start())["program"])


def test_a_program_is_for_heart_failure_first_and_made_again_from_its_events() -> None:
    at, program = started()
    at.done(record(program))
    at.done(record(program, "2014-10", (11, 0, 12)))
    at.done(end(program))
    held = at.held(PROGRAM, program)
    assert held.conditions == (Condition.HEART_FAILURE,)
    assert list(held.months) == ["2014-10", "2014-11"]
    assert again(at) == at.records


def test_of_one_to_ten_people_no_number_is_said_or_kept() -> None:
    at, program = started()
    said = at.done(record(program, figures=(10, 1, 11)))
    assert (said["invited"], said["taking_part"], said["ended"]) == (None, None, 11)
    (told,) = [one.event for one in at.said if isinstance(one.event, ChronicCareRecorded)]
    assert (told.invited, told.taking_part, told.ended) == (None, None, 11)
    assert at.done(record(program, figures=(3, 9, 11)))["changed"] is False
    assert at.done(record(program, figures=(0, 9, 11), because="nobody was"))["invited"] == 0


def test_what_is_recorded_is_corrected_with_a_reason_and_a_revision() -> None:
    at, program = started()
    at.done(record(program))
    assert at.done(record(program))["changed"] is False
    assert at.refused(record(program, figures=(201, 50, 0))) == [("ALREADY_RECORDED", "because")]
    assert at.done(record(program, figures=(201, 50, 0), because="miscounted"))["revision"] == 2
    assert at.held(PROGRAM, program).months["2014-11"].because == "miscounted"


def test_figures_are_of_months_of_the_program_that_have_begun() -> None:
    at, program = started()
    assert at.refused(record(program, "2014-09")) == [("OUTSIDE_PROGRAM", "month")]
    assert at.refused(record(program, "2015-04")) == [("IN_THE_FUTURE", "month")]
    at.done(record(program, "2015-01"))
    assert at.refused(end(program, "2014-12-31")) == [("OUT_OF_ORDER", "ended_on")]
    assert at.refused(end(program, "2015-03-08")) == [("IN_THE_FUTURE", "ended_on")]
    at.done(end(program))
    assert at.refused(record(program, "2015-02")) == [("OUTSIDE_PROGRAM", "month")]
    at.done(record(program, "2014-12"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"network": "nobodys"}, [("NETWORK_UNKNOWN", "network")]),
        ({"sponsor": "own:stranger"}, [("FACILITY_UNKNOWN", "sponsor")]),
        ({"conditions": ["DIABETES", "DIABETES"]}, [("REPEATED", "conditions[1]")]),
        ({"started_on": "2014-09-30"}, [("BEFORE_NETWORK", "started_on")]),
        ({"started_on": "2015-03-08"}, [("IN_THE_FUTURE", "started_on")]),
    ],
)
def test_a_start_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    at, _ = started()
    assert at.refused(start(**fields)) == expected


def test_only_a_network_of_chronic_care_has_programs() -> None:
    assert ("NO_CHRONIC_CARE", "network") in learning().refused(start(network="nnhqcc", sponsor="225009"))


@pytest.mark.parametrize("step", ProgramStep)
@pytest.mark.parametrize("status", ProgramStatus)
def test_every_step_from_every_status_is_in_the_table_or_refused(status: ProgramStatus, step: ProgramStep) -> None:
    at, program = started()
    if status is ProgramStatus.ENDED:
        at.done(end(program))
    asked = {ProgramStep.RECORD: record(program), ProgramStep.END: end(program)}[step]
    if PROGRAM_MACHINE.after(status, step) is None:
        assert at.refused(asked) == [("STATE", "program")]
    else:
        at.done(asked)


def test_an_unknown_program_is_said_to_be_none() -> None:
    at, _ = started()
    for asked in (record("care.000000000000"), end("care.000000000000")):
        assert at.refused(asked) == [("PROGRAM_UNKNOWN", "program")]
