"""Enrolling a facility: who may join when, and what everyone is told."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.participants.editions import edition
from services.recruitment.domain.participants.editions import listed as listed_event
from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.pipeline import EngagementMoved, FacilityJoined, FacilityRecruited
from shared.contracts.recruitment.pipeline_commands import EnrollFacility
from shared.messaging.handling import Accepted
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.support import enroll, listed


def desk(ccn: str = "225009", now: dt.datetime = NOW, **fields: Any) -> Desk:
    """A desk that knows one listed home."""
    listing = listed(ccn, **fields)
    return Desk(now).has(listed_event(listing, edition(listing)))


def accepted(command: EnrollFacility) -> Accepted:
    answer = desk().ask(command)
    assert isinstance(answer, Accepted)
    return answer


def test_a_listed_home_joins_and_everyone_who_may_know_is_told() -> None:
    at = desk()
    decision = at.ask(enroll(contact_name="Ida Oakhanger", contact_email="ida@home.example"))
    assert isinstance(decision, Accepted)
    moved, recruited, joined, welcome = (emit.event for emit in decision.events)
    assert isinstance(moved, EngagementMoved)
    assert isinstance(recruited, FacilityRecruited)
    assert str(recruited.membership_id) == decision.made["membership_id"]
    # Massachusetts: New England QIN from August 2014 to July 2019.
    assert recruited.qin_qio == "New England QIN (Healthcentric Advisors)"
    assert isinstance(joined, FacilityJoined)
    assert joined.month == "2015-03"
    assert isinstance(welcome, NoticeRequested)
    assert (welcome.notice_type, welcome.subject, welcome.recipient.role) == ("WELCOME", "225009", "facility")
    assert (welcome.recipient.name, welcome.recipient.email) == ("Ida Oakhanger", "ida@home.example")
    assert welcome.recipient.time_zone == "America/New_York"
    assert welcome.due_at == NOW + dt.timedelta(days=3)
    assert [emit.key for emit in decision.events] == [
        "225009|NNHQCC",
        "225009",
        "225009",
        str(welcome.notice_id),
    ]
    assert at.held(ENGAGEMENT, "225009|NNHQCC").membership_id == recruited.membership_id
    assert at.again()["engagement:225009|NNHQCC"] == at.records["engagement:225009|NNHQCC"]


def test_the_public_event_says_nothing_of_the_contact() -> None:
    decision = accepted(enroll(contact_name="Ida Oakhanger", contact_email="ida@home.example"))
    assert "ida" not in decision.events[2].event.model_dump_json().lower()


def test_without_a_contact_the_facility_itself_is_welcomed() -> None:
    decision = accepted(enroll())
    welcome = decision.events[3].event
    assert isinstance(welcome, NoticeRequested)
    assert (welcome.recipient.name, welcome.recipient.email) == ("Willowbrook Manor", None)


def test_a_day_without_sources_leaves_the_network_unknown_and_the_letter_readable() -> None:
    decision = accepted(enroll(recruited_on="2012-01-05"))
    assert decision.made["qin_qio"] == "UNKNOWN"
    welcome = decision.events[3].event
    assert isinstance(welcome, NoticeRequested)
    assert "UNKNOWN" not in welcome.model_dump_json()


def test_a_repeated_message_makes_the_same_ids() -> None:
    assert accepted(enroll()) == accepted(enroll())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"ccn": "999999"}, [("FACILITY_UNKNOWN", "ccn")]),
        ({"collaborative": "CHOIR"}, [("COLLABORATIVE_UNKNOWN", "collaborative")]),
        ({"recruited_on": "2011-07-31"}, [("BEFORE_PROGRAM", "recruited_on")]),
        ({"recruited_on": "2015-03-07"}, [("IN_THE_FUTURE", "recruited_on")]),
        ({"contact_email": "ida at home"}, [("EMAIL_INVALID", "contact_email")]),
        (
            {"ccn": "999999", "collaborative": "CHOIR", "contact_email": "@"},
            [
                ("FACILITY_UNKNOWN", "ccn"),
                ("COLLABORATIVE_UNKNOWN", "collaborative"),
                ("EMAIL_INVALID", "contact_email"),
            ],
        ),
    ],
)
def test_every_reason_to_refuse_is_named_with_its_field(
    fields: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert desk().refused(enroll(**fields)) == expected


def test_a_member_cannot_join_again_but_may_join_another_collaborative() -> None:
    at = desk()
    at.done(enroll())
    assert at.refused(enroll()) == [("ALREADY_MEMBER", "collaborative")]
    at.done(enroll(collaborative="PSPC"))


def test_todays_date_is_accepted_where_the_facility_is_ahead_of_utc() -> None:
    evening = dt.datetime(2015, 3, 6, 20, 0, tzinfo=dt.UTC)  # Guam: UTC+10
    guam = desk("655000", evening, state="GU", zip_code="96910")
    guam.done(enroll(ccn="655000", recruited_on="2015-03-07"))
