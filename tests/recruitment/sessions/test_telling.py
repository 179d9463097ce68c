"""Participants are invited, told of moves and cancellations, and reminded of sessions: each once, nobody too late."""

import datetime as dt

import pytest

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.sessions import files
from services.recruitment.domain.sessions.notices import Known
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.contracts.notifications import NoticeRequested
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.session_commands import CloseRegistration, OpenRegistration, WithdrawFromSession
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.sessions.cast import (
    AHEAD,
    BOSTON,
    ELM,
    GUEST,
    KNOWN,
    OAK,
    PAST,
    YEW,
    YORK,
    again,
    cancel,
    command,
    joined,
    left,
    move,
    opened,
    planned,
    register,
)
from tests.recruitment.sessions.clock import at_hour, brief

BEGINS = dt.datetime.fromisoformat(AHEAD[0])
DAY = dt.timedelta(days=1)


def invited(**fields: object) -> tuple[Desk, str]:
    at, name = opened(**fields)
    assert len(at_hour(at, name, NOW)) == 3
    return at, name


def calendar(notice: NoticeRequested) -> str:
    made = files(notice.notice_type, notice.facts, organizer="qio@example.com", attendee="home@example.com", at=NOW)
    return made[0].content.decode().replace("\r\n ", "") if made else ""


def test_registration_that_opens_invites_everybody_in_the_cohorts_once() -> None:
    at, name = opened()
    sent = at_hour(at, name, NOW)
    assert brief(sent) == [("SESSION_INVITATION", one) for one in (ELM, OAK, YEW)]
    assert at_hour(at, name, NOW) == []
    at.done(command(CloseRegistration, session=name))
    at.done(command(OpenRegistration, session=name))
    assert at_hour(at, name, NOW) == []
    assert sent[0].facts["agenda"] == "Welcome\nTen minutes"
    assert sent[0].facts["calendar"] == f"{at.held(SESSION, name).calendar_id}:0"
    assert sent[2].recipient.time_zone == "America/New_York"
    assert again(at) == at.records


def test_whoever_comes_into_a_cohort_later_is_invited_then_and_once() -> None:
    at, name = invited()
    at.has(joined(BOSTON, GUEST, NOW.date()))
    assert brief(at_hour(at, name, NOW)) == [("SESSION_INVITATION", GUEST)]
    assert at_hour(at, name, NOW) == []
    assert at.held(SESSION, name).invited_whom == (ELM, OAK, YEW, GUEST)
    assert at.held(SESSION, name).reminded == ()
    at.done(move(name, "2015-03-20T18:00:00Z", "2015-03-20T19:00:00Z"))
    assert ("SESSION_INVITATION", GUEST) in brief(at_hour(at, name, NOW))
    assert at_hour(at, name, NOW) == []


def test_nobody_is_invited_later_once_registration_closed_or_it_began_or_who_comes_after_its_day() -> None:
    at, name = invited()
    at.has(joined(BOSTON, GUEST, BEGINS.date() + DAY))
    assert at_hour(at, name, NOW) == []
    at.has(joined(YORK, GUEST, NOW.date()))
    assert ("SESSION_INVITATION", GUEST) not in brief(at_hour(at, name, BEGINS))
    at.done(command(CloseRegistration, session=name))
    assert at_hour(at, name, NOW) == []


def test_a_notice_says_all_that_its_type_must_say_and_has_its_entry_for_calendars() -> None:
    at, name = invited()
    at.done(move(name, "2015-03-20T18:00:00Z", "2015-03-20T19:00:00Z"))
    again_, named = invited(place=None, mode="ONLINE", agenda=[])
    again_.done(register(named))
    sent = [*at_hour(at, name, NOW), *at_hour(again_, named, BEGINS - 7 * DAY)]
    at.done(cancel(name))
    sent += at_hour(at, name, NOW)
    assert {one.notice_type for one in sent} == {"SESSION_INVITATION", "SESSION_REMINDER", "SESSION_CANCELLED"}
    for one in sent:
        assert CATALOGUE[one.notice_type].missing(one.facts) is None


def test_nobody_is_invited_while_it_is_planned_or_once_it_began() -> None:
    at, name = planned()
    assert at_hour(at, name, NOW) == []
    late, over = opened(starts_at=PAST[0], ends_at=PAST[1])
    assert at_hour(late, over, NOW) == []
    assert late.held(SESSION, over).tell_next is None


def test_who_is_gone_or_has_left_or_joins_later_is_not_invited() -> None:
    at, name = opened()
    at.has(left(BOSTON, OAK, BEGINS.date()), joined(YORK, GUEST, BEGINS.date() + DAY))
    closed = Known("Yew", "NY", Setting.NURSING_HOME, gone_on=BEGINS.date())
    assert brief(at_hour(at, name, NOW, {**KNOWN, YEW: closed})) == [("SESSION_INVITATION", ELM)]


