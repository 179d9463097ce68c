"""A gap is a place that is worse than its state for certain; everything less makes none."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.notifications.domain.roster.communities import COMMUNITY, Community
from services.notifications.domain.roster.facilities import FACILITY
from services.notifications.domain.roster.results import GapSeen, Result, judged, matters, newest, result
from shared.contracts.measures import MeasureUpdated
from tests.notifications.heard import said
from tests.notifications.heard.ear import NOW

BOSTON = COMMUNITY.after(None, said.community(), NOW)
BOTH_STATES = COMMUNITY.after(None, said.community(areas=["zip:02139", "zip:03820"]), NOW)


def seen(*events: MeasureUpdated, community: Community = BOSTON) -> list[GapSeen]:
    """The gaps that results show."""
    facility = FACILITY.after(None, said.listed(), NOW)
    held = newest(result(event) for event in events if matters(event))
    return judged(held, {community.id: community}, {facility.id: facility})[1]


def test_worse_than_the_state_for_certain_is_a_gap() -> None:
    (gap,) = seen(said.updated(), said.of_state())
    assert (gap.own.unit, gap.state.unit, gap.own.worse) == ("greater-boston", "MA", True)
    assert {(one.place, one.trait) for one in gap.own.traits} == {
        ("community:greater-boston", "measure:rehospitalizations-30d:gap"),
        ("coalition:greater-boston", "measure:rehospitalizations-30d:gap"),
    }


def test_a_hospital_is_compared_with_its_state() -> None:
    (gap,) = seen(said.updated(unit_type="hospital", unit="225009"), said.of_state())
    assert {one.place for one in gap.own.traits} == {"facility:225009"}


@pytest.mark.parametrize(
    "fields",
    [
        {"low": "51.0"},  # just touching the state's interval
        {"low": None, "high": None},
        {"numerator": 10},
        {"numerator": 8990},
        {"computable": False, "numerator": None, "denominator": None, "value": None, "low": None, "high": None},
        {"period": "2014Q4"},
        {"period": "2014Q3R4"},
        {"status": "PROVISIONAL"},
        {"stratum": "dual_full"},
        {"measure": "community-tenure"},
        {"specification": 2},
        {"unit": "elsewhere"},
    ],
)
def test_no_gap(fields: dict[str, Any]) -> None:
    assert seen(said.updated(**fields), said.of_state()) == []


def test_without_a_result_of_its_state_nothing_can_be_said() -> None:
    assert seen(said.updated()) == []


def test_of_several_states_it_must_be_worse_than_each() -> None:
    results = (said.updated(), said.of_state())
    assert seen(*results, community=BOTH_STATES) == []
    assert seen(*results, said.of_state(unit="NH", high="58.0"), community=BOTH_STATES) == []
    (gap,) = seen(*results, said.of_state(unit="NH", high="50.0"), community=BOTH_STATES)
    assert gap.state.unit == "NH"


def test_a_gap_that_is_known_is_not_seen_again_and_one_that_closed_is_none() -> None:
    held = newest(map(result, (said.updated(), said.of_state())))
    changed, gaps = judged(held, {BOSTON.id: BOSTON}, {})
    assert len(gaps) == 1
    again, none = judged(held | changed, {BOSTON.id: BOSTON}, {})
    assert (again, none) == ({}, [])
    closed = newest(map(result, (said.updated(revision=2, low="40.0"), said.of_state())))
    assert judged(closed, {BOSTON.id: BOSTON}, {})[1] == []


@given(
    st.permutations([said.updated(revision=n, value=f"{n}") for n in range(1, 5)] + [said.updated(period="2015Q1R4")])
)
def test_the_newest_result_does_not_depend_on_the_order(events: list[MeasureUpdated]) -> None:
    found: dict[str, Result] = newest(map(result, events))
    assert [(one.period, one.revision) for one in found.values()] == [("2015Q1R4", 1)]


def test_small_numbers_are_not_kept_at_all() -> None:
    kept = result(said.updated(numerator=7, value="7.0"))
    assert (kept.value, kept.low, kept.high) == (None, None, None)
    assert "7.0" not in kept.model_dump_json()
