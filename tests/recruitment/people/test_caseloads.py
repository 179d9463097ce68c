"""Caseloads: one lead at a time, and a history that a handover keeps."""

import datetime as dt

import pytest

from services.recruitment.domain.people.kinds import CASELOAD
from shared.contracts.recruitment.participants import FacilityListed
from shared.contracts.recruitment.people_commands import ReleaseCaseload
from shared.contracts.recruitment.people_terms import Part
from tests.recruitment.desk import Desk
from tests.recruitment.people.cast import COMMUNITY, HOME, assign, desk, home, rebuilt, retire, transfer


def release(person: str, last_day: str, subject: str = HOME) -> ReleaseCaseload:
    return ReleaseCaseload(actor="t", subject=subject, person=person, last_day=dt.date.fromisoformat(last_day))


def history(at: Desk, subject: str = HOME) -> list[tuple[str, str, str, str | None]]:
    charges = at.held(CASELOAD, subject).charges
    return [(one.person, one.part, str(one.since), str(one.until) if one.until else None) for one in charges]


def closed(on: str) -> Desk:
    """A desk whose home has closed."""
    at = desk()
    home_event = home()
    assert isinstance(home_event, FacilityListed)
    key = "participant:225009"
    at.records[key] = at.records[key].model_copy(update={"closed_on": dt.date.fromisoformat(on)})
    return at


def test_a_handover_changes_the_lead_on_its_day_and_keeps_who_was_before() -> None:
    at = desk()
    at.done(assign("ann", "2015-01-05"))
    assert at.done(transfer("bob", "2015-03-01"))["before"] == "ann"
    assert history(at) == [("ann", "LEAD", "2015-01-05", "2015-03-01"), ("bob", "LEAD", "2015-03-01", None)]
    assert rebuilt(at)


def test_a_support_who_takes_over_supports_no_longer() -> None:
    at = desk()
    at.done(assign("ann", "2015-01-05", COMMUNITY))
    at.done(assign("bob", "2015-02-01", COMMUNITY, "SUPPORT"))
    at.done(transfer("bob", "2015-03-01", COMMUNITY))
    assert history(at, COMMUNITY) == [
        ("ann", "LEAD", "2015-01-05", "2015-03-01"),
        ("bob", "SUPPORT", "2015-02-01", "2015-03-01"),
        ("bob", "LEAD", "2015-03-01", None),
    ]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (assign("zoe"), [("PERSON_UNKNOWN", "person")]),
        (assign("bob", "2014-12-31"), [("BEFORE_JOINED", "person")]),
        (assign("ann", "2015-03-08"), [("IN_THE_FUTURE", "since")]),
        (assign("cy"), [("STATE_NOT_SERVED", "person")]),
        (assign("ann", subject="participant:999999"), [("FACILITY_UNKNOWN", "subject")]),
        (assign("ann", subject="community:nowhere"), [("COMMUNITY_UNKNOWN", "subject")]),
        (assign("ann", part="SUPPORT"), [("NO_LEAD", "part")]),
        (transfer("bob", "2015-02-01"), [("NO_LEAD", "subject")]),
        (release("ann", "2015-02-01"), [("NOT_ASSIGNED", "person")]),
        (
            assign("zoe", "2015-03-08", "participant:999999", "SUPPORT"),
            [
                ("IN_THE_FUTURE", "since"),
                ("FACILITY_UNKNOWN", "subject"),
                ("PERSON_UNKNOWN", "person"),
                ("NO_LEAD", "part"),
            ],
        ),
    ],
)
def test_every_reason_against_is_named(command: object, expected: list[tuple[str, str]]) -> None:
    assert desk().refused(command) == expected  # type: ignore[arg-type]


def test_there_is_one_lead_at_a_time_and_a_handover_goes_to_another() -> None:
    at = desk()
    at.done(assign("ann", "2015-02-01"))
    assert at.refused(assign("bob", "2015-02-01")) == [("HAS_LEAD", "part")]
    assert at.refused(assign("ann", "2015-02-05")) == [("ALREADY_ASSIGNED", "person"), ("HAS_LEAD", "part")]
    assert at.refused(transfer("ann", "2015-03-01")) == [("HANDOVER_TO_ONESELF", "to")]
    assert at.refused(transfer("bob", "2015-01-31")) == [("END_BEFORE_START", "on")]
    assert at.refused(transfer("cy", "2015-03-01")) == [("STATE_NOT_SERVED", "to")]


def test_a_second_lead_is_refused_in_the_past_too() -> None:
    at = desk()
    at.done(assign("ann", "2015-01-05"))
    at.done(release("ann", "2015-01-31"))
    assert at.refused(assign("bob", "2015-01-31")) == [("LEAD_OVERLAPS", "since")]
    at.done(assign("bob", "2015-02-01"))


def test_a_support_is_led_on_every_day() -> None:
    at = desk()
    at.done(assign("ann", "2015-02-01"))
    assert at.refused(assign("bob", "2015-01-31", part="SUPPORT")) == [("NO_LEAD", "since")]
    at.done(assign("bob", "2015-02-01", part="SUPPORT"))
    assert at.refused(release("ann", "2015-03-01")) == [("LEAD_NEEDED", "person")]
    at.done(release("bob", "2015-03-02"))
    assert at.refused(release("ann", "2015-03-01")) == [("LEAD_NEEDED", "person")]
    at.done(release("ann", "2015-03-02"))
    assert rebuilt(at)


def test_support_may_begin_under_an_earlier_lead() -> None:
    at = desk()
    at.done(assign("ann", "2015-01-05"))
    at.done(transfer("bob", "2015-03-01"))
    at.done(assign("ann", "2015-03-01", part="SUPPORT"))
    assert [one.part for one in at.held(CASELOAD, HOME).standing] == [Part.LEAD, Part.SUPPORT]


def test_who_left_gets_nothing_and_what_they_led_can_still_be_handed_over() -> None:
    at = desk()
    at.done(assign("ann", "2015-01-05"))
    at.done(retire("ann", "2015-02-28"))
    at.done(transfer("bob", "2015-03-01"))
    assert at.refused(transfer("ann", "2015-03-02")) == [("PERSON_LEFT", "to")]


def test_a_closed_participant_is_given_to_nobody_but_can_be_released() -> None:
    at = closed("2015-03-01")
    assert at.refused(assign("ann", "2015-03-01")) == [("FACILITY_CLOSED", "subject")]
    at.done(assign("ann", "2015-02-28"))
    assert at.refused(transfer("bob", "2015-03-02")) == [("FACILITY_CLOSED", "subject")]
    at.done(release("ann", "2015-03-03"))
