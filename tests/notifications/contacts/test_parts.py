"""Parts: where each can be held, from when to when, and whom a circle reaches."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifications.domain.contacts.parts import PLACES, counts, overlapping, united
from shared.contracts.notifications.contacts import MOST_HOLDS
from shared.contracts.notifications.terms import Holds, Part
from tests.notifications.contacts.people import HOME, end, facts_of, give, known
from tests.notifications.desk import Desk

KINDS_OF_PLACE = ("facility", "community", "coalition", "collaborative", "qio", "state", "network", "any")
NAMED = {"state": "state:MA", "any": "any:any"}


def held(desk: Desk, contact: Any) -> list[tuple[str, str, str | None]]:
    return [(one.place, str(one.since), str(one.until) if one.until else None) for one in facts_of(desk, contact).holds]


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("kind", KINDS_OF_PLACE)
def test_a_part_is_held_where_the_table_says_and_nowhere_else(part: Part, kind: str) -> None:
    desk = Desk()
    command = give(known(desk), part.value, NAMED.get(kind, f"{kind}:some-id"))
    if kind in PLACES[part]:
        desk.done(command)
    else:
        assert desk.refused(command) == [("PART_ELSEWHERE", "place")]


def test_every_part_can_be_held_somewhere() -> None:
    assert set(PLACES) == set(Part)
    assert {kind for kinds in PLACES.values() for kind in kinds} <= set(KINDS_OF_PLACE)


@pytest.mark.parametrize("place", ["any:where", "state:XX"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    desk = Desk()
    assert desk.refused(give(known(desk), "FAMILY", place)) == [("PLACE_UNKNOWN", "place")]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"since": "1899-12-31"}, ("TOO_LONG_AGO", "since")),
        ({"since": "2016-03-07"}, ("TOO_FAR_AHEAD", "since")),
        ({"until": "2015-01-01"}, ("DATES_OUT_OF_ORDER", "until")),
        ({"until": "2014-01-01"}, ("DATES_OUT_OF_ORDER", "until")),
        ({"until": "9999-01-01"}, ("TOO_FAR_AHEAD", "until")),
    ],
)
def test_impossible_days_are_refused(days: dict[str, str], expected: tuple[str, str]) -> None:
    desk = Desk()
    assert desk.refused(give(known(desk), **days)) == [expected]


def test_a_person_in_two_parts_is_one_contact_and_the_same_part_is_not_held_twice_on_a_day() -> None:
    desk = Desk()
    contact = known(desk)
    desk.done(give(contact, since="2015-01-01", until="2015-03-01"))
    desk.done(give(contact, "FAMILY"))
    desk.done(give(contact, place="facility:225010"))
    assert desk.refused(give(contact, since="2015-02-28")) == [("ROLE_OVERLAPS", "part")]
    assert desk.refused(give(contact, since="2014-12-01")) == [("ROLE_OVERLAPS", "part")]
    assert desk.refused(give(contact, since="2015-01-10", until="2015-01-11")) == [("ROLE_OVERLAPS", "part")]
    desk.done(give(contact, since="2014-12-01", until="2015-01-01"))
    desk.done(give(contact, since="2015-03-01"))
    assert len(facts_of(desk, contact).holds) == 5
    assert desk.again() == desk.records


def test_the_same_part_given_again_changes_nothing() -> None:
    desk = Desk()
    contact = known(desk)
    assert desk.done(give(contact))["changed"]
    assert not desk.done(give(contact))["changed"]


def test_a_part_ends_may_end_on_another_day_and_is_taken_back_on_the_day_it_began() -> None:
    desk = Desk()
    contact = known(desk)
    assert desk.refused(end(contact, "2015-02-01")) == [("ROLE_UNKNOWN", "part")]
    desk.done(give(contact))
    assert desk.refused(end(contact, "2014-12-31")) == [("DATES_OUT_OF_ORDER", "until")]
    for until in ("2015-03-01", "2015-02-01"):
        desk.done(end(contact, until))
        assert held(desk, contact) == [(HOME, "2015-01-01", until)]
    desk.done(end(contact, "2015-01-01"))
    assert held(desk, contact) == []
    assert desk.again() == desk.records


def test_a_contact_has_no_more_parts_than_can_be_kept() -> None:
    desk = Desk()
    holds = [{"part": "OWNER", "place": f"facility:{one}", "since": "2015-01-01"} for one in range(MOST_HOLDS)]
    contact = known(desk, holds=holds)
    assert desk.refused(give(contact)) == [("TOO_MANY_ROLES", "part")]


def test_staff_of_no_place_in_particular_are_in_the_circle_of_each_and_families_are_not() -> None:
    assert counts(Part.SUPERVISOR, "qio:q1") == ("qio:q1", "any:any")
    assert counts(Part.FAMILY, HOME) == (HOME,)
    assert counts(Part.FAMILY, "any:any") is None


days = st.integers(0, 30).map(lambda day: dt.date(2015, 1, 1) + dt.timedelta(days=day))
holds = st.builds(
    lambda place, since, length: Holds(
        part=Part.OWNER, place=place, since=since, until=length and since + dt.timedelta(days=length)
    ),
    st.sampled_from(("facility:1", "facility:2")),
    days,
    st.none() | st.integers(1, 9),
)


@given(st.lists(holds, max_size=8))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_united_parts_are_held_on_the_same_days_and_on_each_once(some: list[Holds]) -> None:
    def where(on: dt.date, among: Any) -> list[str]:
        return sorted(one.place for one in among if one.since <= on and (one.until is None or on < one.until))

    one = united(some)
    assert all(overlapping(hold, one[:number]) is None for number, hold in enumerate(one))
    for day in range(50):
        on = dt.date(2015, 1, 1) + dt.timedelta(days=day)
        assert where(on, one) == sorted(set(where(on, some)))
