"""What a contact may say of itself, and how it is registered, amended, stopped, merged and forgotten."""

from typing import Any
from uuid import UUID

import pytest

from services.notifications.domain.contacts.kinds import CONTACT
from services.notifications.domain.languages import LANGUAGES
from shared.contracts.notifications.contacts import (
    CONTACTS,
    ContactForgotten,
    RecordNameConsent,
    ResumeWriting,
    StopWriting,
)
from tests.notifications.contacts.people import (
    EVERY_ADDRESS,
    HOME,
    POSTAL,
    amend,
    end,
    facts_of,
    forget,
    give,
    known,
    merge,
    prefer,
    register,
)
from tests.notifications.desk import Desk

NOBODY = UUID(int=1)
OWN = UUID(int=77)


def refusal(field: str, code: str, **facts: Any) -> Any:
    return pytest.param(facts, (code, f"facts.{field}"), id=f"{code}-{field}")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        refusal("name", "NAME_EMPTY", name=" . "),
        refusal("addresses.email", "EMAIL_UNUSABLE", addresses={"email": "a,c@d.example"}),
        refusal("addresses.email", "EMAIL_UNUSABLE", addresses={"email": "<a@b.example>"}),
        refusal("addresses.email", "EMAIL_UNUSABLE", addresses={"email": "ü@b.example"}),
        refusal("addresses.phone", "NUMBER_UNUSABLE", addresses={**EVERY_ADDRESS, "phone": "555-0100"}),
        refusal("addresses.phone", "NUMBER_UNUSABLE", addresses={**EVERY_ADDRESS, "phone": "(017) 555-0100"}),
        refusal("addresses.phone", "NUMBER_UNUSABLE", addresses={**EVERY_ADDRESS, "phone": "6175550100x1x2"}),
        refusal("addresses.phone", "NUMBER_UNUSABLE", addresses={**EVERY_ADDRESS, "phone": "52+5512345678"}),
        refusal("addresses.mobile", "NUMBER_UNUSABLE", addresses={**EVERY_ADDRESS, "mobile": "617-555-0101 x1"}),
        refusal("addresses.portal", "PORTAL_UNUSABLE", addresses={**EVERY_ADDRESS, "portal": "a\nb"}),
        refusal(
            "addresses.postal.zip_code",
            "ZIP_ELSEWHERE",
            addresses={**EVERY_ADDRESS, "postal": {**POSTAL, "zip_code": "10001-1234"}},
        ),
        refusal(
            "addresses.postal.state",
            "STATE_UNKNOWN",
            addresses={**EVERY_ADDRESS, "postal": {**POSTAL, "state": "XX"}},
        ),
        refusal("preferences.language", "LANGUAGE_UNKNOWN", preferences={"language": "xx"}),
        refusal("preferences.time_zone", "ZONE_UNKNOWN", preferences={"time_zone": "America/Gotham"}),
        refusal("preferences.time_zone", "ZONE_UNKNOWN", preferences={"time_zone": "../../etc/passwd"}),
        refusal("preferences.quiet", "QUIET_ALL_DAY", preferences={"quiet": {"start": "08:00", "end": "08:00"}}),
        refusal("preferences.quiet", "QUIET_WITH_OFFSET", preferences={"quiet": {"start": "21:00Z", "end": "08:00Z"}}),
        refusal("preferences.channels", "CHANNEL_MISSING", preferences={"channels": []}),
        refusal("preferences.channels", "CHANNEL_REPEATED", preferences={"channels": ["email", "task", "email"]}),
        refusal("preferences.channels", "ADDRESS_MISSING", preferences={"channels": ["email", "sms"]}),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_field(facts: dict[str, Any], expected: tuple[str, str]) -> None:
    assert Desk().refused(register(**facts)) == [expected]


def test_everything_that_is_wrong_is_said_at_once_and_shows_no_value() -> None:
    desk = Desk()
    command = register(
        name="?",
        addresses={"email": "secret,@x.example"} | {"phone": "0000000"},
        preferences={"time_zone": "Secret/Zone", "channels": ["letter"]},
        holds=[{"part": "OWNER", "place": "state:MA", "since": "1815-01-01"}],
    )
    answer = desk.ask(command)
    codes = {reason.code for reason in answer.reasons}  # type: ignore[union-attr]
    assert codes >= {"NAME_EMPTY", "EMAIL_UNUSABLE", "NUMBER_UNUSABLE", "ZONE_UNKNOWN", "ADDRESS_MISSING"}
    assert codes >= {"PART_ELSEWHERE", "TOO_LONG_AGO"}
    said = str(answer)
    assert "secret" not in said.lower()
    assert "0000000" not in said


