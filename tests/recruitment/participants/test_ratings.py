"""The history of ratings: every list once by its day, whatever the order in which lists came."""

import datetime as dt
from itertools import permutations

from services.recruitment.domain.participants import ratings
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import list_at, participant
from tests.recruitment.support import listed

LISTS = (
    listed(as_of="2013-05-01", overall_rating=2, special_focus=True, staffing_rating=3),
    listed(as_of="2013-05-01", overall_rating=4),
    listed(as_of="2014-05-01", overall_rating=None),
    listed(as_of="2014-05-01", overall_rating=5, quality_rating=1),
    listed(as_of="2015-01-01", overall_rating=3),
)


def test_lists_in_any_order_and_twice_leave_the_same_history() -> None:
    ends = set()
    for order in permutations(LISTS):
        at = Desk()
        for listing in (*order, *order):
            list_at(at, listing)
        assert at.again() == at.records
        ends.add(participant(at).model_dump_json())
    assert len(ends) == 1


def test_the_rating_of_a_day_is_that_of_the_newest_list_until_then() -> None:
    at = Desk()
    for listing in (LISTS[0], LISTS[4]):
        list_at(at, listing)
    history = participant(at).ratings
    then = ratings.Rating(overall=2, staffing=3, special_focus=True)
    assert ratings.on(history, dt.date(2013, 4, 30)) is None
    assert ratings.on(history, dt.date(2013, 5, 1)) == then
    assert ratings.on(history, dt.date(2014, 12, 31)) == then
    assert ratings.on(history, dt.date(2015, 1, 1)) == ratings.Rating(overall=3)
