"""What is due was entered with a source; what a hospital had sent is known from day to day."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.assistance.reporting_kind import DUE as KIND
from services.recruitment.domain.assistance.reporting_kind import SUBMISSION, submission_id
from shared.contracts.message import Command
from tests.recruitment.assistance.cast import DUE, HOME, HOSPITAL, again, desk, due, sent
from tests.recruitment.desk import Desk


@pytest.fixture
def at() -> Desk:
    """A desk with an entry of the calendar."""
    here = desk()
    here.done(due())
    return here


def test_nothing_is_due_that_nobody_entered() -> None:
    assert desk().refused(sent()) == [("DUE_UNKNOWN", "due")]


def test_an_entry_is_changed_with_a_reason_and_said_once(at: Desk) -> None:
    assert at.done(due())["changed"] is False
    assert at.refused(due("2015-02-28")) == [("MISSING", "because")]
    assert at.done(due("2015-02-28", because="CMS extended it."))["revision"] == 2
    assert at.held(KIND, DUE).due_on == dt.date(2015, 2, 28)
    assert at.refused(due("2014-06-30", period="2014-Q3", because="r")) == [("OUT_OF_ORDER", "due_on")]
    assert at.done(due("2015-05-15", period="2014"))["due"] == "inpatient.2014.chart-abstracted"
    assert again(at) == at.records


def test_of_each_day_the_last_said_counts_in_the_order_of_days(at: Desk) -> None:
    at.done(sent(status="PARTLY"))
    at.done(sent(status="NOTHING", as_of="2015-01-10"))
    assert at.done(sent())["changed"] is True
    assert at.done(sent())["changed"] is False
    accounts = at.held(SUBMISSION, submission_id(DUE, HOSPITAL)).accounts
    assert [(one.as_of.isoformat(), one.status.value) for one in accounts] == [
        ("2015-01-10", "NOTHING"),
        ("2015-02-10", "SUBMITTED"),
    ]
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (sent(HOME), ("NOT_A_HOSPITAL", "hospital")),
        (sent("999999"), ("FACILITY_UNKNOWN", "hospital")),
        (sent(as_of="2015-03-08"), ("IN_THE_FUTURE", "as_of")),
        (sent(as_of="2014-06-30"), ("OUT_OF_ORDER", "as_of")),
    ],
)
def test_a_submission_that_cannot_be_is_refused(at: Desk, asked: Command, reason: tuple[str, str]) -> None:
    assert at.refused(asked) == [reason]


@pytest.mark.parametrize("fields", [{"period": "2014-Q5"}, {"period": "Q3"}, {"program": "HOSPICE"}, {"source": ""}])
def test_an_entry_that_is_none_never_becomes_a_command(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        due(**fields)
