"""Enrolling a facility: who may join when, and what everyone is told."""

import datetime as dt
from typing import Any

import pytest

from services.recruitment.domain.facility import Facility
from services.recruitment.handlers.commands import enroll as handle
from services.recruitment.repository.store import Aggregate, facility_key
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment import EnrollFacility, FacilityJoined, FacilityRecruited
from shared.messaging.handling import Accepted, Decision, Refused, Work
from tests.recruitment.support import FACILITY, NOW, enroll, received


def decide(command: EnrollFacility, *facilities: Facility, now: dt.datetime = NOW) -> tuple[Decision, Work[Aggregate]]:
    work: Work[Aggregate] = Work(now, {facility_key(facility.ccn): facility for facility in facilities})
    work.begin([facility_key(command.ccn)])
    message: Any = received(command)
    decision = handle(message, work)
    work.keep()
    return decision, work


def codes(decision: Decision) -> list[tuple[str, str | None]]:
    assert isinstance(decision, Refused)
    return [(reason.code, reason.field) for reason in decision.reasons]


def test_a_listed_home_joins_and_everyone_who_may_know_is_told() -> None:
    decision, work = decide(enroll(contact_name="Ida Oakhanger", contact_email="ida@home.example"), FACILITY)
    assert isinstance(decision, Accepted)
    recruited, joined, welcome = (emit.event for emit in decision.events)
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
    assert [emit.key for emit in decision.events] == ["225009", "225009", str(welcome.notice_id)]
    (changed,) = work.changes().values()
    assert isinstance(changed, Facility)
    assert changed.membership("NNHQCC") is not None


def test_the_public_event_says_nothing_of_the_contact() -> None:
    decision, _ = decide(enroll(contact_name="Ida Oakhanger", contact_email="ida@home.example"), FACILITY)
    assert isinstance(decision, Accepted)
    assert "ida" not in decision.events[1].event.model_dump_json().lower()


def test_without_a_contact_the_facility_itself_is_welcomed() -> None:
    decision, _ = decide(enroll(), FACILITY)
    assert isinstance(decision, Accepted)
    welcome = decision.events[2].event
    assert isinstance(welcome, NoticeRequested)
    assert (welcome.recipient.name, welcome.recipient.email) == ("Willowbrook Manor", None)


def test_a_day_without_sources_leaves_the_network_unknown_and_the_letter_readable() -> None:
    decision, _ = decide(enroll(recruited_on="2012-01-05"), FACILITY)
    assert isinstance(decision, Accepted)
    assert decision.made["qin_qio"] == "UNKNOWN"
    welcome = decision.events[2].event
    assert isinstance(welcome, NoticeRequested)
    assert "UNKNOWN" not in welcome.model_dump_json()


def test_a_repeated_message_makes_the_same_ids() -> None:
    first, _ = decide(enroll(), FACILITY)
    again, _ = decide(enroll(), FACILITY)
    assert first == again


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
    decision, work = decide(enroll(**fields), FACILITY)
    assert codes(decision) == expected
    assert not work.changes()


def test_a_member_cannot_join_again_but_may_join_another_collaborative() -> None:
    _, work = decide(enroll(), FACILITY)
    (member,) = work.changes().values()
    assert isinstance(member, Facility)
    assert codes(decide(enroll(), member)[0]) == [("ALREADY_MEMBER", "collaborative")]
    other, _ = decide(enroll(collaborative="PSPC"), member)
    assert isinstance(other, Accepted)


def test_todays_date_is_accepted_where_the_facility_is_ahead_of_utc() -> None:
    guam = Facility("655000", "Home", "GU", "96910")  # UTC+10
    evening = dt.datetime(2015, 3, 6, 20, 0, tzinfo=dt.UTC)
    accepted, _ = decide(enroll(ccn="655000", recruited_on="2015-03-07"), guam, now=evening)
    assert isinstance(accepted, Accepted)
