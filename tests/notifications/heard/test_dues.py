"""Each occasion of what becomes due is told once; what is done or moved is told no more."""

import datetime as dt

import pytest

from services.notifications.domain.roster.dues import DUE, Due, arrived
from shared.contracts.message import Event
from tests.notifications.heard import said
from tests.notifications.heard.ear import NOW
from tests.notifications.heard.test_roster import MOVED, RETURNED, SUBMITTED

BEGIN, END = dt.date(2015, 2, 1), dt.date(2015, 6, 1)


def due(*events: Event, before: Due | None = None) -> Due:
    """What events make of it."""
    held = before
    for event in events:
        held = DUE.after(held, event, NOW)
    assert held is not None
    return held


def told(held: Due, days: int = 1) -> list[tuple[str, int]]:
    """On which days something is told when it is looked at every so many days, and how many days are left."""
    found = []
    today = BEGIN
    while today < END:
        if held.next_on is not None and held.next_on <= today:
            held, fact = arrived(held, today)
            found += [(today.isoformat(), fact.days)] if fact else []
        today += dt.timedelta(days=days)
    return found


def test_a_deliverable_is_told_of_twice_before_its_day() -> None:
    assert told(due(said.required())) == [("2015-03-06", 14), ("2015-03-17", 3)]


def test_a_pledge_is_told_of_when_its_day_is_over() -> None:
    assert told(due(said.pledged())) == [("2015-03-06", -1)]


@pytest.mark.parametrize("events", [(said.required(), SUBMITTED), (said.pledged(), said.kept())])
def test_what_is_done_is_not_told_of(events: tuple[Event, ...]) -> None:
    assert told(due(*events)) == []


def test_what_came_back_is_told_of_again() -> None:
    assert told(due(said.required(), SUBMITTED, RETURNED)) == [("2015-03-06", 14), ("2015-03-17", 3)]


def test_another_day_has_its_own_occasions() -> None:
    half, _ = arrived(due(said.required()), dt.date(2015, 3, 6))
    assert told(due(MOVED, before=half)) == [("2015-04-17", 14), ("2015-04-28", 3)]


def test_what_was_missed_while_nobody_looked_is_told_once_by_its_latest_occasion() -> None:
    after, fact = arrived(due(said.required()), dt.date(2015, 3, 19))
    assert fact is not None
    assert fact.days == 3
    assert after.next_on is None


def test_looking_again_on_the_same_day_tells_nothing() -> None:
    after, _ = arrived(due(said.required()), dt.date(2015, 3, 6))
    _, again = arrived(after, dt.date(2015, 3, 6))
    assert again is None
