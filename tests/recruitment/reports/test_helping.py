"""Assistance in a report, counted by hand: what was asked for, given, resolved, and is open."""

import datetime as dt

from services.recruitment.domain.assistance.request_kind import Help, Request, Status, Step, Turn
from services.recruitment.domain.reports.helping import Assistance, assistance
from services.recruitment.domain.reports.tasks import Scope
from shared.contracts.recruitment.assistance_commands import (
    Helped,
)
from shared.contracts.recruitment.assistance_terms import AssistanceKind

YEAR = Scope(frozenset({"MA"}), dt.date(2015, 1, 1), dt.date(2015, 12, 31))
ELM = "participant:225001"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def request(received_on: str, *turns: tuple[Step, Status, str], **fields: object) -> Request:
    """A request of Elm's about funding, helped with on the days of HELP for an hour each."""
    helps = tuple(
        Help(by="person:ida", given_on=day(on), minutes=60, what="w", resources=())
        for step, _, on in turns
        if step is Step.HELP
    )
    plain = {
        "id": "ta.000000000001", "asked_by": ELM, "kind": AssistanceKind.FUNDING, "about": "a", "partner": None,
        "reporting": None, "received_on": day(received_on), "due_on": None, "helps": helps,
        "turns": tuple(Turn(step=step, to=to, on=day(on)) for step, to, on in turns),
    }  # fmt: skip
    return Request.model_validate({**plain, **fields})


def helped(on: str) -> tuple[Step, Status, str]:
    return Step.HELP, Status.WORKING, on


def resolved(on: str) -> tuple[Step, Status, str]:
    return Step.RESOLVE, Status.RESOLVED, on


def test_help_is_counted_in_its_time_and_requests_by_how_they_stood_on_the_last_day() -> None:
    found = assistance(
        YEAR,
        [
            request(
                "2014-12-01", helped("2014-12-31"), helped("2015-01-01"), resolved("2015-01-02"), helped=Helped.YES
            ),
            request(
                "2015-02-01", helped("2015-12-31"), helped("2016-01-01"), resolved("2016-01-02"), helped=Helped.YES
            ),
            request("2015-03-01", helped("2015-03-02"), resolved("2015-03-03"), helped=Helped.NO),
            request("2016-01-01"),
        ],
        {ELM},
    )
    expected = Assistance(AssistanceKind.FUNDING, received=2, helps=3, minutes=180, resolved=2, helped=1, open=1)
    assert found == (expected,)


def test_a_request_that_was_reopened_by_the_last_day_is_open_and_not_resolved() -> None:
    reopened = (Step.REOPEN, Status.RECEIVED, "2015-06-01")
    (found,) = assistance(YEAR, [request("2015-01-01", helped("2015-01-02"), resolved("2015-01-03"), reopened)], {ELM})
    assert (found.resolved, found.open) == (0, 1)


def test_what_others_asked_for_or_was_over_before_is_not_told() -> None:
    others = request("2015-01-01", asked_by="participant:225002")
    over = request("2014-01-01", helped("2014-01-02"), resolved("2014-01-03"))
    assert assistance(YEAR, [others, over], {ELM}) == ()


def test_kinds_are_told_apart() -> None:
    found = assistance(YEAR, [request("2015-01-01"), request("2015-01-01", kind="OTHER")], {ELM})
    assert [(one.kind, one.received) for one in found] == [(AssistanceKind.FUNDING, 1), (AssistanceKind.OTHER, 1)]
