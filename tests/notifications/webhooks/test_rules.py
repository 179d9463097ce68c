"""What may be asked about partners, and that their records come again from what was said."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.notifications.domain.webhooks.kinds import HOOK, Hook
from services.notifications.domain.webhooks.rules import allowing
from shared.contracts.message import Command
from shared.contracts.notifications.webhooks import (
    ChangeHook,
    HookFacts,
    HookStanding,
    PauseHook,
    RegisterPartnerHook,
    RemoveHook,
    ReplayWindow,
    ResumeHook,
    RotateSecret,
    WhyPaused,
)
from tests.notifications.desk import Desk

NETWORK = "qio.public.network.v1"
CASES = "qio.public.cases.v1"
FIRST, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3))
HOUR = dt.timedelta(hours=1)


def register(**given: Any) -> RegisterPartnerHook:
    values = {
        "actor": "cli:pat",
        "partner": "statewide",
        "name": "Statewide Health",
        "url": "https://hooks.partner.example/qio",
        "topics": (NETWORK,),
        "contact": {"name": "Pat Example", "email": "pat@partner.example"},
        "secret": FIRST,
    }
    return RegisterPartnerHook.model_validate(values | given)


def asked(kind: type[Command], **values: Any) -> Command:
    return kind.model_validate({"actor": "cli:pat", "partner": "statewide", **values})


def facts(desk: Desk) -> HookFacts:
    found = desk.held(HOOK, "statewide").facts
    assert found is not None
    return found


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    made.done(register())
    return made


def test_a_partner_is_registered_changed_paused_resumed_and_removed(desk: Desk) -> None:
    first = facts(desk)
    desk.done(asked(ChangeHook, topics=(NETWORK, CASES), name="Statewide"))
    assert facts(desk).topics == (CASES, NETWORK)
    assert (facts(desk).name, facts(desk).url, facts(desk).anew_at) == ("Statewide", first.url, first.anew_at)
    desk.done(asked(PauseHook))
    assert (facts(desk).standing, facts(desk).why_paused) == (HookStanding.PAUSED, WhyPaused.STAFF)
    desk.now += HOUR
    desk.done(asked(ResumeHook))
    assert (facts(desk).standing, facts(desk).why_paused, facts(desk).anew_at) == (HookStanding.ACTIVE, None, desk.now)
    desk.done(asked(RemoveHook))
    assert desk.held(HOOK, "statewide").facts is None
    desk.done(register())
    assert facts(desk).hook != first.hook
    assert desk.again() == desk.records


def test_another_url_is_tried_at_once(desk: Desk) -> None:
    desk.now += HOUR
    desk.done(asked(ChangeHook, url="https://other.partner.example/"))
    assert facts(desk).anew_at == desk.now


def test_everything_wrong_with_a_registration_is_said_at_once(desk: Desk) -> None:
    wrong = register(url="http://169.254.169.254/", topics=("qio.public.nothing.v1", "qio.public.nothing.v1"))
    assert desk.refused(wrong) == [
        ("ADDRESS_LINK_LOCAL", "url"),
        ("TOPIC", "topics"),
        ("TWICE", "topics"),
        ("EXISTS", "partner"),
    ]


@pytest.mark.parametrize("topic", ["qio.complaints.cases.v1", "qio.partner.mac.requests.v1", "qio.public.*.v1"])
def test_nothing_but_a_public_topic_can_even_be_asked_for(topic: str) -> None:
    with pytest.raises(ValueError, match="topics"):
        register(topics=(topic,))


def test_what_is_not_possible_now_is_refused(desk: Desk) -> None:
    assert desk.refused(asked(ResumeHook)) == [("STATE", None)]
    desk.done(asked(PauseHook))
    assert desk.refused(asked(PauseHook)) == [("STATE", None)]
    assert desk.refused(asked(ChangeHook)) == [("NOTHING", None)]
    assert desk.refused(asked(ChangeHook, url="https://localhost/")) == [("HOST_INNER", "url")]
    desk.done(asked(RemoveHook))
    for kind in (ChangeHook, PauseHook, ResumeHook, RemoveHook):
        assert desk.refused(asked(kind)) == [("UNKNOWN", "partner")]


def test_after_a_rotation_two_secrets_hold_and_after_a_leak_one(desk: Desk) -> None:
    desk.done(asked(RotateSecret, secret=SECOND, overlap_hours=24))
    assert [(one.secret, one.until) for one in facts(desk).secrets] == [(SECOND, None), (FIRST, desk.now + 24 * HOUR)]
    assert desk.refused(asked(RotateSecret, secret=FIRST)) == [("SAME", "secret")]
    desk.done(asked(RotateSecret, secret=THIRD, overlap_hours=0))
    assert [one.secret for one in facts(desk).secrets] == [THIRD]
    assert desk.again() == desk.records


def test_a_window_is_refused_when_it_is_none_ends_ahead_or_is_not_kept(desk: Desk) -> None:
    now = desk.now
    desk.done(asked(ReplayWindow, since=now - HOUR, until=now))
    assert [(one.since, one.until) for one in facts(desk).replays] == [(now - HOUR, now)]
    assert desk.refused(asked(ReplayWindow, since=now, until=now)) == [("WINDOW", "until")]
    assert desk.refused(asked(ReplayWindow, since=now, until=now + HOUR)) == [("AHEAD", "until")]
    ancient = now - dt.timedelta(days=31)
    assert desk.refused(asked(ReplayWindow, since=ancient, until=now)) == [("NOT_KEPT", "since")]


def test_more_than_twenty_replays_within_an_hour_are_refused(desk: Desk) -> None:
    window = {"since": desk.now - HOUR, "until": desk.now}
    for _ in range(20):
        desk.done(asked(ReplayWindow, **window))
    assert desk.refused(asked(ReplayWindow, **window)) == [("OFTEN", None)]
    desk.now += HOUR
    desk.done(asked(ReplayWindow, **window))
    assert len(facts(desk).replays) == 20


def test_receivers_of_the_tests_are_allowed_where_an_installation_names_them() -> None:
    desk = Desk()
    receiver = register(url="http://127.0.0.1:8025/hook")
    assert desk.refused(receiver) == [("ADDRESS_LOOPBACK", "url")]
    desk._rules = {rule.command: rule for rule in allowing(tuple(desk._rules.values()), frozenset(("127.0.0.1:8025",)))}
    desk.done(receiver)


def test_no_event_holds_a_secret(desk: Desk) -> None:
    desk.done(asked(RotateSecret, secret=SECOND))
    assert {str(one.secret) for one in facts(desk).secrets} == {str(FIRST), str(SECOND)}
    assert not any("whsec_" in emit.event.model_dump_json() for emit in desk.said)


STEPS = ("register", "change", "pause", "resume", "rotate", "remove", "replay", "wait")
WALK = st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 5)), max_size=20)


@settings(max_examples=60, deadline=None)
@given(WALK)
def test_whatever_is_asked_the_records_come_again_from_what_was_said(steps: list[tuple[str, int]]) -> None:
    desk = Desk()
    for step, number in steps:
        desk.now += HOUR * (number if step == "wait" else 0)
        commands = {
            "register": register(secret=UUID(int=number)),
            "change": asked(ChangeHook, name=f"Name {number}"),
            "pause": asked(PauseHook),
            "resume": asked(ResumeHook),
            "rotate": asked(RotateSecret, secret=UUID(int=number), overlap_hours=number % 3),
            "remove": asked(RemoveHook),
            "replay": asked(ReplayWindow, since=desk.now - HOUR * number, until=desk.now),
        }
        if step in commands:
            desk.ask(commands[step])
    assert desk.again() == desk.records
    for record in desk.records.values():
        assert isinstance(record, Hook)
        found = record.facts
        assert found is None or 1 <= len(found.secrets) <= 2
        assert found is None or (found.why_paused is None) == (found.standing is HookStanding.ACTIVE)
