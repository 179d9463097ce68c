"""Funding: Section 3026 wants a hospital and a community-based organisation together; grants are reported on."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.interventions.funding_kind import FUNDING, MACHINE
from shared.contracts.message import Command
from shared.contracts.recruitment.funding import (
    AmendFundingApplication,
    FundingStatus,
    FundingStep,
    RecordFundingStep,
    StartFundingApplication,
)
from shared.messaging.handling import Refused
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import AGING, HOME, HOSPITAL, STRANGER, again, command, desk, ended


def draft(**fields: object) -> Command:
    plain = {"coalition": "cambridge", "program": "SECTION_3026", "funder": "CMS", "title": "Safe Home"}
    who = {"applicant": AGING, "partners": [HOSPITAL], "proposed": ["CARE_TRANSITIONS_INTERVENTION"]}
    rest = {"amount_cents": 120_000_00, "deadline": "2015-01-31", "started_on": "2014-10-01"}
    return command(StartFundingApplication, **{**plain, **who, **rest, **fields})


def amend(at: str, on: str = "2014-10-02", **fields: object) -> Command:
    return command(AmendFundingApplication, funding=at, amended_on=on, **fields)


def step(at: str, taken: str, on: str, **fields: object) -> Command:
    return command(RecordFundingStep, funding=at, step=taken, on=on, **fields)


def drafted(**fields: object) -> tuple[Desk, str]:
    at = desk()
    return at, str(at.done(draft(**fields))["funding"])


def test_an_application_goes_from_draft_to_a_closed_grant() -> None:
    at, name = drafted()
    at.done(amend(name, partners=[HOSPITAL, HOME], amount_cents=130_000_00))
    at.done(step(name, "SUBMIT", "2014-12-01", evidence=["share/3026/application.pdf"]))
    at.done(step(name, "AWARD", "2015-01-10", amount_cents=90_000_00, ends_on="2016-12-31"))
    at.done(step(name, "REQUIRE_REPORT", "2015-01-11", due_on="2015-02-01"))
    assert at.held(FUNDING, name).report_due_on == dt.date(2015, 2, 1)
    at.done(step(name, "REPORT", "2015-02-03"))
    at.done(step(name, "CLOSE", "2015-03-01"))
    held = at.held(FUNDING, name)
    assert (held.status, held.amount_cents, held.awarded_cents) == (FundingStatus.CLOSED, 130_000_00, 90_000_00)
    assert (held.report_due_on, [one.participant for one in held.partners]) == (None, [HOSPITAL, HOME])
    assert held.steps[0].step is FundingStep.SUBMIT
    assert held.steps[0].evidence == ("share/3026/application.pdf",)
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"partners": []}, [("PARTNERSHIP_INCOMPLETE", "funding")]),
        ({"applicant": HOSPITAL, "partners": [HOME]}, [("PARTNERSHIP_INCOMPLETE", "funding")]),
        ({"applicant": HOME, "partners": [HOSPITAL, AGING]}, [("APPLICANT_NOT_ELIGIBLE", "funding")]),
        ({"proposed": []}, [("NO_INTERVENTION", "funding")]),
        ({"deadline": "2014-11-30"}, [("PAST_DEADLINE", "on")]),
        (
            {"applicant": HOME, "partners": [], "proposed": []},
            [
                ("APPLICANT_NOT_ELIGIBLE", "funding"),
                ("PARTNERSHIP_INCOMPLETE", "funding"),
                ("PARTNERSHIP_INCOMPLETE", "funding"),
                ("NO_INTERVENTION", "funding"),
            ],
        ),
    ],
)
def test_section_3026_is_submitted_only_as_the_law_asks(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    at, name = drafted(**fields)
    assert at.refused(step(name, "SUBMIT", "2014-12-01")) == expected


def test_refusals_by_the_law_name_its_section() -> None:
    at, name = drafted(partners=[])
    answer = at.ask(step(name, "SUBMIT", "2014-12-01"))
    assert isinstance(answer, Refused)
    assert answer.reasons[0].citation is not None
    assert "§3026(b)(1)" in answer.reasons[0].citation


def test_other_grants_ask_for_no_partnership() -> None:
    at, name = drafted(program="OTHER", applicant=HOME, partners=[], proposed=[])
    at.done(step(name, "SUBMIT", "2014-12-01"))


def test_an_application_may_be_older_than_the_coalition_but_not_than_the_law() -> None:
    drafted(started_on="2011-05-02")
    assert desk().refused(draft(started_on="2010-03-22")) == [("BEFORE_PROGRAM", "started_on")]
    desk().done(draft(program="OTHER", started_on="2010-03-22"))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"coalition": "boston"}, [("COALITION_UNKNOWN", "coalition")]),
        ({"applicant": STRANGER}, [("NOT_A_MEMBER", "applicant")]),
        ({"partners": [HOSPITAL, "999999"]}, [("FACILITY_UNKNOWN", "partners[1]")]),
        ({"partners": [HOSPITAL, AGING, HOSPITAL]}, [("REPEATED", "partners[1]"), ("REPEATED", "partners[2]")]),
        ({"deadline": "2014-09-30"}, [("OUT_OF_ORDER", "deadline")]),
        ({"started_on": "2015-03-08", "deadline": None}, [("IN_THE_FUTURE", "started_on")]),
    ],
)
def test_a_draft_is_refused_for_every_reason_there_is(
    fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    if "coalition" in fields:
        assert desk().refused(draft(**fields))[0] == expected[0]
    else:
        assert desk().refused(draft(**fields)) == expected


def test_an_ended_coalition_takes_on_no_application() -> None:
    assert ("COALITION_ENDED", "started_on") in desk(ended(dt.date(2015, 1, 1))).refused(draft())


@pytest.mark.parametrize(
    ("taken", "fields", "expected"),
    [
        ("AWARD", {}, [("NEEDED", "amount_cents")]),
        ("AWARD", {"amount_cents": 5, "ends_on": "2014-12-01"}, [("OUT_OF_ORDER", "ends_on")]),
        ("AWARD", {"amount_cents": 5, "due_on": "2015-12-01"}, [("NOT_OF_THIS_STEP", "due_on")]),
        ("DECLINE", {}, [("NEEDED", "reason")]),
        ("WITHDRAW", {"amount_cents": 1}, [("NEEDED", "reason"), ("NOT_OF_THIS_STEP", "amount_cents")]),
    ],
)
def test_a_step_needs_what_belongs_to_it_and_nothing_else(
    taken: str, fields: dict[str, object], expected: list[tuple[str, str]]
) -> None:
    at, name = drafted()
    at.done(step(name, "SUBMIT", "2014-12-01"))
    assert at.refused(step(name, taken, "2014-12-02", **fields)) == expected


def test_an_amendment_keeps_the_applicant_apart_and_has_its_own_command() -> None:
    at, name = drafted()
    assert at.refused(amend(name, partners=[AGING])) == [("REPEATED", "partners[0]")]
    assert at.refused(amend(name, "2014-09-30")) == [("OUT_OF_ORDER", "amended_on")]
    assert at.refused(step(name, "AMEND", "2014-10-02")) == [("OWN_COMMAND", "step")]
    unknown = "cambridge.000000000000"
    assert at.refused(amend(unknown)) == at.refused(step(unknown, "SUBMIT", "2014-10-02"))


_WAYS: dict[FundingStatus, list[tuple[str, dict[str, Any]]]] = {FundingStatus.DRAFTED: []}
_WAYS[FundingStatus.SUBMITTED] = [("SUBMIT", {})]
_WAYS[FundingStatus.AWARDED] = [*_WAYS[FundingStatus.SUBMITTED], ("AWARD", {"amount_cents": 1})]
_WAYS[FundingStatus.REPORTING_DUE] = [*_WAYS[FundingStatus.AWARDED], ("REQUIRE_REPORT", {"due_on": "2015-06-01"})]
_WAYS[FundingStatus.DECLINED] = [*_WAYS[FundingStatus.SUBMITTED], ("DECLINE", {"reason": "r"})]
_WAYS[FundingStatus.WITHDRAWN] = [("WITHDRAW", {"reason": "r"})]
_WAYS[FundingStatus.CLOSED] = [*_WAYS[FundingStatus.AWARDED], ("CLOSE", {})]
FIELDS: dict[FundingStep, dict[str, Any]] = {
    FundingStep.AWARD: {"amount_cents": 1},
    FundingStep.REQUIRE_REPORT: {"due_on": "2015-06-01"},
    FundingStep.DECLINE: {"reason": "r"},
    FundingStep.WITHDRAW: {"reason": "r"},
}


@pytest.mark.parametrize("taken", FundingStep)
@pytest.mark.parametrize("status", FundingStatus)
def test_every_step_from_every_status_is_in_the_table_or_refused(status: FundingStatus, taken: FundingStep) -> None:
    at, name = drafted()
    for one, fields in _WAYS[status]:
        at.done(step(name, one, "2014-12-01", **fields))
    assert at.held(FUNDING, name).status is status
    own = taken is FundingStep.AMEND
    asked = amend(name, "2014-12-01") if own else step(name, taken, "2014-12-01", **FIELDS.get(taken, {}))
    after = MACHINE.after(status, taken)
    if after is None:
        assert at.refused(asked) == [("STATE", "funding" if own else "step")]
    else:
        at.done(asked)
        assert at.held(FUNDING, name).status is after
