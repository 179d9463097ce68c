"""Communities change with days and reasons, end, and never overlap at any time."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.recruitment.domain.communities.days import today_anywhere, today_everywhere
from services.recruitment.domain.communities.kinds import AREA_MAP, COMMUNITY, THE_MAP
from services.recruitment.domain.communities.state import MACHINE, Action, AreaMap, Community, Standing
from shared.contracts.message import Command
from shared.contracts.recruitment.communities import (
    CommunityDefined,
    CommunityDissolved,
    DefineCommunity,
    DissolveCommunity,
)
from shared.messaging.handling import Accepted, Refused
from tests.recruitment.coalitions.cast import PLACE, end, formed
from tests.recruitment.coalitions.cast import rebuilt as coalition_rebuilt
from tests.recruitment.desk import ZIPS, Desk
from tests.recruitment.support import define as define_today

DAYS = ("2014-01-01", "2014-06-01", "2014-12-31", "2015-03-06")
AREAS = tuple(f"zip:{code}" for code in ZIPS)


def define(community: str, *areas: str, since: str | None = None, **fields: object) -> DefineCommunity:
    plain = define_today(community, *areas).model_dump()
    return DefineCommunity.model_validate({**plain, "effective_from": since, **fields})


def dissolve(community: str, on: str = "2015-03-06") -> DissolveCommunity:
    return DissolveCommunity(
        actor="t", community=community, on=dt.date.fromisoformat(on), reason="Its county has another now"
    )


def test_a_version_has_its_first_day_its_reason_and_what_came_and_went() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", "zip:02140", since="2014-01-01", reason=None))
    made = at.done(define("aa", "zip:02140", "zip:02141", since="2014-06-01", reason="A clinic moved"))
    assert (made["version"], made["effective_from"]) == (2, "2014-06-01")
    first, second = at.held(COMMUNITY, "aa").history
    assert (first.since, first.reason, first.added) == (dt.date(2014, 1, 1), None, ("zip:02139", "zip:02140"))
    assert (second.since, second.reason, second.actor) == (dt.date(2014, 6, 1), "A clinic moved", "t")
    assert (second.added, second.given_up) == (("zip:02141",), ("zip:02139",))
    assert at.again() == at.records


def test_without_a_day_a_version_begins_on_the_day_it_is_asked_for() -> None:
    at = Desk()
    assert at.done(define("aa", "zip:02139"))["effective_from"] == "2015-03-06"
    assert at.done(define("aa", "zip:02139"))["changed"] is False


def test_a_redefinition_says_why() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139"))
    assert at.refused(define("aa", "zip:02140", reason=None)) == [("REASON_MISSING", "reason")]
    assert at.done(define("aa", "zip:02139", reason=None))["changed"] is False


@pytest.mark.parametrize(("since", "code"), [("2015-03-08", "IN_THE_FUTURE"), ("2014-05-31", "DATES_OUT_OF_ORDER")])
def test_a_version_begins_neither_in_the_future_nor_before_the_one_it_follows(since: str, code: str) -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", since="2014-06-01"))
    assert at.refused(define("aa", "zip:02140", since=since)) == [(code, "effective_from")]
    assert at.refused(dissolve("aa", since)) == [(code, "on")]


def test_whose_an_area_was_is_known_for_every_day() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", since="2014-01-01"))
    at.done(define("aa", "zip:02140", since="2014-06-01"))
    at.done(define("aa", "zip:02139", "zip:02140", since="2014-12-31"))
    held = at.held(COMMUNITY, "aa")
    days = ("2013-12-31", "2014-01-01", "2014-05-31", "2014-06-01", "2014-12-30", "2014-12-31")
    assert [held.holds("zip:02139", dt.date.fromisoformat(day)) for day in days] == [
        False, True, True, False, False, True
    ]  # fmt: skip


def test_an_area_cannot_be_taken_before_the_day_it_was_given_up() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", "zip:02140", since="2014-01-01"))
    at.done(define("aa", "zip:02139", since="2014-06-01"))
    assert at.refused(define("bb", "zip:02140", since="2014-05-31")) == [("AREA_TAKEN", "areas[0]")]
    at.done(define("bb", "zip:02140", since="2014-06-01"))
    assert at.held(AREA_MAP, THE_MAP).left == {"zip:02140": {"aa": dt.date(2014, 6, 1)}}
    assert at.again() == at.records


def test_a_dissolved_community_frees_its_areas_from_that_day_and_keeps_its_history() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", "zip:02140", since="2014-01-01"))
    made = at.done(dissolve("aa", "2014-06-01"))
    assert (made["freed"], made["dissolved_on"]) == (2, "2014-06-01")
    assert at.refused(dissolve("aa", "2014-06-01")) == [("STATE", "community")]
    assert at.refused(define("bb", "zip:02139", since="2014-05-31")) == [("AREA_TAKEN", "areas[0]")]
    at.done(define("bb", "zip:02139", since="2014-06-01"))
    held = at.held(COMMUNITY, "aa")
    assert (held.areas, held.version, held.dissolved_on) == ((), 2, dt.date(2014, 6, 1))
    assert held.holds("zip:02139", dt.date(2014, 5, 31))
    assert not held.holds("zip:02139", dt.date(2014, 6, 1))
    assert at.again() == at.records


def test_a_community_that_was_dissolved_may_be_defined_again() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", since="2014-01-01"))
    at.done(dissolve("aa", "2014-06-01"))
    assert at.done(define("aa", "zip:02139", since="2014-12-31"))["version"] == 3
    assert at.held(COMMUNITY, "aa").dissolved_on is None
    assert at.again() == at.records


def test_what_is_no_community_cannot_be_dissolved() -> None:
    assert Desk().refused(dissolve("aa")) == [("COMMUNITY_UNKNOWN", "community")]


def test_a_community_is_dissolved_after_its_coalition_ended() -> None:
    at = formed()
    assert at.refused(dissolve(PLACE)) == [("COALITION_AT_WORK", "community")]
    at.done(end("2015-03-01"))
    assert at.refused(dissolve(PLACE, "2015-02-28")) == [("DATES_OUT_OF_ORDER", "on")]
    at.done(dissolve(PLACE, "2015-03-01"))
    assert coalition_rebuilt(at)


def test_events_from_before_versions_had_days_still_make_a_community() -> None:
    at = Desk().has(CommunityDefined(community="aa", name="A", version=1, areas=("zip:02139",)))
    held = at.held(COMMUNITY, "aa")
    assert (held.since, held.defined_on) == (dt.date(2015, 3, 6), dt.date(2015, 3, 6))
    old = Community(id="bb", name="B", version=4, areas=("zip:02140",))
    assert (old.since, old.holds("zip:02140", dt.date(2010, 1, 1))) == (dt.date.min, True)


def test_measures_is_told_versions_that_only_rise() -> None:
    at = Desk()
    at.done(define("aa", "zip:02139", since="2014-01-01"))
    at.done(dissolve("aa", "2014-06-01"))
    at.done(define("aa", "zip:02140", since="2014-06-01"))
    assert [type(emit.event).__name__ for emit in at.said] == [
        "CommunityDefined", "CommunityDissolved", "CommunityDefined"
    ]  # fmt: skip
    versions = [emit.event.version for emit in at.said if isinstance(emit.event, CommunityDefined | CommunityDissolved)]
    assert versions == [1, 2, 3]


def test_the_program_spans_two_days_at_once() -> None:
    noon = dt.datetime(2015, 3, 6, 14, 30, tzinfo=dt.UTC)
    assert (today_everywhere(noon), today_anywhere(noon)) == (dt.date(2015, 3, 6), dt.date(2015, 3, 7))
    early = dt.datetime(2015, 3, 6, 10, 0, tzinfo=dt.UTC)
    assert (today_everywhere(early), today_anywhere(early)) == (dt.date(2015, 3, 5), dt.date(2015, 3, 6))


def test_the_states_of_a_community_are_total_through_real_commands() -> None:
    for state in Standing:
        for action in Action:
            at = Desk()
            at.done(define("aa", "zip:02139", since="2014-01-01"))
            if state is Standing.DISSOLVED:
                at.done(dissolve("aa", "2014-06-01"))
            command: Command = define("aa", "zip:02140") if action is Action.DEFINE else dissolve("aa")
            answer = at.ask(command)
            after = MACHINE.after(state, action)
            if after is None:
                assert isinstance(answer, Refused)
                assert [reason.code for reason in answer.reasons] == ["STATE"]
            else:
                assert isinstance(answer, Accepted)
                assert at.held(COMMUNITY, "aa").standing is after


places = st.sampled_from(("aa", "bb", "cc"))
some_areas = st.lists(st.sampled_from(AREAS), min_size=1, max_size=3, unique=True)
moves = st.one_of(
    st.builds(lambda one, areas, day: define(one, *areas, since=day), places, some_areas, st.sampled_from(DAYS)),
    st.builds(dissolve, places, st.sampled_from(DAYS)),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moves, max_size=15))
def test_in_any_walk_no_area_belongs_to_two_communities_on_any_day(walk: list[Command]) -> None:
    at = Desk()
    for command in walk:
        at.ask(command)
    communities = [one for one in at.records.values() if isinstance(one, Community)]
    for day in map(dt.date.fromisoformat, (*DAYS, "2013-01-01", "2014-03-01", "2014-09-01", "2016-01-01")):
        for area in AREAS:
            assert sum(one.holds(area, day) for one in communities) <= 1, (area, day)
    held = at.records.get(AREA_MAP.key(THE_MAP), AreaMap(holders={}))
    assert isinstance(held, AreaMap)
    assert held.holders == {area: one.id for one in communities for area in one.areas}
    assert {(area, who, day) for area, left in held.left.items() for who, day in left.items()} == {
        (area, one.id, day) for one in communities for area, day in one.given_up.items()
    }
    assert at.again() == at.records
