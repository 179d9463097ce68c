"""Targets are set and amended with their history; whatever cannot be is refused with every reason."""

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.targets import areas
from services.recruitment.domain.targets.kinds import RECRUITMENT_TARGET
from services.recruitment.domain.targets.state import RecruitmentTarget
from shared.contracts.recruitment.targeting import RecruitmentTargetSet, SetRecruitmentTarget
from shared.messaging.handling import Accepted
from shared.program.states import STATES
from tests.recruitment.desk import Desk

ID = "C.2|NNHQCC|MA"


def target(**fields: Any) -> SetRecruitmentTarget:
    """A target that would be accepted: 75 percent of the homes of Massachusetts in three years."""
    plain = {
        "actor": "t",
        "task": "C.2",
        "collaborative": "NNHQCC",
        "area": "MA",
        "starts_on": "2015-04-01",
        "ends_on": "2018-03-31",
        "share_percent": 75,
        "source": "Example contract, section 1",
    }
    return SetRecruitmentTarget.model_validate({**plain, **fields})


def held(desk: Desk) -> RecruitmentTarget:
    return desk.held(RECRUITMENT_TARGET, ID)


def test_a_target_is_set_and_said_once() -> None:
    desk = Desk()
    made = desk.done(target())
    assert (made["target"], made["changed"], made["effective_on"]) == (ID, True, "2015-04-01")
    assert desk.done(target())["changed"] is False
    (said,) = desk.said
    assert isinstance(said.event, RecruitmentTargetSet)
    assert (said.topic, said.key, said.event.actor) == ("qio.recruitment.targets.v1", ID, "t")


def test_an_amendment_counts_from_its_day_and_what_was_before_is_kept() -> None:
    desk = Desk()
    desk.done(target())
    desk.done(target(share_percent=None, number=300, effective_on="2016-08-01", source="Modification 2"))
    found = held(desk)
    first = dt.date(2015, 4, 1)
    counting = [found.in_force(first, day) for day in (dt.date(2016, 7, 31), dt.date(2016, 8, 1))]
    assert [(one.share_percent, one.number) for one in counting if one] == [(75, None), (None, 300)]
    assert [version.source for version in found.versions] == ["Example contract, section 1", "Modification 2"]
    assert desk.again() == desk.records


def test_without_a_day_what_was_set_last_is_corrected() -> None:
    desk = Desk()
    desk.done(target())
    desk.done(target(share_percent=80, effective_on="2016-08-01"))
    assert desk.done(target(share_percent=70))["effective_on"] == "2016-08-01"
    last = held(desk).in_force(dt.date(2015, 4, 1), dt.date(2017, 1, 1))
    assert last is not None
    assert last.share_percent == 70


def test_before_it_begins_a_period_has_what_it_will_begin_with() -> None:
    desk = Desk()
    desk.done(target())
    assert held(desk).in_force(dt.date(2015, 4, 1), dt.date(2015, 1, 1)) is not None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"number": 5}, [("NUMBER_OR_SHARE", "number")]),
        ({"share_percent": None}, [("NUMBER_OR_SHARE", "number")]),
        ({"area": "ZZ"}, [("AREA_UNKNOWN", "area")]),
        ({"area": "qin:nowhere"}, [("AREA_UNKNOWN", "area")]),
        ({"collaborative": "CHOIR"}, [("COLLABORATIVE_UNKNOWN", "collaborative")]),
        ({"task": "Z.9"}, [("TASK_UNKNOWN", "task")]),
        ({"task": "C.3"}, [("TASK_OF_OTHERS", "task")]),
        ({"ends_on": "2014-12-31", "starts_on": "2015-01-01"}, [("END_BEFORE_START", "ends_on")]),
        ({"effective_on": "2018-04-01"}, [("OUTSIDE_PERIOD", "effective_on")]),
        ({"ends_on": "2019-08-01"}, [("BETWEEN_CONTRACTS", "ends_on")]),
        ({"ends_on": "2026-01-01"}, [("STATEMENT_ENDED", "ends_on")]),
        ({"starts_on": "2014-07-31"}, [("BEFORE_STATEMENT", "starts_on")]),
        (
            {"area": "ZZ", "number": 5, "effective_on": "2018-04-01"},
            [("NUMBER_OR_SHARE", "number"), ("AREA_UNKNOWN", "area"), ("OUTSIDE_PERIOD", "effective_on")],
        ),
    ],
)
def test_every_reason_to_refuse_is_named_with_its_field(
    fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert Desk().refused(target(**fields)) == expected


def test_networks_have_targets_in_the_time_of_their_contract_only() -> None:
    Desk().done(target(area="qin:new-england"))
    earlier = target(area="qin:new-england", task="nursing-homes", starts_on="2012-01-01", ends_on="2013-12-31")
    assert Desk().refused(earlier) == [("NETWORK_NOT_THEN", "area")]
    Desk().done(target(area="MA", task="nursing-homes", starts_on="2012-01-01", ends_on="2013-12-31"))


def test_history_is_not_rewritten_and_periods_do_not_overlap() -> None:
    desk = Desk()
    desk.done(target())
    desk.done(target(share_percent=80, effective_on="2016-08-01"))
    assert desk.refused(target(effective_on="2016-07-31")) == [("AMENDED_LATER", "effective_on")]
    assert desk.refused(target(starts_on="2018-03-31", ends_on="2019-01-01")) == [("PERIODS_OVERLAP", "starts_on")]
    assert desk.refused(target(ends_on="2016-07-31")) == [("OUTSIDE_PERIOD", "effective_on")]
    desk.done(target(starts_on="2018-04-01", ends_on="2019-01-01"))
    assert held(desk).periods() == (dt.date(2015, 4, 1), dt.date(2018, 4, 1))


def test_areas_are_states_networks_and_the_nation() -> None:
    assert areas.states_of("qin:new-england") == frozenset(("CT", "ME", "MA", "NH", "RI", "VT"))
    assert areas.states_of("US") == frozenset(STATES)
    assert areas.states_of("MA") == frozenset(("MA",))
    of_networks = [areas.states_of(code) or frozenset() for code in areas.known()]
    assert sorted(state for found in of_networks for state in found) == sorted(STATES)


days = st.sampled_from([dt.date(2015, 4, 1), dt.date(2016, 4, 1), dt.date(2017, 4, 1), dt.date(2018, 4, 1)])
asked = st.builds(
    target,
    area=st.sampled_from(("MA", "qin:telligen")),
    starts_on=days,
    ends_on=days,
    number=st.none() | st.integers(1, 3),
    share_percent=st.none() | st.just(75),
    effective_on=st.none() | days,
)


@given(st.lists(asked, max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_periods_stay_apart_and_events_make_the_same_again(commands: list[Any]) -> None:
    desk = Desk()
    for command in commands:
        before = len(desk.said)
        answer = desk.ask(command)
        said = isinstance(answer, Accepted) and answer.made["changed"] is True
        assert len(desk.said) == before + said
    for record in desk.records.values():
        assert isinstance(record, RecruitmentTarget)
        latest = [one for starts_on in record.periods() if (one := record.latest(starts_on))]
        assert all(one.ends_on < two.starts_on for one, two in pairwise(latest))
        for starts_on in record.periods():
            effective = [one.effective_on for one in record.versions if one.starts_on == starts_on]
            assert effective == sorted(effective)
    assert desk.again() == desk.records