@pytest.mark.parametrize("phone", ["617.555.0100", "+1 617 555 0100", "1 (617) 555-0100 x7"])
def test_numbers_as_people_write_them_are_taken(phone: str) -> None:
    desk = Desk()
    contact = known(desk, addresses={**EVERY_ADDRESS, "phone": phone})
    assert facts_of(desk, contact).addresses.phone == phone


def test_a_number_from_abroad_begins_with_plus() -> None:
    known(Desk(), addresses={**EVERY_ADDRESS, "mobile": "+52 55 1234 5678"})
    wrong = register(addresses={**EVERY_ADDRESS, "mobile": "52 55 1234 5678"})
    assert Desk().refused(wrong) == [("NUMBER_UNUSABLE", "facts.addresses.mobile")]


def test_a_zip_code_newer_than_the_list_is_taken() -> None:
    known(Desk(), addresses={**EVERY_ADDRESS, "postal": {**POSTAL, "zip_code": "02199"}})


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_there_are_letters_in_may_be_asked_for(language: str) -> None:
    known(Desk(), preferences={"language": language})


def test_the_answer_says_no_more_than_the_id() -> None:
    made = Desk().done(register(addresses=EVERY_ADDRESS))
    assert set(made) == {"contact", "changed", "as_given"}


def test_registering_again_with_an_id_of_ones_own_changes_nothing_and_says_whether_it_is_as_given() -> None:
    desk = Desk()
    first = {"contact": str(OWN), "changed": True, "as_given": True}
    assert desk.done(register(contact=OWN)) == first
    assert desk.done(register(contact=OWN)) == {**first, "changed": False}
    desk.done(StopWriting(actor="t", contact=OWN))
    assert desk.done(register(contact=OWN)) == {**first, "changed": False, "as_given": False}
    assert facts_of(desk, OWN).stopped
    assert len(desk.said) == 2


def test_a_contact_that_was_forgotten_does_not_come_back_with_a_file() -> None:
    desk = Desk()
    desk.done(register(contact=OWN))
    desk.done(forget(OWN))
    assert desk.refused(register(contact=OWN)) == [("CONTACT_FORGOTTEN", "contact")]


def test_the_same_address_may_be_that_of_two_people() -> None:
    desk = Desk()
    assert known(desk, name="Ida") != known(desk, name="Ann")


def test_what_is_amended_takes_the_place_of_what_was_and_the_rest_stays() -> None:
    desk = Desk()
    contact = known(desk, addresses=EVERY_ADDRESS)
    desk.done(amend(contact, name="Ida Marsh", addresses={"email": "ida@marsh.example"}, without=["portal"]))
    facts = facts_of(desk, contact)
    assert (facts.name, facts.addresses.email, facts.addresses.portal) == ("Ida Marsh", "ida@marsh.example", None)
    assert facts.addresses.mobile == EVERY_ADDRESS["mobile"]


def test_a_channel_that_is_asked_for_is_not_left_without_its_address() -> None:
    desk = Desk()
    contact = known(desk, addresses=EVERY_ADDRESS, preferences={"channels": ["sms", "voice"]})
    assert desk.refused(amend(contact, without=["mobile"])) == [("ADDRESS_MISSING", "preferences.channels")]
    desk.done(prefer(contact, channels=["voice"]))
    desk.done(amend(contact, without=["mobile"]))  # a recorded call goes to the telephone
    both = ("CONTRADICTION", "without")
    assert desk.refused(amend(contact, addresses={"phone": "6175550199"}, without=["phone"])) == [both]


def test_preferences_are_set_as_a_whole() -> None:
    desk = Desk()
    contact = known(desk, preferences={"language": "es", "rhythm": "weekly"})
    desk.done(prefer(contact, rhythm="daily", format="large-print", quiet={"start": "21:00", "end": "08:00"}))
    wishes = facts_of(desk, contact).preferences
    assert (wishes.language, wishes.rhythm, wishes.format) == ("en", "daily", "large-print")
    assert desk.refused(prefer(contact, channels=["letter"])) == [("ADDRESS_MISSING", "preferences.channels")]


