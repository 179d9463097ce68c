"""Where our sources name no network, participants get the one that staff entered for their state."""

import datetime as dt

import asyncpg

from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.domain.program.kinds import NETWORKS
from services.recruitment.domain.program.state import Networks, QioNetwork
from services.recruitment.repository import participants
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.participants import ParticipantRegistered
from shared.contracts.recruitment.pipeline import FacilityJoined, FacilityRecruited
from tests.recruitment.desk import Desk
from tests.recruitment.participants.asking import register
from tests.recruitment.pipeline.cast import HOME, correct, desk, engagement, step
from tests.recruitment.program.asking import network
from tests.recruitment.support import STORE, listed
from tests.recruitment.test_listings import feed

AFTER = dt.datetime(2020, 3, 6, 16, 30, tzinfo=dt.UTC)
TODAY = AFTER.date()
ENTERED = network(states=["MA"], qio="The Entered Network")


def entered(*whose: str) -> Desk:
    """A desk in March 2020; staff entered the network of Massachusetts from December 2019 on."""
    at = desk(now=AFTER)
    at.done(ENTERED)
    found = [one for one in at.records.values() if isinstance(one, QioNetwork)]
    view = Networks(by_place={one.id: one for one in found})
    at.records |= {NETWORKS.key(one): view for one in whose}
    return at


def test_enrolment_answers_and_tells_with_the_network_that_staff_entered() -> None:
    at = entered(HOME)
    assert at.done(step(Action.ENROLL, on=TODAY))["qin_qio"] == "The Entered Network"
    told = [emit.event for emit in at.said if isinstance(emit.event, FacilityRecruited | FacilityJoined)]
    assert [one.qin_qio for one in told] == ["The Entered Network"] * 2
    (letter,) = [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]
    assert letter.facts["qin_qio"] == "The Entered Network"
    assert engagement(at).qin_qio == "The Entered Network"


def test_before_it_was_entered_for_nobody_is_named_and_a_source_is_never_overruled() -> None:
    at = entered(HOME)
    assert at.done(step(Action.ENROLL, on=dt.date(2019, 11, 30)))["qin_qio"] == "UNKNOWN"
    at.done(correct(1, on="2018-05-01"))
    assert engagement(at).qin_qio == "New England QIN (Healthcentric Advisors)"
    at.done(correct(1, on="2020-01-15"))
    assert engagement(at).qin_qio == "The Entered Network"


def test_an_invitation_names_it() -> None:
    at = entered(HOME)
    at.done(step(Action.INVITE, on=TODAY))
    (letter,) = [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]
    assert letter.facts["qin_qio"] == "The Entered Network"


def test_who_is_registered_belongs_to_it() -> None:
    at = entered("own:center")
    at.done(register(participant="own:center", state="MA", zip_code="02139"))
    (told,) = [emit.event for emit in at.said if isinstance(emit.event, ParticipantRegistered)]
    assert told.qin_qio == "The Entered Network"


async def test_the_view_is_read_for_each_who_asks_and_lists_follow_it(pool: asyncpg.Pool) -> None:
    at = entered()
    keys = [NETWORKS.key("225009"), NETWORKS.key("own:another")]
    async with pool.acquire() as conn, conn.transaction():
        await STORE.save(conn, {key: one for key, one in at.records.items() if isinstance(one, QioNetwork)}, AFTER)
        found = await STORE.load(conn, keys)
    assert list(found) == keys
    view = found[keys[0]]
    assert isinstance(view, Networks)
    assert [one.spells[0].qio for one in view.by_place.values()] == ["The Entered Network"]
    await feed(pool, listed(as_of="2020-01-01"), listed("105001", "2020-01-01", state="FL"))
    named = {one: await participants.one(pool, one, TODAY) for one in ("225009", "105001")}
    assert {one: row and row["qin_qio"] for one, row in named.items()} == {
        "225009": "The Entered Network",
        "105001": "UNKNOWN",
    }
