"""Homes that closed or go on in another leave the campaign and LANEs as of that day; a convener is left to staff."""

import datetime as dt
from collections.abc import Sequence

import asyncpg
import pytest

from services.recruitment.domain.campaign.lane_kind import LANE
from services.recruitment.domain.campaign.leaving import left
from services.recruitment.domain.campaign.registration_kind import REGISTRATION, GoalState, Taking
from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.attention import still_in
from services.recruitment.repository.views import VIEWS
from services.recruitment.withdrawals import Withdrawals
from shared.contracts.message import Event
from shared.contracts.recruitment.campaign_registrations import CampaignWithdrawn
from shared.contracts.recruitment.lanes import LaneLeft
from shared.records.deciding import Held
from shared.records.store import RecordStore
from tests.recruitment.campaign.cast import (
    ASSOCIATION,
    FAR,
    HOME,
    OTHER,
    choose,
    desk,
    end,
    enter,
    form,
    name,
    register,
    withdraw,
)
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.networks.cast import closed, merged
from tests.recruitment.test_commands import types

TODAY = dt.date(2015, 3, 6)
DAY = dt.date(2015, 1, 10)
MEMBER = f"participant:{HOME}"
LANE_OF_MA = LANE.key("MA")


def taking_part(*more: Event) -> Desk:
    """A home that registered, chose a goal and sits in the LANE of its state, and what happened to it then."""
    at = desk()
    for asked in (register(), choose(), form(), enter(), enter(MEMBER, stake="PROVIDER")):
        at.done(asked)
    return at.has(*more)


def follows(at: Desk, place: str, participant: str = HOME) -> Sequence[Event]:
    """What follows for one place, also happened to the desk."""
    events = left(place, participant, TODAY, Held(at.records.get), "clock")
    at.has(*events)
    return events


@pytest.mark.parametrize(
    ("what", "why"), [(closed(HOME, DAY), "It closed."), (merged(HOME, OTHER, DAY), f"It goes on in {OTHER}.")]
)
def test_a_home_that_is_gone_leaves_both_as_of_its_day_and_its_open_goals_end(what: Event, why: str) -> None:
    at = taking_part(what)
    withdrawn = CampaignWithdrawn(registration=HOME, withdrawn_on=DAY, reason=why, actor="clock")
    assert follows(at, REGISTRATION.key(HOME)) == (withdrawn,)
    assert follows(at, LANE_OF_MA) == (LaneLeft(state="MA", member=MEMBER, left_on=DAY, reason=why, actor="clock"),)
    registration, lane = at.held(REGISTRATION, HOME), at.held(LANE, "MA")
    assert registration.taking is Taking.WITHDRAWN
    assert {one.state for one in registration.goals.values()} == {GoalState.DROPPED}
    assert lane.spell(MEMBER) is None
    assert (follows(at, REGISTRATION.key(HOME)), follows(at, LANE_OF_MA)) == ((), ())


def test_nobody_leaves_before_the_last_that_is_recorded_of_it() -> None:
    at = taking_part(closed(HOME, dt.date(2014, 10, 2)))
    (withdrawn,), (gone,) = follows(at, REGISTRATION.key(HOME)), follows(at, LANE_OF_MA)
    assert isinstance(withdrawn, CampaignWithdrawn)
    assert isinstance(gone, LaneLeft)
    assert (withdrawn.withdrawn_on, gone.left_on) == (dt.date(2014, 10, 15), dt.date(2014, 10, 15))
    at = taking_part()
    at.done(name(MEMBER, "2014-12-01"))
    at.done(name(ASSOCIATION, "2015-02-01"))
    at.has(closed(HOME, DAY))
    (gone,) = follows(at, LANE_OF_MA)
    assert isinstance(gone, LaneLeft)
    assert gone.left_on == dt.date(2015, 2, 1)


def test_who_goes_on_has_left_or_convenes_stays_as_it_is() -> None:
    at = taking_part(closed(HOME, TODAY + dt.timedelta(days=1)))
    assert (follows(at, REGISTRATION.key(HOME)), follows(at, LANE_OF_MA)) == ((), ())
    at = taking_part()
    at.done(withdraw())
    at.done(end())
    at.has(closed(HOME, DAY))
    assert (follows(at, REGISTRATION.key(HOME)), follows(at, LANE_OF_MA)) == ((), ())
    at = taking_part()
    at.done(name(MEMBER))
    at.has(closed(HOME, DAY))
    assert follows(at, LANE_OF_MA) == ()


async def test_the_gone_are_let_out_once_and_a_convener_is_listed_for_staff(pool: asyncpg.Pool) -> None:
    store = RecordStore(KINDS, VIEWS)
    at = taking_part()
    at.done(register(FAR))
    at.done(form("FL", f"participant:{FAR}", "PROVIDER"))
    at.done(register(OTHER))

    async def save() -> None:
        async with pool.acquire() as conn:
            await store.save(conn, at.records, NOW)

    await save()
    withdrawals = Withdrawals(pool, KINDS, store, lambda: NOW)
    await withdrawals()
    assert await types(pool) == []
    at.has(closed(HOME, DAY), merged(FAR, OTHER, DAY))
    await save()
    await withdrawals()
    await withdrawals()
    assert sorted(await types(pool)) == [*["recruitment.CampaignWithdrawn.v1"] * 2, "recruitment.LaneLeft.v1"]
    assert await still_in(pool, FAR) == [{"what": "LANE", "id": "FL", "name": "FL"}]
    assert await still_in(pool, HOME) == []
