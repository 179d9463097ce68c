"""The contact log: what took place, said once and corrected without erasing."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.recruitment.domain.people.contact_kind import CONTACT
from services.recruitment.domain.people.state import ContactState
from shared.contracts.message import Command
from shared.contracts.recruitment.people_commands import CompleteNextStep, WithdrawContactEntry
from tests.recruitment.people.cast import COMMUNITY, contact, correct, desk, rebuilt, retire

STEP: dict[str, Any] = {"next_step": "Send the charter", "next_step_on": "2015-03-20"}


def done(identifier: str, on: str = "2015-03-05") -> CompleteNextStep:
    return CompleteNextStep(actor="t", contact=UUID(identifier), done_on=dt.date.fromisoformat(on))


def withdraw(identifier: str) -> WithdrawContactEntry:
    return WithdrawContactEntry(actor="t", contact=UUID(identifier), why="It is there twice")


def test_a_contact_is_written_down_with_its_next_step() -> None:
    at = desk()
    made = at.done(contact(**STEP))
    held = at.held(CONTACT, made["contact"])
    assert (held.state, held.facts.about, made["next_step_on"]) == ("STEP_DUE", "Joining NNHQCC", "2015-03-20")
    at.done(done(made["contact"]))
    assert at.held(CONTACT, made["contact"]).step_done_on == dt.date(2015, 3, 5)
    assert rebuilt(at)


def test_a_correction_stands_beside_what_was_said_before() -> None:
    at = desk()
    identifier = at.done(contact())["contact"]
    assert at.done(correct(identifier, channel="VISIT", **STEP))["version"] == 2
    held = at.held(CONTACT, identifier)
    assert [(one.facts.channel, one.actor, one.why) for one in held.versions] == [
        ("PHONE", "t", None),
        ("VISIT", "u", "A slip"),
    ]
    assert held.state is ContactState.STEP_DUE
    assert at.refused(correct(identifier, channel="EMAIL")) == [("VERSION_OLD", "version")]
    assert at.done(correct(identifier, 2, channel="VISIT", **STEP))["changed"] is False
    assert len(at.held(CONTACT, identifier).versions) == 2
    assert rebuilt(at)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"on": "2015-03-08"}, [("IN_THE_FUTURE", "facts.on")]),
        ({"on": "2014-07-31"}, [("BEFORE_JOINED", "facts.person")]),
        ({"person": "zoe"}, [("PERSON_UNKNOWN", "facts.person")]),
        ({"subject": "participant:999999"}, [("FACILITY_UNKNOWN", "facts.subject")]),
        ({"subject": "community:nowhere"}, [("COMMUNITY_UNKNOWN", "facts.subject")]),
        ({"subject": "person:zoe"}, [("PERSON_UNKNOWN", "facts.subject")]),
        ({"subject": "person:ann"}, [("CONTACT_WITH_ONESELF", "facts.subject")]),
        ({"next_step": "Call again"}, [("STEP_INCOMPLETE", "facts.next_step")]),
        ({"next_step_on": "2015-03-20"}, [("STEP_INCOMPLETE", "facts.next_step")]),
        ({**STEP, "next_step_on": "2015-03-01"}, [("STEP_BEFORE_CONTACT", "facts.next_step_on")]),
    ],
)
def test_every_reason_against_is_named(fields: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    at = desk()
    assert at.refused(contact(**fields)) == expected
    identifier = at.done(contact())["contact"]
    assert at.refused(correct(identifier, **fields)) == expected


def test_who_left_makes_no_contact_after_that_but_what_took_place_before_can_be_written_down() -> None:
    at = desk()
    at.done(retire("ann", "2015-03-01"))
    assert at.refused(contact()) == [("PERSON_LEFT", "facts.person")]
    at.done(contact(on="2015-03-01", subject=COMMUNITY))


def test_todays_contact_in_guam_is_accepted_on_the_evening_before_in_utc() -> None:
    at = desk()
    at.now = dt.datetime(2015, 3, 6, 14, 0, tzinfo=dt.UTC)
    at.done(contact(on="2015-03-07"))
    at.now = dt.datetime(2015, 3, 6, 13, 59, tzinfo=dt.UTC)
    assert at.refused(contact(on="2015-03-07")) == [("IN_THE_FUTURE", "facts.on")]


def test_a_step_is_not_done_before_the_contact_nor_in_the_future() -> None:
    at = desk()
    identifier = at.done(contact(**STEP))["contact"]
    assert at.refused(done(identifier, "2015-03-01")) == [("END_BEFORE_START", "done_on")]
    assert at.refused(done(identifier, "2015-03-08")) == [("IN_THE_FUTURE", "done_on")]


def test_a_correction_keeps_the_order_of_contact_and_step() -> None:
    at = desk()
    identifier = at.done(contact(**STEP))["contact"]
    at.done(done(identifier, "2015-03-03"))
    assert at.refused(correct(identifier, on="2015-03-04", **STEP)) == [("STEP_BEFORE_CONTACT", "facts.on")]
    at.done(correct(identifier, on="2015-03-03", **STEP))


# Each state with what can be done in it; everything else is refused with STATE.
POSSIBLE = {
    "CONCLUDED": {"correct", "correct with step", "withdraw"},
    "STEP_DUE": {"correct", "correct with step", "complete", "withdraw"},
    "STEP_DONE": {"correct with step", "withdraw"},
    "WITHDRAWN": set[str](),
}
ACTIONS = ("correct", "correct with step", "complete", "withdraw")


@pytest.mark.parametrize("state", POSSIBLE)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_in_every_state_is_in_the_table_or_refused(state: str, action: str) -> None:
    at = desk()
    identifier = at.done(contact(**({} if state == "CONCLUDED" else STEP)))["contact"]
    if state == "STEP_DONE":
        at.done(done(identifier))
    if state == "WITHDRAWN":
        at.done(withdraw(identifier))
    assert at.held(CONTACT, identifier).state == state
    command: Command = {
        "correct": correct(identifier, outcome="Agreed"),
        "correct with step": correct(identifier, outcome="Agreed", **STEP),
        "complete": done(identifier),
        "withdraw": withdraw(identifier),
    }[action]
    if action in POSSIBLE[state]:
        at.done(command)
        assert rebuilt(at)
    else:
        assert ("STATE", "contact") in at.refused(command)


def test_a_contact_that_is_not_there_cannot_change() -> None:
    at = desk()
    for command in (correct(str(uuid4())), done(str(uuid4())), withdraw(str(uuid4()))):
        assert at.refused(command) == [("CONTACT_UNKNOWN", "contact")]
