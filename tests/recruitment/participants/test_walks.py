"""Whatever staff ask and lists tell, in any order: what is kept follows from what was said, and stays possible."""

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.participants.state import Participant
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import (
    AN_NPI,
    HOME,
    OTHER,
    THIRD,
    amend,
    assign,
    close,
    list_at,
    merge,
    own,
    owner,
    register,
    release,
    reopen,
)
from tests.recruitment.support import listed

IDS = st.sampled_from([HOME, OTHER, THIRD, AN_NPI])
DAYS = st.dates(min_value=dt.date(2014, 1, 1), max_value=dt.date(2015, 4, 1)).map(str)
NAMES = st.sampled_from(["One", "Two", "Three"])
STEPS = st.one_of(
    st.builds(lambda one: register(participant=one), IDS),
    st.builds(lambda one, name: amend(one, name=name), IDS, NAMES),
    st.builds(lambda one: amend(one, follow_list=["name", "zip_code"]), IDS),
    st.builds(lambda one: amend(one, state="NY", zip_code="10001"), IDS),
    st.builds(assign, IDS, IDS),
    st.builds(release, IDS, IDS),
    st.builds(close, IDS, DAYS),
    st.builds(reopen, IDS, DAYS),
    st.builds(merge, IDS, IDS, DAYS),
    st.builds(own, st.sampled_from(["aa", "bb", None]), DAYS, IDS),
    st.builds(owner, st.sampled_from(["aa", "bb"])),
    st.builds(
        lambda one, day, name, stars: listed(one, day, name=name, overall_rating=stars),
        st.sampled_from([HOME, OTHER, THIRD]),
        DAYS,
        NAMES,
        st.integers(1, 5),
    ),
)


def taken(at: Desk, step: Any) -> None:
    """Ask, or take a listing in."""
    if hasattr(step, "actor"):
        at.ask(step)
    else:
        list_at(at, step)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEPS, max_size=30))
def test_any_walk_can_be_made_again_and_ends_in_something_possible(steps: list[Any]) -> None:
    at = Desk()
    for step in steps:
        taken(at, step)
    assert at.again() == at.records
    known = {one.id: one for one in at.records.values() if isinstance(one, Participant)}
    further = [identifier for one in known.values() for identifier in one.identifiers]
    assert len(further) == len(set(further)), "an identifier belongs to one participant at a time"
    assert not set(further) & known.keys(), "and is no participant itself"
    for one in known.values():
        seen, onward = {one.id}, one
        while onward.merged_into is not None:
            assert onward.merged_into not in seen
            seen.add(onward.merged_into)
            onward = known[onward.merged_into]
        assert (one.merged_into is None) == (one.merged_on is None)
        assert list(one.ratings) == sorted(one.ratings)
        assert one.as_of is None or one.as_of.isoformat() == max(one.ratings)
