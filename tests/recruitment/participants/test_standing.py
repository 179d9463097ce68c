"""Closings, reopenings, mergers: when each is possible, and what they mean for everyone else."""

import datetime as dt
from collections.abc import Callable
from itertools import permutations, product

import pytest

from services.recruitment.domain.participants.standing import STANDINGS, Change, reason_against
from services.recruitment.domain.participants.state import Standing
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import (
    HOME,
    OTHER,
    THIRD,
    close,
    desk,
    hospital,
    list_at,
    merge,
    own,
    owner,
    participant,
    register,
    reopen,
)
from tests.recruitment.support import listed

DAY = dt.date(2015, 2, 1)
ASKING = {Change.CLOSE: close(), Change.REOPEN: reopen(), Change.MERGE: merge()}
LEADING = {Standing.OPEN: (), Standing.CLOSED: (close(),), Standing.MERGED: (merge(),)}


@pytest.mark.parametrize(("standing", "change"), list(product(Standing, Change)))
def test_every_change_of_every_standing_is_made_or_refused(standing: Standing, change: Change) -> None:
    at = desk()
    for command in LEADING[standing]:
        at.done(command)
    after = STANDINGS.after(standing, change)
    if after is None:
        assert at.refused(ASKING[change]) == [("STATE", "participant")]
    else:
        at.done(ASKING[change])
        assert participant(at).standing is after
    assert at.again() == at.records


def test_the_first_day_closed_is_closed_and_the_day_before_is_not() -> None:
    at = desk()
    at.done(close(on="2015-02-01"))
    home = participant(at)
    assert reason_against(home, DAY - dt.timedelta(days=1), "x") is None
    reason = reason_against(home, DAY, "ccn")
    assert reason is not None
    assert (reason.code, reason.field, reason.text) == (
        "FACILITY_CLOSED",
        "ccn",
        "225009 has been closed since 2015-02-01.",
    )


def test_one_that_goes_on_in_another_and_one_that_is_unknown_are_no_partners_of_anything() -> None:
    at = desk()
    at.done(merge())
    merged, unknown = reason_against(participant(at), DAY, "ccn"), reason_against(None, DAY, "ccn")
    assert merged is not None
    assert unknown is not None
    assert (merged.code, merged.text) == ("FACILITY_MERGED", "225009 goes on in 225010. Use that one.")
    assert unknown.code == "FACILITY_UNKNOWN"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (close("999999"), [("FACILITY_UNKNOWN", "participant")]),
        (close(on="1966-06-30"), [("BEFORE_PROGRAM", "on")]),
        (close(on="2016-03-08"), [("TOO_FAR_AHEAD", "on")]),
        (reopen("999999"), [("FACILITY_UNKNOWN", "participant")]),
        (reopen(on="2015-03-08"), [("STATE", "participant"), ("IN_THE_FUTURE", "on")]),
        (merge(into="999999"), [("FACILITY_UNKNOWN", "into")]),
        (merge("999999"), [("FACILITY_UNKNOWN", "participant")]),
        (merge(into=HOME), [("SAME", "into")]),
        (merge(on="2015-03-08"), [("IN_THE_FUTURE", "on")]),
        (merge(on="1900-01-01"), [("BEFORE_PROGRAM", "on")]),
    ],
)
def test_impossible_days_and_unknown_ids_are_refused(command: object, expected: list[tuple[str, str]]) -> None:
    assert desk().refused(command) == expected  # type: ignore[arg-type]


def test_a_closing_ahead_refuses_nothing_yet_and_can_be_called_off() -> None:
    at = desk()
    at.done(close(on="2015-06-30"))
    assert reason_against(participant(at), DAY, "x") is None
    at.done(reopen(on="2015-03-06", reason="CALLED_OFF"))
    assert participant(at).standing is Standing.OPEN
    assert [turn.to for turn in participant(at).turns] == [Standing.CLOSED, Standing.OPEN]


def test_nothing_opens_before_it_closed() -> None:
    at = desk()
    at.done(close())
    assert at.refused(reopen(on="2015-01-30")) == [("BEFORE_ITS_END", "on")]


def test_nothing_goes_on_in_what_is_closed_or_gone_and_no_circle_comes_about() -> None:
    at = desk()
    at.done(merge(HOME, OTHER))
    assert at.refused(merge(OTHER, HOME)) == [("FACILITY_MERGED", "into")]
    assert at.refused(merge(THIRD, HOME)) == [("FACILITY_MERGED", "into")]
    at.done(close(THIRD))
    assert at.refused(merge(OTHER, THIRD)) == [("FACILITY_CLOSED", "into")]


def test_a_list_opens_nothing_again_and_takes_no_merger_back() -> None:
    at = desk()
    at.done(close())
    at.done(merge(OTHER, THIRD))
    list_at(at, listed(HOME, "2015-03-01", name="New"))
    list_at(at, listed(OTHER, "2015-03-01", name="New"))
    assert (participant(at).standing, participant(at).name) == (Standing.CLOSED, "New")
    assert (participant(at, OTHER).standing, participant(at, OTHER).merged_into) == (Standing.MERGED, THIRD)


def test_listings_closings_and_mergers_in_any_order_end_the_same() -> None:
    steps: dict[str, Callable[[Desk], object]] = {
        "list": lambda at: list_at(at, listed(HOME, "2015-02-01", name="New", overall_rating=4)),
        "old list": lambda at: list_at(at, listed(HOME, "2013-02-01", overall_rating=2)),
        "other list": lambda at: list_at(at, listed(OTHER, "2015-02-01", name="New too")),
        "close": lambda at: at.done(close(THIRD)),
        "merge": lambda at: at.done(merge(HOME, OTHER)),
        "own": lambda at: at.done(own("chain", "2012-01-01", OTHER)),
    }
    ends = set()
    for order in permutations(steps):
        at = desk()
        at.done(owner("chain"))
        for name in order:
            steps[name](at)
        ends.add(tuple(participant(at, one).model_dump_json() for one in (HOME, OTHER, THIRD)))
    assert len(ends) == 1


def test_a_hospital_is_listed_with_what_its_list_has() -> None:
    at = desk(hospital(), now=dt.datetime(2024, 3, 1, tzinfo=dt.UTC))
    now = participant(at, "220001")
    assert (now.setting, now.overall_rating, now.kind, now.address) == ("HOSPITAL", 3, "Acute Care Hospitals", None)
    assert now.listed_as == ("HOSPITAL:220001",)


def test_a_desk_made_again_from_what_was_said_knows_every_turn() -> None:
    at = Desk()
    at.done(register(participant=HOME, setting="NURSING_HOME"))
    at.done(register(participant=OTHER, setting="NURSING_HOME"))
    for command in (close(), reopen(), merge(), reopen(on="2015-03-01"), close(on="2015-03-05")):
        at.done(command)
    assert at.again() == at.records
