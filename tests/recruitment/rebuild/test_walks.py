"""Whatever is asked of recruitment in whatever order: what it said makes its records again."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.participants.editions import listed as listed_event
from shared.contracts.feeds import NursingHomeListed
from shared.contracts.message import Command
from shared.contracts.recruitment.participants import FACILITIES
from shared.messaging.handling import Emit
from tests.recruitment.desk import ZIPS, Desk
from tests.recruitment.rebuild.memory import MemoryLog
from tests.recruitment.rebuild.test_reading import kept, made_from
from tests.recruitment.support import define, enroll, listed

CCNS = ("225009", "225010", "105001")
AREAS = [f"zip:{code}" for code in sorted(ZIPS)]
LISTINGS = st.builds(
    listed,
    ccn=st.sampled_from(CCNS),
    as_of=st.sampled_from(("2014-08-01", "2014-09-01", "2015-01-01")),
    overall_rating=st.integers(1, 5),
)
COMMANDS: st.SearchStrategy[Command] = st.one_of(
    st.builds(enroll, ccn=st.sampled_from(CCNS), collaborative=st.sampled_from(("NNHQCC", "PSPC", "CHOIR"))),
    st.builds(
        lambda community, areas: define(community, *sorted(areas)),
        st.sampled_from(("aa", "bb")),
        st.sets(st.sampled_from(AREAS), min_size=1),
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.one_of(LISTINGS, COMMANDS), st.integers(0, 50_000)), max_size=25))
async def test_records_follow_from_what_was_said(steps: list[tuple[Command | NursingHomeListed, int]]) -> None:
    desk, log = Desk(), MemoryLog()
    for what, seconds in steps:
        desk.now += dt.timedelta(seconds=seconds)
        before = len(desk.said)
        if isinstance(what, Command):
            desk.ask(what)
            log.says(desk.said[before:], desk.now)
        else:
            event = listed_event(what, edition(what))
            desk.has(event)
            log.says([Emit(FACILITIES.name, event.ccn, event)], desk.now)
    assert (await made_from(log)).made == kept(desk)