def test_who_asks_not_to_be_written_to_is_stopped_until_they_may_be_again() -> None:
    desk = Desk()
    contact = known(desk)
    for command, changed, stopped in (
        (StopWriting, True, True),
        (StopWriting, False, True),
        (ResumeWriting, True, False),
        (ResumeWriting, False, False),
    ):
        made = desk.done(command(actor="t", contact=contact))
        assert (made["changed"], facts_of(desk, contact).stopped) == (changed, stopped)
    assert len(desk.said) == 3


def test_a_name_is_given_to_others_with_consent_alone_and_that_can_be_taken_back() -> None:
    desk = Desk()
    contact = known(desk)
    assert not facts_of(desk, contact).consented_name
    desk.done(RecordNameConsent(actor="t", contact=contact, consented=True))
    assert facts_of(desk, contact).consented_name
    desk.done(RecordNameConsent(actor="t", contact=contact, consented=False))
    assert not facts_of(desk, contact).consented_name


def test_forgetting_is_never_refused_erases_everything_and_is_said_once() -> None:
    desk = Desk()
    contact = known(desk, addresses=EVERY_ADDRESS)
    assert desk.done(forget(contact))["changed"]
    assert not desk.done(forget(contact))["changed"]
    assert not desk.done(forget(NOBODY))["changed"]
    assert "Oakhanger" not in str(desk.records)
    assert [type(emit.event) for emit in desk.said[1:]] == [ContactForgotten]
    assert desk.again() == desk.records


def test_nothing_is_done_with_a_contact_that_is_not_known_or_forgotten() -> None:
    desk = Desk()
    gone = known(desk)
    desk.done(forget(gone))
    for contact, code in ((NOBODY, "CONTACT_UNKNOWN"), (gone, "CONTACT_FORGOTTEN")):
        for command in (
            amend(contact, name="X"),
            give(contact),
            end(contact, "2015-02-01"),
            prefer(contact),
            StopWriting(actor="t", contact=contact),
            ResumeWriting(actor="t", contact=contact),
            RecordNameConsent(actor="t", contact=contact, consented=True),
        ):
            assert desk.refused(command) == [(code, "contact")]
        assert desk.refused(merge(known(desk), contact)) == [(code, "other")]
        assert desk.refused(merge(contact, known(desk))) == [(code, "contact")]


def test_two_contacts_that_are_one_have_the_parts_of_both_and_the_other_is_forgotten() -> None:
    desk = Desk()
    one = known(desk, addresses={"email": "a@b.example"}, holds=[hold(since="2014-01-01", until="2014-06-01")])
    other = known(
        desk,
        name="I. Oakhanger",
        addresses=EVERY_ADDRESS,
        stopped=True,
        holds=[hold(since="2014-03-01"), hold("FAMILY", "any:any")],
    )
    assert desk.done(merge(one, other)) == {"contact": str(one), "forgotten": str(other), "parts": 2}
    facts = facts_of(desk, one)
    assert [(h.part, h.since.isoformat(), h.until) for h in facts.holds] == [
        ("ADMINISTRATOR", "2014-01-01", None),
        ("FAMILY", "2015-01-01", None),
    ]
    assert (facts.name, facts.addresses.email) == ("Ida Oakhanger", "a@b.example")
    assert facts.addresses.mobile == EVERY_ADDRESS["mobile"]
    assert facts.stopped
    gone = desk.held(CONTACT, str(other))
    assert (gone.facts, gone.merged_into) == (None, one)
    assert desk.refused(give(other)) == [("CONTACT_MERGED", "contact")]
    assert desk.done(forget(other))["merged_into"] == str(one)
    assert desk.again() == desk.records


def test_a_person_is_not_merged_with_an_organisation_nor_with_itself() -> None:
    desk = Desk()
    one, other = known(desk), known(desk, organisation=True)
    assert desk.refused(merge(one, other)) == [("NOT_ALIKE", "other")]
    assert desk.refused(merge(one, one)) == [("SAME_CONTACT", "other")]


def test_all_that_is_said_of_contacts_is_on_the_one_topic_that_forgets() -> None:
    desk = Desk()
    contact = known(desk)
    desk.done(give(contact))
    desk.done(forget(contact))
    assert {emit.topic for emit in desk.said} == {CONTACTS.name}
    assert CONTACTS.compacted
    assert {emit.key for emit in desk.said} == {str(contact)}


def hold(part: str = "ADMINISTRATOR", place: str = HOME, since: str = "2015-01-01", **days: str) -> dict[str, Any]:
    return {"part": part, "place": place, "since": since, **days}
