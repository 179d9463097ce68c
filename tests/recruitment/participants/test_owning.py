"""Owners and chains: who owned whom on a day, whatever the order of recording, and never in a circle."""

import datetime as dt
import random

import pytest

from services.recruitment.domain.participants.kinds import OWNER, OWNER_TREE, THE_TREE
from services.recruitment.domain.participants.owning import above
from services.recruitment.domain.participants.state import owner_on
from shared.contracts.recruitment.owners import AmendOwner
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import HOME, belong, close, desk, own, owner, participant


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def owned(*owners: str) -> Desk:
    """A desk that knows three homes and these owners."""
    at = desk()
    for one in owners:
        at.done(owner(one))
    return at


def test_a_change_of_ownership_leaves_the_days_before_as_they_were() -> None:
    at = owned("aa", "bb")
    at.done(own("aa", "2010-01-01"))
    made = at.done(own("bb", "2014-06-01"))
    assert made["owner_before"] == "aa"
    at.done(own(None, "2015-01-01"))
    held = participant(at).owners
    days = ("2009-12-31", "2010-01-01", "2014-05-31", "2014-06-01", "2014-12-31", "2015-01-01")
    assert [owner_on(held, day(one)) for one in days] == [None, "aa", "aa", "bb", "bb", None]
    assert at.again() == at.records


def test_days_recorded_in_any_order_end_the_same_and_the_last_word_on_a_day_holds() -> None:
    steps = [own("aa", "2010-01-01"), own("bb", "2012-01-01"), own("cc", "2014-01-01"), own(None, "2013-01-01")]
    ends = set()
    for seed in range(24):
        at = owned("aa", "bb", "cc")
        for command in random.Random(seed).sample(steps, len(steps)):
            at.done(command)
        at.done(own("aa", "2012-01-01"))
        ends.add(participant(at).model_dump_json())
    assert len(ends) == 1
    assert owner_on(participant(at).owners, day("2012-06-01")) == "aa"


def test_recording_what_is_recorded_changes_nothing() -> None:
    at = owned("aa", "bb")
    at.done(own("aa", "2010-01-01"))
    at.done(belong("aa", "bb", "2010-01-01"))
    before = len(at.said)
    at.done(own("aa", "2010-01-01"))
    at.done(belong("aa", "bb", "2010-01-01"))
    at.done(AmendOwner(actor="t", owner="aa", name="aa Incorporated"))
    assert len(at.said) == before


def test_what_is_wrong_with_an_ownership_is_said() -> None:
    at = owned("aa")
    at.done(close(on="2015-01-31"))
    assert at.refused(own("zz", "2010-01-01")) == [("OWNER_UNKNOWN", "owner")]
    assert at.refused(own("aa", "2010-01-01", "999999")) == [("FACILITY_UNKNOWN", "participant")]
    assert at.refused(own("aa", "2015-01-31")) == [("FACILITY_CLOSED", "participant")]
    assert at.refused(own("aa", "2015-03-08", "225010")) == [("IN_THE_FUTURE", "since")]
    assert at.refused(owner("aa")) == [("ALREADY_KNOWN", "owner")]
    assert at.refused(belong("zz", "yy", "2015-03-08")) == [
        ("OWNER_UNKNOWN", "owner"),
        ("OWNER_UNKNOWN", "parent"),
        ("IN_THE_FUTURE", "since"),
    ]


def test_a_chain_is_followed_on_the_day_asked_for() -> None:
    at = owned("aa", "bb", "cc")
    at.done(belong("aa", "bb", "2010-01-01"))
    at.done(belong("bb", "cc", "2012-01-01"))
    at.done(belong("aa", None, "2014-01-01"))
    parents = at.held(OWNER_TREE, THE_TREE).parents
    assert above(parents, "aa", day("2009-01-01")) == ("aa",)
    assert above(parents, "aa", day("2011-01-01")) == ("aa", "bb")
    assert above(parents, "aa", day("2013-01-01")) == ("aa", "bb", "cc")
    assert above(parents, "aa", day("2014-01-01")) == ("aa",)
    assert at.again() == at.records


def test_nobody_owns_itself_directly_or_through_others_on_any_day() -> None:
    at = owned("aa", "bb", "cc")
    assert at.refused(belong("aa", "aa", "2010-01-01")) == [("CIRCLE", "parent")]
    at.done(belong("aa", "bb", "2010-01-01"))
    at.done(belong("bb", "cc", "2012-01-01"))
    assert at.refused(belong("cc", "aa", "2013-01-01")) == [("CIRCLE", "parent")]
    # In 2011 there would be none yet: it comes about on the day that bb is sold to cc.
    assert at.refused(belong("cc", "aa", "2011-01-01")) == [("CIRCLE", "parent")]
    at.done(belong("aa", None, "2013-06-01"))
    at.done(belong("cc", "aa", "2013-06-01"))


def test_an_earlier_day_may_be_recorded_when_a_later_one_ends_it_before_the_circle() -> None:
    at = owned("aa", "bb")
    at.done(belong("aa", "bb", "2012-01-01"))
    at.done(belong("bb", None, "2011-01-01"))
    at.done(belong("bb", "aa", "2010-01-01"))
    assert at.held(OWNER, "bb").parents == {"2010-01-01": "aa", "2011-01-01": None}


@pytest.mark.parametrize("seed", range(20))
def test_no_walk_of_recordings_ends_in_a_circle(seed: int) -> None:
    chance = random.Random(seed)
    names = ["aa", "bb", "cc", "dd"]
    at = owned(*names)
    for _ in range(40):
        since = f"{chance.randint(2008, 2014)}-01-01"
        at.ask(belong(chance.choice(names), chance.choice([*names, None]), since))
    tree = at.records.get(OWNER_TREE.key(THE_TREE))
    assert tree is not None
    parents = at.held(OWNER_TREE, THE_TREE).parents
    for year in range(2008, 2016):
        for name in names:
            seen, one = set(), name
            while (parent := owner_on(parents.get(one, {}), dt.date(year, 6, 1))) is not None:
                assert parent not in seen
                seen.add(parent)
                one = parent
    assert at.again() == at.records


def test_a_home_without_owner_has_no_history() -> None:
    assert participant(desk(), HOME).owners == {}
