"""A request goes from intake to outcome; who may ask, what is due, and every bad input with its reason."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.assistance.request_kind import MACHINE, OPEN, REQUEST, Request, Status, Step
from shared.contracts.message import Command
from shared.contracts.recruitment.assistance_commands import (
    Helped,
)
from tests.recruitment.assistance.cast import (
    CENTER,
    DUE,
    HOME,
    INTEREST,
    add,
    again,
    ask,
    assign,
    close,
    desk,
    due,
    give,
    pause,
    reopen,
    resume,
    retire,
    target,
)
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import convened, ended

NOTHING = "ta.000000000000"


@pytest.fixture
def made() -> tuple[Desk, str]:
    """A desk with a target of 30 days and a request that somebody has."""
    at = desk()
    at.done(target())
    request = str(at.done(ask())["request"])
    at.done(assign(request))
    return at, request


def held(at: Desk, request: str) -> Request:
    return at.held(REQUEST, request)


def test_a_request_is_helped_with_waits_is_resolved_and_taken_up_again(made: tuple[Desk, str]) -> None:
    at, request = made
    resource = str(at.done(add())["resource"])
    assert at.done(give(request, resource))["minutes"] == 40
    at.done(pause(request))
    assert held(at, request).waiting_for == "CMS"
    at.done(resume(request))
    assert at.done(give(request, on="2014-10-05", minutes=20))["minutes"] == 60
    assert at.done(close(request)) == {"request": request, "status": "RESOLVED"}
    assert held(at, request).helped is Helped.YES
    at.done(reopen(request))
    assert held(at, request).status is Status.RECEIVED
    assert held(at, request).assigned_to is None
    assert [one.by for one in held(at, request).helps] == ["person:ida"] * 2
    assert again(at) == at.records


def test_the_day_due_follows_from_the_target_of_its_day_and_counts_anew(made: tuple[Desk, str]) -> None:
    at, request = made
    assert held(at, request).due_on == dt.date(2014, 10, 31)
    assert at.done(target(10))["changed"] is True
    assert at.done(target(10))["changed"] is False
    assert held(at, request).due_on == dt.date(2014, 10, 31)
    at.done(close(request, "WITHDRAWN"))
    assert at.done(reopen(request))["due_on"] == "2014-10-17"
    assert at.done(ask(kind="FUNDING"))["due_on"] is None


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (ask("participant:999999"), ("FACILITY_UNKNOWN", "asked_by")),
        (ask("coalition:nowhere"), ("COALITION_UNKNOWN", "asked_by")),
        (ask("interest:c994e98f-d1b9-5e13-9cde-f46df39c91e4"), ("INTEREST_UNKNOWN", "asked_by")),
        (ask(on="2015-03-08"), ("IN_THE_FUTURE", "received_on")),
        (ask(f"participant:{HOME}", kind="INPATIENT_REPORTING"), ("NOT_A_HOSPITAL", "asked_by")),
        (ask(kind="EHR_REPORTING"), ("MISSING", "partner")),
        (ask(kind="EHR_REPORTING", partner=HOME), ("NOT_A_CENTER", "partner")),
        (ask(kind="EHR_REPORTING", partner="own:nobody"), ("FACILITY_UNKNOWN", "partner")),
        (ask(partner=CENTER), ("NOT_ASKED", "partner")),
        (ask(kind="INPATIENT_REPORTING", reporting=DUE), ("DUE_UNKNOWN", "reporting")),
        (assign(NOTHING), ("REQUEST_UNKNOWN", "request")),
        (give(NOTHING), ("REQUEST_UNKNOWN", "request")),
        (close(NOTHING), ("REQUEST_UNKNOWN", "request")),
        (reopen(NOTHING), ("REQUEST_UNKNOWN", "request")),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(asked: Command, reason: tuple[str, str]) -> None:
    assert reason in desk().refused(asked)


def test_an_interest_asks_and_a_center_helps_with_records() -> None:
    at = desk()
    at.done(ask(f"interest:{INTEREST}"))
    request = str(at.done(ask(f"participant:{HOME}", kind="EHR_REPORTING", partner=CENTER))["request"])
    assert held(at, request).partner == CENTER


def test_a_coalition_asks_until_it_ends() -> None:
    day = dt.date(2014, 10, 1)
    desk(convened()).done(ask("coalition:cambridge"))
    assert desk(convened(), ended(day)).refused(ask("coalition:cambridge")) == [("COALITION_ENDED", "asked_by")]


def test_help_with_reporting_is_linked_to_what_is_due_of_that_program() -> None:
    at = desk()
    at.done(due())
    request = str(at.done(ask(kind="INPATIENT_REPORTING", reporting=DUE))["request"])
    assert held(at, request).reporting == DUE
    assert at.refused(ask(kind="OUTPATIENT_REPORTING", reporting=DUE)) == [("PROGRAM_DIFFERS", "reporting")]
    assert at.refused(ask(reporting=DUE)) == [("PROGRAM_DIFFERS", "reporting")]


def test_only_one_of_the_qios_people_with_a_role_is_given_a_request(made: tuple[Desk, str]) -> None:
    at, request = made
    assert at.done(assign(request))["changed"] is False
    assert at.refused(assign(request, "2014-10-03", "person:nobody")) == [("PERSON_UNKNOWN", "to")]
    assert at.refused(assign(request, "2014-10-03", "person:kit")) == [("NOT_SERVING", "to")]
    assert at.refused(assign(request, "2014-10-01")) == [("OUT_OF_ORDER", "assigned_on")]
    assert at.refused(assign(request, "2015-03-08")) == [("IN_THE_FUTURE", "assigned_on")]


def test_help_uses_resources_that_are_in_use_each_once(made: tuple[Desk, str]) -> None:
    at, request = made
    resource = str(at.done(add())["resource"])
    at.done(retire(resource, "2014-10-03"))
    assert at.refused(give(request, resource)) == [("NOT_IN_USE", "resources[0]")]
    assert at.refused(give(request, "res.000000000000")) == [("RESOURCE_UNKNOWN", "resources[0]")]
    assert ("REPEATED", "resources[1]") in at.refused(give(request, resource, resource, on="2014-10-02"))
    at.done(give(request, resource, on="2014-10-02"))


def test_an_end_says_what_is_asked_of_it(made: tuple[Desk, str]) -> None:
    at, request = made
    at.done(pause(request, "2014-10-03"))
    assert at.refused(close(request)) == [("NO_HELP", "request")]
    at.done(resume(request, "2014-10-03"))
    at.done(give(request))
    assert at.refused(close(request, helped=None)) == [("MISSING", "helped")]
    assert at.refused(close(request, "WITHDRAWN", reason=None)) == [("MISSING", "reason")]
    assert at.refused(close(request, "WITHDRAWN", helped="YES")) == [("NOT_ASKED", "helped")]
    assert at.refused(close(request, "DECLINED")) == [("STATE", "request")]
    assert at.refused(close(request, on="2014-10-02")) == [("OUT_OF_ORDER", "closed_on")]
    at.done(close(request))
    for asked in (assign(request), give(request), pause(request), resume(request), close(request)):
        assert at.refused(asked) == [("STATE", "request")]
    assert at.refused(reopen(request, "2014-10-05")) == [("OUT_OF_ORDER", "reopened_on")]


@pytest.mark.parametrize("status", OPEN)
def test_an_open_request_can_be_withdrawn_and_never_reopened(status: Status) -> None:
    assert MACHINE.after(status, Step.WITHDRAW) is Status.WITHDRAWN
    assert MACHINE.after(status, Step.REOPEN) is None


@pytest.mark.parametrize("status", [one for one in Status if one not in OPEN])
def test_an_ended_request_is_reopened_and_nothing_else(status: Status) -> None:
    assert MACHINE.possible(status) == (Step.REOPEN,)


@pytest.mark.parametrize("fields", [{"asked_by": "225009"}, {"about": " "}, {"kind": "COFFEE"}, {"reporting": "x"}])
def test_a_request_that_is_none_never_becomes_a_command(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        ask(**fields)
