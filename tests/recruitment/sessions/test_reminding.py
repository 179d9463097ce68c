"""Who has not reported an assignment is reminded before and after its due day, once each."""

import datetime as dt

import pytest

from services.notifications.domain.catalogue import CATALOGUE
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from shared.contracts.recruitment.cohorts import CohortClosed
from tests.recruitment.sessions.cast import BOSTON, ELM, OAK, again, excuse, left, report, started
from tests.recruitment.sessions.clock import at_hour, brief
from tests.recruitment.sessions.test_periods import call_off, extend


def noon(day: str) -> dt.datetime:
    """Noon in UTC: the same day in most of the program."""
    return dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")


def test_who_has_not_reported_is_reminded_seven_days_before_and_three_after() -> None:
    at, name = started()
    assert at_hour(at, name, noon("2015-03-12")) == []
    sent = at_hour(at, name, noon("2015-03-13"))
    assert brief(sent) == [("ASSIGNMENT_DUE", ELM), ("ASSIGNMENT_DUE", OAK)]
    assert CATALOGUE["ASSIGNMENT_DUE"].missing(sent[0].facts) is None
    assert (sent[0].facts["assignment_title"], sent[0].facts["due_on"]) == ("Huddles", "2015-03-20")
    assert at_hour(at, name, noon("2015-03-13")) == []
    at.done(report(name, ELM))
    after = at_hour(at, name, noon("2015-03-23"))
    assert brief(after) == [("ASSIGNMENT_DUE", OAK)]
    assert after[0].notice_id != sent[1].notice_id
    assert again(at) == at.records


@pytest.mark.parametrize("gone", ["reported", "excused", "left", "cancelled", "closed"])
def test_nobody_is_reminded_who_owes_nothing_any_more(gone: str) -> None:
    at, name = started()
    match gone:
        case "reported":
            at.done(report(name))
        case "excused":
            at.done(excuse(name))
        case "left":
            at.has(left(BOSTON, ELM, dt.date(2015, 3, 10)))
        case "cancelled":
            at.done(call_off(name))
        case _:
            at.has(CohortClosed(cohort=BOSTON, closed_on=dt.date(2015, 3, 10), reason="r", actor="t"))
    assert ("ASSIGNMENT_DUE", ELM) not in brief(at_hour(at, name, noon("2015-03-13")))


def test_what_is_long_past_reminds_nobody_and_is_settled() -> None:
    at, name = started()
    assert len(at_hour(at, name, noon("2015-04-15"))) == 4, "of both assignments after their due days"
    late, over = started()
    assert at_hour(late, over, noon("2015-05-05")) == []
    assert late.held(ACTION_PERIOD, over).remind_next is None


def test_an_extension_is_reminded_of_anew() -> None:
    at, name = started()
    assert len(at_hour(at, name, noon("2015-03-13"))) == 2
    at.done(extend(name, 10))
    assert at_hour(at, name, noon("2015-03-22")) == []
    sent = at_hour(at, name, noon("2015-03-23"))
    assert [one.facts["due_on"] for one in sent] == ["2015-03-30", "2015-03-30"]
    assert again(at) == at.records
