"""Which way a notice goes, when, and whether at all."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from services.notifications.domain.catalogue import CATALOGUE
from services.notifications.domain.catalogue.kind import Category
from services.notifications.domain.notice import Channel, State
from services.notifications.domain.planning import afresh, follow, plan
from services.notifications.domain.route import NOTHING, Known, not_before
from tests.notifications.delivery.support import LATER, POSTAL, asked, person, planned, said
from tests.notifications.support import NOW, desk

LEGAL = next(kind for kind, one in CATALOGUE.items() if kind == "DECISION_LETTER" and one.category is Category.LEGAL)
QUIET = {"start": "21:00", "end": "08:00"}


def test_a_mail_that_can_be_sent_leaves_the_letter_for_later() -> None:
    notice = planned(asked(postal=POSTAL))
    assert (notice.channel, notice.state, notice.route) == (Channel.EMAIL, State.QUEUED, (Channel.LETTER,))
    assert notice.content is not None


def test_without_a_mail_address_the_letter_is_printed() -> None:
    notice = planned(asked(email=None, postal=POSTAL))
    assert (notice.channel, notice.state, notice.content) == (Channel.LETTER, State.QUEUED, None)


def test_an_address_known_to_reach_nobody_is_passed_over() -> None:
    notice = planned(asked(postal=POSTAL), known=Known(unusable=frozenset((Channel.EMAIL,))))
    assert (notice.channel, notice.route) == (Channel.LETTER, ())


def test_without_any_address_staff_have_the_words() -> None:
    done = plan(asked(email=None), desk())
    assert (done.notice.state, done.notice.reason) == (State.TASK, "no-address")
    assert done.notice.content
    assert said(done) == ["NoticeQueued", "NoticeFailed"]


def test_the_contacts_own_addresses_and_language_are_used() -> None:
    facts = person(
        addresses={"email": "ana@home.example", "postal": POSTAL},
        preferences={"language": "es", "format": "large-print"},
    )
    notice = planned(asked(kind=LEGAL, role="beneficiary", email=None), known=Known(contact=facts))
    assert notice.channel is Channel.EMAIL
    assert b"ana@home.example" in (notice.content or b"")
    assert notice.letter is not None
    assert ".es." in notice.letter
    assert notice.recipient is not None
    assert notice.recipient.format == "large-print"


def test_a_contact_prefers_paper_and_gets_paper_unless_a_rule_wants_the_notice() -> None:
    known = Known(contact=person(preferences={"channels": ["letter", "email"]}))
    assert planned(asked(postal=POSTAL), known=known).channel is Channel.LETTER
    assert planned(asked(kind=LEGAL, role="beneficiary", postal=POSTAL), known=known).channel is Channel.EMAIL


@pytest.mark.parametrize(
    ("kind", "role", "state"), [("WELCOME", "facility", "STOPPED"), (LEGAL, "beneficiary", "QUEUED")]
)
def test_who_asked_not_to_be_written_to_gets_only_what_a_rule_wants(kind: str, role: str, state: str) -> None:
    done = plan(asked(kind=kind, role=role), desk(known=Known(against="contact-stopped")))
    assert done.notice.state == state
    assert said(done) == (["NoticeStopped"] if state == "STOPPED" else ["NoticeQueued"])


@pytest.mark.parametrize(
    ("kind", "role", "state"),
    [
        ("CAMPAIGN_MESSAGE", "facility", "GATHERED"),
        ("WELCOME", "facility", "QUEUED"),
        (LEGAL, "beneficiary", "QUEUED"),
    ],
)
def test_only_what_may_wait_waits_for_the_digest(kind: str, role: str, state: str) -> None:
    known = Known(contact=person(preferences={"rhythm": "daily", "time_zone": "America/Chicago"}))
    notice = planned(asked(kind=kind, role=role), known=known)
    assert notice.state == state
    if state == "GATHERED":
        local = notice.available_at.astimezone(ZoneInfo("America/Chicago"))
        assert (local.hour, local.minute) == (8, 0)
        assert notice.available_at > NOW


def test_quiet_hours_hold_back_what_rings_and_nothing_else() -> None:
    known = Known(contact=person(preferences={"quiet": QUIET, "time_zone": "America/New_York"}))
    night = dt.datetime(2014, 8, 7, 3, 0, tzinfo=dt.UTC)  # 23:00 in New York
    due = night + dt.timedelta(days=1)
    plain = replace(CATALOGUE["WELCOME"], urgent=False)
    assert not_before(plain, Channel.SMS, known, night, due) == dt.datetime(2014, 8, 7, 12, 0, tzinfo=dt.UTC)
    assert not_before(plain, Channel.SMS, known, night, night + dt.timedelta(hours=1)) > night
    assert not_before(plain, Channel.EMAIL, known, night, due) == night
    assert not_before(replace(plain, urgent=True), Channel.CALL, known, night, due) == night


def test_a_call_that_a_rule_wants_rings_at_night_rather_than_late() -> None:
    known = Known(contact=person(preferences={"quiet": QUIET, "time_zone": "America/New_York"}))
    night = dt.datetime(2014, 8, 7, 3, 0, tzinfo=dt.UTC)
    legal = replace(CATALOGUE[LEGAL], urgent=False)
    assert not_before(legal, Channel.CALL, known, night, night + dt.timedelta(hours=2)) == night
    assert not_before(legal, Channel.CALL, known, night, night + dt.timedelta(days=1)) > night


def test_a_failed_way_is_followed_by_the_next_and_both_can_be_shown() -> None:
    notice = replace(planned(asked(postal=POSTAL)), state=State.SENDING, attempts=3)
    after = follow(notice, "smtp-550", desk(LATER))
    assert (after.notice.channel, after.notice.state, after.notice.step) == (Channel.LETTER, State.QUEUED, 2)
    assert said(after) == ["NoticeRerouted"]
    [over] = after.notice.over
    assert (over.number, over.channel, over.reason, over.content) == (1, Channel.EMAIL, "smtp-550", notice.content)


def test_after_the_last_way_staff_must_act() -> None:
    notice = replace(planned(asked()), state=State.SENDING, attempts=1)
    after = follow(notice, "smtp-550", desk(LATER))
    assert (after.notice.state, after.notice.reason, after.notice.finished_at) == (State.FAILED, "smtp-550", LATER)
    assert said(after) == ["NoticeFailed"]


def test_a_way_that_has_become_unusable_meanwhile_is_passed_over() -> None:
    notice = replace(planned(asked(postal=POSTAL)), state=State.SENDING)
    after = follow(notice, "smtp-550", desk(LATER, Known(unusable=frozenset((Channel.LETTER,)))))
    assert after.notice.state is State.FAILED


def test_all_ways_again_begin_with_the_first() -> None:
    notice = replace(planned(asked(postal=POSTAL)), state=State.SENDING)
    ended = replace(notice, state=State.FAILED, route=())
    again = afresh(ended, "retried", desk(LATER, NOTHING))
    assert again is not None
    assert (again.notice.channel, again.notice.route, again.notice.step) == (Channel.EMAIL, (Channel.LETTER,), 2)
