"""A LANE is convened, joined, left and reached by its offices; persons have no place in it."""

import datetime as dt

import pytest
from pydantic import ValidationError

from services.recruitment.domain.campaign.lane_kind import LANE, Lane, LanePhase
from shared.contracts.message import Command
from tests.recruitment.campaign.cast import (
    ASSOCIATION,
    FAMILY,
    HOME,
    again,
    contact,
    desk,
    end,
    enter,
    form,
    name,
    part,
)
from tests.recruitment.desk import Desk


@pytest.fixture
def at() -> Desk:
    """A desk with a LANE that the QIO convenes."""
    here = desk()
    here.done(form())
    here.done(enter())
    return here


def lane(at: Desk) -> Lane:
    return at.held(LANE, "MA")


def test_a_qio_convenes_or_joins(at: Desk) -> None:
    assert lane(at).convener == "qio"
    other = desk()
    other.done(form(convener=ASSOCIATION, stake="PROVIDER_ASSOCIATION"))
    other.done(enter("qio", stake="QIO"))
    assert lane(other).convener == ASSOCIATION
    assert lane(other).spell("qio") is not None


def test_another_convenes_and_the_one_before_stays_and_may_leave_later(at: Desk) -> None:
    assert at.refused(part("qio")) == [("CONVENES", "member")]
    assert at.refused(name("organisation:nobody")) == [("NOT_A_MEMBER", "convener")]
    assert at.refused(name("qio")) == [("ALREADY_CONVENES", "convener")]
    assert at.refused(name(since="2014-10-14")) == [("OUT_OF_ORDER", "since")]
    assert at.done(name())["changed"] is True
    assert at.done(name())["changed"] is False
    assert lane(at).convener == ASSOCIATION
    assert at.refused(part("qio", "2014-11-30")) == [("OUT_OF_ORDER", "left_on")]
    at.done(part("qio"))
    assert lane(at).spell("qio") is None
    assert again(at) == at.records


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (form(), ("STATE", "state")),
        (form("ZZ"), ("STATE_UNKNOWN", "state")),
        (form("VT", on="2015-03-08"), ("IN_THE_FUTURE", "formed_on")),
        (form("VT", stake="OTHER"), ("STAKE_DOES_NOT_FIT", "stake")),
        (form("VT", "partner:choir", "OTHER"), ("PARTNER_UNKNOWN", "convener")),
        (enter(f"participant:{FAMILY}", stake="CONSUMER_ADVOCACY"), ("A_PERSON", "member")),
        (enter("participant:999999", stake="PROVIDER"), ("FACILITY_UNKNOWN", "member")),
        (enter(on="2014-10-16"), ("ALREADY_A_MEMBER", "member")),
        (enter("partner:cdc", "2014-09-30", "OTHER"), ("OUT_OF_ORDER", "joined_on")),
        (enter("partner:cdc", "2015-03-08", "OTHER"), ("IN_THE_FUTURE", "joined_on")),
        (part("partner:cdc"), ("NOT_A_MEMBER", "member")),
        (part(on="2014-10-14"), ("OUT_OF_ORDER", "left_on")),
        (contact("partner:cdc"), ("NOT_A_MEMBER", "member")),
        (end("2014-10-14"), ("OUT_OF_ORDER", "ended_on")),
        (end(state="VT"), ("LANE_UNKNOWN", "state")),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(at: Desk, asked: Command, reason: tuple[str, str]) -> None:
    assert reason in at.refused(asked)


def test_joining_twice_on_a_day_is_joining_once_and_coming_back_begins_after_leaving(at: Desk) -> None:
    assert at.done(enter())["changed"] is False
    at.done(enter(f"participant:{HOME}", stake="PROVIDER"))
    at.done(part())
    assert at.refused(enter(on="2015-01-14")) == [("OUT_OF_ORDER", "joined_on")]
    at.done(enter(on="2015-01-15"))
    assert len(lane(at).members[ASSOCIATION]) == 2


def test_the_address_of_an_office_goes_with_its_member(at: Desk) -> None:
    at.done(contact(ASSOCIATION, "Info@Example.org"))
    assert at.done(contact(ASSOCIATION, "info@example.org"))["changed"] is False
    at.done(contact())
    at.done(part())
    assert lane(at).contacts == {"qio": "lane-ma@example.org"}
    at.done(contact(address=None))
    assert lane(at).contacts == {}
    assert again(at) == at.records


@pytest.mark.parametrize(
    "address",
    ["jane.doe@example.org", "jdoe@example.org", "ma@example.org", "lane.jane@example.org", "lane", "a b@c.d"],
)
def test_the_address_of_a_person_never_becomes_a_command_and_is_not_repeated(address: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        contact(address=address)
    assert address not in str(refusal.value)


def test_an_ended_lane_is_of_nobody_and_can_be_formed_again(at: Desk) -> None:
    at.done(contact())
    at.done(end())
    assert lane(at).phase is LanePhase.ENDED
    assert lane(at).contacts == {}
    assert {spells[-1].until for spells in lane(at).members.values()} == {dt.date(2015, 2, 2)}
    for asked in (name(), enter(), part(), contact(), end()):
        assert at.refused(asked) == [("STATE", "state")]
    assert at.refused(form(on="2015-02-01")) == [("OUT_OF_ORDER", "formed_on")]
    at.done(form(on="2015-02-02"))
    assert lane(at).phase is LanePhase.AT_WORK
    assert again(at) == at.records