def test_a_move_tells_the_old_and_the_new_time_and_replaces_the_entry_in_calendars() -> None:
    at, name = invited()
    at.done(register(name, GUEST))
    at.done(move(name, "2015-03-20T18:00:00Z", "2015-03-20T19:00:00Z"))
    sent = at_hour(at, name, NOW)
    assert sorted(brief(sent)) == sorted(
        (kind, one) for kind in ("SESSION_CANCELLED", "SESSION_INVITATION") for one in (ELM, OAK, YEW, GUEST)
    )
    gone, invitation = sent[0], sent[-1]
    assert (gone.facts["starts_at"], gone.facts["new_starts_at"]) == (AHEAD[0], "2015-03-20T18:00:00Z")
    assert gone.facts["reason"] == "The hall is flooded."
    assert calendar(gone) == "", "the invitation alone speaks to calendars, so none can overtake it"
    assert "SEQUENCE:1" in calendar(invitation)
    assert "METHOD:REQUEST" in calendar(invitation)
    assert at_hour(at, name, NOW) == []


def test_another_place_at_the_same_time_is_told_by_the_invitation_alone() -> None:
    at, name = invited()
    at.done(move(name, *AHEAD, place="Church"))
    sent = at_hour(at, name, NOW)
    assert {kind for kind, _ in brief(sent)} == {"SESSION_INVITATION"}
    assert sent[0].facts["place"] == "Church"


def test_a_cancellation_is_told_once_at_the_time_that_was_told() -> None:
    at, name = invited()
    at.done(move(name, "2015-03-20T18:00:00Z", "2015-03-20T19:00:00Z"))
    at.done(cancel(name))
    sent = at_hour(at, name, NOW)
    assert brief(sent) == [("SESSION_CANCELLED", one) for one in (ELM, OAK, YEW)]
    assert (sent[0].facts["starts_at"], sent[0].facts["reason"]) == (AHEAD[0], "The speaker is ill.")
    assert "SEQUENCE:2" in calendar(sent[0])
    assert "METHOD:CANCEL" in calendar(sent[0])
    assert at_hour(at, name, NOW) == []


def test_nobody_hears_of_the_cancellation_of_what_nobody_was_told() -> None:
    at, name = opened()
    at.done(cancel(name))
    assert at_hour(at, name, NOW) == []
    later, over = invited()
    later.done(cancel(over))
    assert at_hour(later, over, BEGINS) == []


def test_those_with_a_place_are_reminded_seven_days_and_one_day_before() -> None:
    at, name = invited(capacity=3)
    at.done(register(name, ELM, people=2))
    at.done(register(name, OAK, people=2))
    at.done(register(name, GUEST, people=1))
    assert at_hour(at, name, BEGINS - 7 * DAY - dt.timedelta(seconds=1)) == []
    week = at_hour(at, name, BEGINS - 7 * DAY)
    assert brief(week) == [("SESSION_REMINDER", ELM)]
    assert at_hour(at, name, BEGINS - 2 * DAY) == []
    day = at_hour(at, name, BEGINS - DAY)
    assert brief(day) == [("SESSION_REMINDER", ELM)]
    assert week[0].notice_id != day[0].notice_id
    assert at_hour(at, name, BEGINS) == []
    assert again(at) == at.records


def test_reminders_that_were_missed_are_one_and_after_the_beginning_none() -> None:
    at, name = invited()
    at.done(register(name))
    assert len(at_hour(at, name, BEGINS - dt.timedelta(hours=1))) == 1
    assert at_hour(at, name, BEGINS - dt.timedelta(hours=1)) == []
    late, over = invited()
    late.done(register(over))
    assert at_hour(late, over, BEGINS) == []
    assert late.held(SESSION, over).tell_next is None


@pytest.mark.parametrize("gone", ["withdrawn", "left", "cancelled"])
def test_nobody_is_reminded_who_withdrew_or_left_or_whose_session_was_cancelled(gone: str) -> None:
    at, name = invited()
    at.done(register(name))
    if gone == "withdrawn":
        at.done(command(WithdrawFromSession, session=name, participant=ELM))
    elif gone == "left":
        at.has(left(BOSTON, ELM, NOW.date()))
    else:
        at.done(cancel(name))
    sent = at_hour(at, name, BEGINS - 7 * DAY)
    assert ("SESSION_REMINDER", ELM) not in brief(sent)


def test_an_invitation_within_the_last_week_is_the_reminder_of_that_week() -> None:
    at, name = opened()
    assert len(at_hour(at, name, BEGINS - 5 * DAY)) == 3
    at.done(register(name))
    assert at_hour(at, name, BEGINS - 4 * DAY) == []
    assert len(at_hour(at, name, BEGINS - DAY)) == 1


def test_a_move_is_reminded_of_anew() -> None:
    at, name = invited()
    at.done(register(name))
    assert len(at_hour(at, name, BEGINS - 7 * DAY)) == 1
    at.done(move(name, "2015-03-30T18:00:00Z", "2015-03-30T19:00:00Z"))
    assert len(at_hour(at, name, BEGINS - 6 * DAY)) == 6
    assert at_hour(at, name, BEGINS) == []
    assert brief(at_hour(at, name, BEGINS + 7 * DAY)) == [("SESSION_REMINDER", ELM)]


def test_notices_name_nobody_but_facilities_and_the_office() -> None:
    at, name = invited()
    (one, *_) = at_hour(at, name, NOW) or [emit.event for emit in at.said if isinstance(emit.event, NoticeRequested)]
    assert isinstance(one, NoticeRequested)
    assert (one.recipient.email, one.recipient.phone, one.recipient.role) == (None, None, "facility")
    assert one.facts["qio_phone"] == "1-617-555-0100"
