"""The operational infrastructure: done with evidence, lapsing with time, and all of it done or not."""

import datetime as dt

import pytest

from services.recruitment.domain.coalitions.consequences import time_passed
from services.recruitment.domain.coalitions.equipment import ITEM_MACHINE, ItemAction, ItemState
from services.recruitment.domain.coalitions.kinds import COALITION
from shared.contracts.message import Event
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.coalitions import (
    CoalitionInfrastructureCompleted,
    CoalitionInfrastructureRetracted,
    InfrastructureLapsed,
)
from shared.messaging.handling import Emit
from tests.recruitment.coalitions.cast import HOME, PHARMACY, PLACE, end, formed, leave, rebuilt, record, reopen, seat
from tests.recruitment.desk import Desk


def equipped(**review: str) -> Desk:
    """Everything is done since 1 February 2015; ``review`` has a review date for some items."""
    at = formed()
    for item in Item:
        at.done(record(item, review_by=review.get(item.value)))
    return at


def said(at: Desk) -> list[str]:
    """What was said of the infrastructure as a whole."""
    whole = (CoalitionInfrastructureCompleted, CoalitionInfrastructureRetracted)
    return [f"{type(emit.event).__name__} {emit.event.on}" for emit in at.said if isinstance(emit.event, whole)]


def pass_time(at: Desk, now: dt.datetime) -> tuple[Event, ...]:
    """Let the clock look at the coalition, as its worker does."""
    events = time_passed(at.held(COALITION, PLACE), now, "clock")
    at.has(*events)
    at.said += [Emit("t", PLACE, event) for event in events]
    return events


def test_all_of_it_is_done_with_the_last_item_and_since_the_latest_day() -> None:
    at = formed()
    at.done(record(Item.CHARTER, "2014-05-01"))
    at.done(record(Item.DATA_AGREEMENT, "2015-02-20"))
    for item in (Item.GOVERNANCE, Item.LEAD):
        made = at.done(record(item))
    assert (made["all_done"], made["missing"], said(at)) == (False, ["MEETING_RHYTHM"], [])
    assert at.done(record(Item.MEETING_RHYTHM))["all_done"] is True
    assert said(at) == ["CoalitionInfrastructureCompleted 2015-02-20"]
    assert at.held(COALITION, PLACE).equipped_on == dt.date(2015, 2, 20)
    check = at.held(COALITION, PLACE).infrastructure[Item.CHARTER]
    assert check.evidence is not None
    assert (check.evidence.reference, check.actor) == ("folder/CHARTER", "t")
    assert rebuilt(at)


def test_what_is_reopened_is_missing_and_done_again_is_said_again() -> None:
    at = equipped()
    at.done(reopen(Item.CHARTER, "2015-03-01"))
    assert at.refused(record(Item.CHARTER, "2015-02-28")) == [("DATES_OUT_OF_ORDER", "done_on")]
    at.done(record(Item.CHARTER, "2015-03-02"))
    assert said(at) == [
        "CoalitionInfrastructureCompleted 2015-02-01",
        "CoalitionInfrastructureRetracted 2015-03-01",
        "CoalitionInfrastructureCompleted 2015-03-02",
    ]
    assert rebuilt(at)


def test_a_review_that_is_overdue_everywhere_lets_the_item_lapse_once() -> None:
    at = equipped(CHARTER="2015-03-10")
    # Midnight of 10 to 11 March in American Samoa (UTC-11).
    assert pass_time(at, dt.datetime(2015, 3, 11, 10, 59, tzinfo=dt.UTC)) == ()
    lapsed, retracted = pass_time(at, dt.datetime(2015, 3, 11, 11, 0, tzinfo=dt.UTC))
    assert isinstance(lapsed, InfrastructureLapsed)
    assert (lapsed.item, lapsed.on, lapsed.actor) == (Item.CHARTER, dt.date(2015, 3, 11), "clock")
    assert isinstance(retracted, CoalitionInfrastructureRetracted)
    assert retracted.items == (Item.CHARTER,)
    assert pass_time(at, dt.datetime(2015, 4, 1, tzinfo=dt.UTC)) == ()
    assert at.held(COALITION, PLACE).infrastructure[Item.CHARTER].state is ItemState.LAPSED
    assert rebuilt(at)


def test_another_item_does_not_complete_what_is_overdue() -> None:
    at = formed()
    for item in (Item.CHARTER, Item.GOVERNANCE, Item.LEAD, Item.MEETING_RHYTHM):
        at.done(record(item, review_by="2015-03-10" if item is Item.CHARTER else None))
    at.now = dt.datetime(2015, 3, 20, tzinfo=dt.UTC)
    made = at.done(record(Item.DATA_AGREEMENT, "2015-03-19"))
    assert (made["all_done"], made["missing"], said(at)) == (False, ["CHARTER"], [])
    assert [emit.event.on for emit in at.said if isinstance(emit.event, InfrastructureLapsed)] == [dt.date(2015, 3, 11)]


def test_without_a_lead_the_lead_is_not_done_until_somebody_leads() -> None:
    at = equipped()
    at.done(seat(PHARMACY, "LEAD", "2015-02-10"))
    assert len(said(at)) == 1, "a handover leaves no gap"
    at.done(leave(PHARMACY, "2015-02-20"))
    assert said(at)[1:] == ["CoalitionInfrastructureRetracted 2015-02-20"]
    assert at.refused(record(Item.LEAD, "2015-03-01")) == [("LEAD_VACANT", "item")]
    at.done(seat(HOME, "LEAD", "2015-03-01"))
    at.done(record(Item.LEAD, "2015-03-01"))
    assert said(at)[2:] == ["CoalitionInfrastructureCompleted 2015-03-01"]
    assert rebuilt(at)


def test_time_does_nothing_to_a_coalition_that_ended() -> None:
    at = equipped(CHARTER="2015-03-10")
    at.done(end("2015-03-06"))
    assert pass_time(at, dt.datetime(2016, 1, 1, tzinfo=dt.UTC)) == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"done_on": "2015-03-08"}, [("IN_THE_FUTURE", "done_on")]),
        ({"review_by": "2015-02-01"}, [("DATES_OUT_OF_ORDER", "review_by")]),
        ({"review_by": "2015-03-05"}, [("REVIEW_OVERDUE", "review_by")]),
    ],
)
def test_impossible_days_are_refused(fields: dict[str, str], expected: list[tuple[str, str]]) -> None:
    assert formed().refused(record(Item.CHARTER, **fields)) == expected


def test_the_states_of_an_item_are_total_through_real_commands() -> None:
    for state in ItemState:
        for action in (ItemAction.RECORD, ItemAction.REOPEN):
            at = formed()
            if state is not ItemState.OPEN:
                at.done(record(Item.CHARTER, review_by="2015-03-10"))
            if state is ItemState.LAPSED:
                at.now = dt.datetime(2015, 3, 20, tzinfo=dt.UTC)
                pass_time(at, at.now)
            command = (
                record(Item.CHARTER, "2015-03-06" if state is not ItemState.LAPSED else "2015-03-15")
                if action is ItemAction.RECORD
                else reopen(Item.CHARTER, "2015-03-06" if state is not ItemState.LAPSED else "2015-03-15")
            )
            after = ITEM_MACHINE.after(state, action)
            if after is None:
                assert at.refused(command) == [("STATE", "item")]
            else:
                at.done(command)
                assert at.held(COALITION, PLACE).infrastructure[Item.CHARTER].state is after
