"""What a pack tells of action periods that are over."""

import datetime as dt

from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.packs.pack import Figures, pack
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from shared.contracts.recruitment.action_period_commands import CloseActionPeriod
from tests.recruitment.packs.cast import busy, every, records
from tests.recruitment.packs.test_packs import words
from tests.recruitment.sessions.cast import command, start


def test_what_is_past_is_counted_and_nobody_is_asked_for_what_can_be_reported_no_more() -> None:
    at, name = busy()
    (first,) = every(at, ACTION_PERIOD)
    at.now = dt.datetime(2015, 5, 4, 12, tzinfo=dt.UTC)
    at.done(command(CloseActionPeriod, period=first.id))
    later = {"name": "Second", "starts_on": "2015-05-01", "ends_on": "2015-05-31"}
    closed = words(pack(gathered(records(at, name), at.now.date()), Figures()).pages[0].blocks)
    assert "Not reported, and the period is closed: Aim (First, due 2015-03-31)." in closed
    task = {"title": "Aim", "report": "Your aim", "due_on": "2015-05-20"}
    at.done(start(cohort="nnhqcc.c1", assignments=[task], **later))
    elm = words(pack(gathered(records(at, name), at.now.date()), Figures()).pages[0].blocks)
    assert "Still to report: Aim (Second, due 2015-05-20)." in elm
    assert "Earlier action periods: 1 reported, 1 not reported." in elm
    assert "First" not in elm
